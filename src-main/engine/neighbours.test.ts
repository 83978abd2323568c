/** Distances from the nearest training examples against the same worked out by hand. */
import { expect, test } from 'vitest';
import { buildModel } from './build';
import { FitControl } from './fit-control';
import { keepNeighbours, neighbourDistances } from './neighbours';
import { loadTensorFlow } from './tf';
import { setModelWeights } from './weights';

const control = new FitControl(new AbortController().signal);
const layers = [
  { id: 'wide', type: 'dense', fields: { units: 3, activation: 'linear' } },
  { id: 'middle', type: 'dense', fields: { units: 2, activation: 'linear' } },
  { id: 'back', type: 'dense', fields: { units: 3, activation: 'linear' } },
];

/** The middle gives the first two of three numbers as they are. */
async function model() {
  const { tf } = await loadTensorFlow();
  const built = buildModel(tf, { layers }, [3], 3, 1);
  const wide = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
  const middle = [1, 0, 0, 1, 0, 0, 0, 0];
  const back = [1, 0, 0, 0, 1, 0, 0, 0, 0];
  const bytes = new Uint8Array(Float32Array.from([...wide, ...middle, ...back]).buffer);
  setModelWeights(tf, built, bytes);
  return { tf, model: built };
}

function dataOf(rows: readonly (readonly number[])[]) {
  return { inputShape: [3], inputs: Float32Array.from(rows.flat()), scale: 1, normalization: null };
}

const known = Array.from({ length: 8 }, (_, at) => [Math.cos(at / 2), Math.sin(at / 2), at]);
const asked = [
  [0.3, 0.4, 9],
  [3, 4, -9],
  [-2, 0.5, 0],
];

test('the mean distance from the three nearest directions, whatever the length', async () => {
  const finished = await model();
  const data = dataOf([...known, ...asked]);
  const training = Int32Array.from(known.keys());
  const neighbours = await keepNeighbours(finished, data, training, control);
  expect(neighbours).toMatchObject({ layer: 'middle', count: 8, width: 2 });

  const deviations = [0, 1].map((at) => {
    const values = known.map((row) => row[at]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / 8;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8);
  });
  expect(neighbours.deviations[1]).toBeCloseTo(deviations[1]!, 5);
  const direction = (row: readonly number[]) => {
    const [x, y] = [row[0]! / deviations[0]!, row[1]! / deviations[1]!];
    return [x / Math.hypot(x, y), y / Math.hypot(x, y)] as const;
  };
  const expected = (row: readonly number[], leftOut: number) => {
    const [x, y] = direction(row);
    const all = known.map((other) => Math.hypot(x - direction(other)[0], y - direction(other)[1]));
    return all
      .sort((one, two) => one - two)
      .slice(leftOut, leftOut + 3)
      .reduce((sum, value) => sum + value / 3, 0);
  };
  const measure = (rows: Int32Array, leftOut: number) =>
    neighbourDistances(finished, data, rows, neighbours, { control, leftOut });
  const distances = await measure(Int32Array.from([8, 9, 10]), 0);
  // Kept directions are rounded to one of 255 steps.
  asked.forEach((row, at) => expect(Math.abs(distances[at]! - expected(row, 0))).toBeLessThan(0.01));
  expect(distances[1]).toBeCloseTo(distances[0]!, 5);

  const own = await measure(training, 1);
  known.forEach((row, at) => expect(Math.abs(own[at]! - expected(row, 1))).toBeLessThan(0.01));
  finished.model.dispose();
});

test('fewer training examples than neighbours are all that count', async () => {
  const finished = await model();
  const data = dataOf([...known, ...asked]);
  const neighbours = await keepNeighbours(finished, data, Int32Array.of(0), control);
  const measure = (leftOut: number) =>
    neighbourDistances(finished, data, Int32Array.of(0), neighbours, { control, leftOut });
  expect((await measure(0))[0]).toBeLessThan(0.01);
  expect((await measure(1))[0]).toBeLessThan(0.01);
  finished.model.dispose();
});
