/** The order in which rows are worth a label, and confidence that means what it says. */
import { expect, test } from 'vitest';
import { randomSource } from '../random';
import { fitTemperature, temper } from './temperature';
import { judge, leastSureFirst } from './uncertainty';

test('the margin is between the two most probable classes', () => {
  const judged = judge(Float32Array.of(0.1, 0.5, 0.4, 0.98, 0.01, 0.01), 3);
  expect([...judged.first]).toEqual([1, 0]);
  expect([...judged.confidence].map((value) => value.toFixed(2))).toEqual(['0.50', '0.98']);
  expect([...judged.margin].map((value) => value.toFixed(2))).toEqual(['0.10', '0.97']);
});

test('three of four come by their margin, each row once', () => {
  const margin = Float32Array.from({ length: 40 }, (_, place) => ((place * 7) % 40) / 40);
  const none = { first: new Int32Array(40), confidence: new Float32Array(40) };
  const order = leastSureFirst({ ...none, margin }, 1);
  expect(new Set(order).size).toBe(40);
  expect([...order.subarray(0, 3)].map((place) => Math.round((margin[place] ?? 0) * 40))).toEqual([0, 1, 2]);
  expect([...leastSureFirst({ ...none, margin }, 1)]).toEqual([...order]);
});

test('a model that is too sure of itself is right as often as it then says', () => {
  const random = randomSource(3);
  const rows = 4000;
  const probabilities = new Float32Array(rows * 2);
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    // The true odds are squared, as if the temperature were one half.
    const truth = 0.5 + random() / 2;
    const sure = truth ** 2 / (truth ** 2 + (1 - truth) ** 2);
    probabilities.set([sure, 1 - sure], row * 2);
    labels[row] = random() < truth ? 0 : 1;
  }
  const temperature = fitTemperature(probabilities, labels, 2);
  expect(temperature).toBeGreaterThan(1.8);
  expect(temperature).toBeLessThan(2.2);
  temper(probabilities, 2, temperature);
  const { confidence, first } = judge(probabilities, 2);
  const right = labels.filter((label, row) => label === first[row]).length / rows;
  expect(confidence.reduce((sum, value) => sum + value, 0) / rows).toBeCloseTo(right, 1);
});
