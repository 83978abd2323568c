import { expect, test } from 'vitest';
import { randomSource } from '../random';
import { changedView, toCanvas, toPicture, wholeView } from './picture-view';

const canvas = { width: 320, height: 256 };
const picture = { width: 640, height: 480 };
const box = { x: 0.2, y: 0.1, width: 0.3, height: 0.4, label: 7 };

test('a whole picture lies in the middle of the canvas, and so do its boxes', () => {
  const view = wholeView(picture, canvas);
  const seen = toCanvas(box, view, canvas)!;
  expect(seen).toMatchObject({ label: 7, x: 0.2, width: 0.3 });
  expect(seen.y).toBeCloseTo((8 + 0.1 * 240) / 256, 9);
});

test('boxes come back from changed pictures, but for what was out of sight', () => {
  const random = randomSource(2);
  let whole = 0;
  for (let trial = 0; trial < 40; trial += 1) {
    const view = changedView(picture, canvas, random);
    const seen = toCanvas(box, view, canvas);
    if (!seen) continue;
    const isCut = [seen.x, seen.y, 1 - seen.x - seen.width, 1 - seen.y - seen.height].some((edge) => edge < 1e-9);
    if (isCut) continue;
    whole += 1;
    const back = toPicture(seen, view, canvas)!;
    for (const side of ['x', 'y', 'width', 'height'] as const) expect(back[side]).toBeCloseTo(box[side], 9);
  }
  expect(whole).toBeGreaterThan(20);
});

test('a mirrored picture mirrors its boxes, and a box that is nearly out of sight is none', () => {
  const mirrored = { ...wholeView(picture, canvas), mirrored: true };
  expect(toCanvas(box, mirrored, canvas)!.x).toBeCloseTo(0.5, 9);
  expect(toCanvas(box, { ...mirrored, x: 250 }, canvas)).toBeNull();
  expect(toPicture({ x: 0, y: 0, width: 1, height: 0.02 }, wholeView(picture, canvas), canvas)).toBeNull();
});
