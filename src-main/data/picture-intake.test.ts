import { describe, expect, test } from 'vitest';
import { fitWhole } from '../catalog/picture-frame';
import { chooseFrame } from './picture-intake';

const many = (count: number, width: number, height: number) => Array.from({ length: count }, () => ({ width, height }));

describe('the frame', () => {
  test('small pictures of one size keep it', () => {
    expect(chooseFrame(many(3, 32, 32))).toEqual({ width: 32, height: 32 });
    expect(chooseFrame(many(3, 256, 100))).toEqual({ width: 256, height: 100 });
  });
  test('large pictures of one shape keep the shape', () => {
    expect(chooseFrame(many(3, 4000, 3000))).toEqual({ width: 224, height: 168 });
    expect(chooseFrame([...many(2, 300, 400), ...many(1, 1200, 1601)])).toEqual({ width: 168, height: 224 });
  });
  test('pictures of several shapes get a square no larger than most of them', () => {
    expect(chooseFrame([...many(2, 100, 50), ...many(1, 50, 100)])).toEqual({ width: 96, height: 96 });
    expect(chooseFrame([...many(2, 20, 10), ...many(1, 10, 20)])).toEqual({ width: 32, height: 32 });
  });
  test('many pictures get a smaller one, so that all take a gibibyte at most', () => {
    expect(chooseFrame(many(20_000, 400, 400))).toEqual({ width: 128, height: 128 });
  });
});

test('a picture is shown whole, in the middle', () => {
  expect(fitWhole({ width: 200, height: 100 }, { width: 100, height: 100 })).toEqual({
    x: 0,
    y: 25,
    width: 100,
    height: 50,
  });
  expect(fitWhole({ width: 1, height: 5000 }, { width: 10, height: 10 })).toEqual({ x: 4, y: 0, width: 1, height: 10 });
});
