/** The window over many rows: what is drawn, where to scroll, where keys lead. */
import { describe, expect, test } from 'vitest';
import { arriveAt, moveByKey, offsetToShow, poolSize, virtualWindow } from './virtual-window';

describe('virtualWindow', () => {
  test('draws what is in sight and the overscan', () => {
    expect(virtualWindow(1000, 300, 50, 7000, 2)).toEqual({ first: 18, end: 28 });
  });
  test('stays inside the rows at both ends', () => {
    expect(virtualWindow(0, 300, 50, 4)).toEqual({ first: 0, end: 4 });
    expect(virtualWindow(9_999_999, 300, 50, 100, 3)).toEqual({ first: 97, end: 100 });
    expect(virtualWindow(0, 300, 50, 0)).toEqual({ first: 0, end: 0 });
  });
});

describe('arriveAt', () => {
  const wanted = { first: 10, end: 20 };
  const visible = { first: 13, end: 17 };
  test('a few lines come at a time, those in sight first', () => {
    const first = arriveAt([], wanted, visible, 3);
    expect(first).toEqual([13, 14, 15]);
    expect(arriveAt(first, wanted, visible, 3)).toEqual([10, 11, 13, 14, 15, 16]);
  });
  test('lines out of the window go, and the end is all that is wanted', () => {
    expect(arriveAt([8, 9, 10, 11, 12], wanted, visible, 4)).toEqual([10, 11, 12, 13, 14, 15, 16]);
    expect(arriveAt([], wanted, visible, 99)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });
});

describe('offsetToShow', () => {
  test('scrolls only as far as needed', () => {
    expect(offsetToShow(3, 100, 200, 50)).toBe(100);
    expect(offsetToShow(1, 100, 200, 50)).toBe(50);
    expect(offsetToShow(9, 100, 200, 50)).toBe(300);
  });
});

describe('moveByKey', () => {
  test('moves in a grid of ten columns', () => {
    expect(moveByKey('ArrowDown', 5, 100, 10, 4)).toBe(15);
    expect(moveByKey('ArrowLeft', 5, 100, 10, 4)).toBe(4);
    expect(moveByKey('PageDown', 5, 100, 10, 4)).toBe(35);
    expect(moveByKey('End', 5, 100, 10, 4)).toBe(99);
    expect(moveByKey('ArrowDown', 95, 100, 10, 4)).toBe(99);
  });
  test('other keys, and an empty grid, do not move', () => {
    expect(moveByKey('a', 5, 100, 10, 4)).toBeNull();
    expect(moveByKey('ArrowDown', 0, 0, 1, 4)).toBeNull();
    expect(moveByKey('constructor', 0, 10, 1, 4)).toBeNull();
  });
});

test('no two lines of a window take the same element', () => {
  for (const extent of [1, 27, 28, 29, 500, 731]) {
    for (let offset = 0; offset < 2000; offset += 13) {
      const { first, end } = virtualWindow(offset, extent, 28, 1000, 8);
      expect(end - first).toBeLessThanOrEqual(poolSize(extent, 28, 8));
    }
  }
});
