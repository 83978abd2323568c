/** Where and how large a digit is drawn must not matter to the model. */
import { describe, expect, test } from 'vitest';
import { centreDigit, type Greyscale } from './digit-centring';

function drawing(side: number, ink: (x: number, y: number) => boolean): Greyscale {
  const pixels = new Uint8Array(side * side);
  for (let y = 0; y < side; y += 1) for (let x = 0; x < side; x += 1) if (ink(x, y)) pixels[y * side + x] = 255;
  return { width: side, height: side, pixels };
}

/** A "1" of 40 × 200 pixels with its corner at (left, top). */
const one = (left: number, top: number) =>
  drawing(280, (x, y) => x >= left && x < left + 40 && y >= top && y < top + 200);

function mass(pixels: Uint8Array): { x: number; y: number; total: number } {
  let total = 0;
  let x = 0;
  let y = 0;
  pixels.forEach((ink, index) => {
    total += ink;
    x += ink * ((index % 28) + 0.5);
    y += ink * (Math.floor(index / 28) + 0.5);
  });
  return { x: x / total, y: y / total, total };
}

function extent(pixels: Uint8Array): { width: number; height: number } {
  const columns = new Set<number>();
  const rows = new Set<number>();
  pixels.forEach((ink, index) => {
    if (ink === 0) return;
    columns.add(index % 28);
    rows.add(Math.floor(index / 28));
  });
  return { width: columns.size, height: rows.size };
}

describe('centreDigit', () => {
  test('an empty drawing gives empty pixels', () => {
    expect(centreDigit(drawing(280, () => false))).toEqual(new Uint8Array(784));
  });

  test('the place of the drawing does not matter', () => {
    expect(centreDigit(one(10, 5))).toEqual(centreDigit(one(220, 70)));
  });

  test('the size of the drawing does not matter', () => {
    const small = drawing(280, (x, y) => x >= 30 && x < 50 && y >= 100 && y < 200);
    expect(centreDigit(small)).toEqual(centreDigit(one(10, 5)));
  });

  test('the longer side becomes 20 pixels and the proportion is kept', () => {
    expect(extent(centreDigit(one(100, 20)))).toEqual({ width: 4, height: 20 });
  });

  test('full ink stays full', () => {
    expect(Math.max(...centreDigit(one(100, 20)))).toBe(255);
  });

  test('the centre of mass, not of the box, lies in the middle', () => {
    // An "L": heavy at the bottom left, so that its box must move to the upper right.
    const corner = drawing(280, (x, y) => (x < 40 && y < 200) || (x < 200 && y >= 160 && y < 200));
    const centre = mass(centreDigit(corner));
    expect(Math.abs(centre.x - 14.5)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(centre.y - 14.5)).toBeLessThanOrEqual(0.5);
  });

  test('a single point is drawn inside the picture', () => {
    const dot = centreDigit(drawing(280, (x, y) => x === 279 && y === 279));
    expect(mass(dot).total).toBeGreaterThan(0);
  });
});
