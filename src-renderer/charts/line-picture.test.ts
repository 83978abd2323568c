/** A picture that is moved with the axes must show every value at its place on them. */
import { expect, test } from 'vitest';
import {
  divided,
  isGoodEnough,
  isSharp,
  pieceWithin,
  pixelsOf,
  placed,
  sightOf,
  widened,
  type Sight,
} from './line-picture';

const sight = (x: [number, number], y: [number, number], logarithmic = false): Sight => ({
  ...{ x: { from: x[0], to: x[1] }, y: { from: y[0], to: y[1] }, logarithmic },
  ...{ width: 800, height: 400 },
});

test.each([false, true])('a value of a picture lies where the axes have it now (logarithmic: %s)', (logarithmic) => {
  const picture = { ...sight([100, 500], [0.01, 2], logarithmic), width: 900, height: 700 };
  const now = sight([250, 400], [0.02, 1.5], logarithmic);
  const box = placed(picture, now);
  const [drawn, wanted] = [pixelsOf(picture), pixelsOf(now)];
  for (const [x, y] of [
    [250, 0.02],
    [300, 0.1],
    [399, 1.4],
    [120, 1.9],
  ] as const) {
    expect(box.left + (drawn.x(x) / picture.width) * (box.right - box.left)).toBeCloseTo(wanted.x(x), 9);
    expect(box.top + (drawn.y(y) / picture.height) * (box.bottom - box.top)).toBeCloseTo(wanted.y(y), 9);
  }
});

test('only what is in view is copied, and what is copied stays at its place', () => {
  const box = { left: -400, right: 1200, top: -100, bottom: 300 };
  const piece = pieceWithin(box, { left: 0, right: 800, top: 0, bottom: 400 });
  expect(piece).toEqual({
    from: { left: 0.25, right: 0.75, top: 0.25, bottom: 1 },
    to: { left: 0, right: 800, top: 0, bottom: 300 },
  });
  expect(
    pieceWithin({ left: 900, right: 1000, top: 0, bottom: 10 }, { left: 0, right: 800, top: 0, bottom: 10 }),
  ).toBeNull();
});

test('the view is covered without a gap and without anything twice', () => {
  const view = { left: 0, right: 800, top: 0, bottom: 400 };
  const { within, besides } = divided({ ...view, left: 99.4, right: 700.7 }, view);
  expect([besides[0]?.right, within.left, within.right, besides[1]?.left]).toEqual([100, 100, 700, 700]);
  expect(divided({ ...view, left: -5, right: 900 }, view)).toEqual({ within: view, besides: [] });
  expect(divided({ ...view, left: 900, right: 1000 }, view).besides).toEqual([{ ...view }]);
});

test('an area is taken out to whole pixels with the values that lie there', () => {
  const taken = sightOf({ left: 10.5, right: 20.5, top: 0, bottom: 10 }, sight([0, 100], [1, 1000], true));
  expect(taken).toMatchObject({ width: 11, height: 10 });
  expect(taken.x.from).toBeCloseTo(-5, 9);
  expect(taken.x.to).toBeCloseTo(105, 9);
  expect(taken.y.to).toBeCloseTo(1000, 6);
});

test('a picture for moving about reaches beyond the view, not beyond what there is, and holds its heights', () => {
  const view = sight([0, 100], [0, 1]);
  const wide = widened(view, { from: 0, to: 1000 }, () => ({ from: 0, to: 10 }));
  expect(wide.x).toEqual({ from: 0, to: 150 });
  expect(wide).toMatchObject({ width: 1200, height: 800, y: { from: 0, to: 10 } });
  expect(isGoodEnough(wide, sight([40, 140], [0, 1]))).toBe(true);
  expect(isGoodEnough(wide, sight([60, 160], [0, 1]))).toBe(false);
  expect(isGoodEnough(wide, sight([60, 80], [0, 1]))).toBe(false);
  expect(isSharp(view, view)).toBe(true);
  expect(isSharp(view, sight([1, 101], [0, 1]))).toBe(false);
  expect(isSharp(wide, view)).toBe(false);
});
