import { expect, test } from 'vitest';
import { randomSource } from '../random';
import { allRight, fitPower } from './list-confidence';

test('a list is right where each of its likelier answers is', () => {
  const products = allRight(Float32Array.of(0.9, 0.2, 0.5, 1), 2);
  expect([...products].map((one) => one.toFixed(2))).toEqual(['0.72', '0.50']);
});

test('the power that made the answers is found again', () => {
  const random = randomSource(4);
  const products = Float32Array.from({ length: 6000 }, () => 0.2 + 0.78 * random());
  for (const power of [0.5, 2]) {
    const right = Uint8Array.from(products, (product) => (random() < product ** power ? 1 : 0));
    expect(fitPower(products, right) / power).toBeCloseTo(1, 1);
  }
});

test('few rows that were all right do not make it certain', () => {
  const products = new Float32Array(8).fill(0.7);
  // Nine of ten, by the row added to either side.
  expect(0.7 ** fitPower(products, new Uint8Array(8).fill(1))).toBeCloseTo(0.9, 2);
});
