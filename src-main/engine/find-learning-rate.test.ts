/** The range test against one done by hand with the eager step; and what it suggests of losses that are given. */
import { beforeAll, expect, test } from 'vitest';
import { losses, metrics, optimizers } from '../catalog';
import { generator } from '../catalog/random';
import type { LayerSpec } from '../contract';
import { buildModel } from './build';
import { createStep } from './create-step';
import { EagerStep, type StepOptions } from './eager-step';
import { findLearningRate } from './find-learning-rate';
import { FitControl } from './fit-control';
import { shuffled } from './random';
import { RateRangeTest } from './rate-range';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  tf = (await loadTensorFlow()).tf;
});

const [rows, batchSize, seed] = [100, 32, 5];
const training = Int32Array.from({ length: rows }, (_, row) => row);

function options(): StepOptions {
  const next = generator(3);
  const inputs = Float32Array.from({ length: rows * 4 }, () => (next() % 2001) / 1000 - 1);
  const layers: LayerSpec[] = [
    { id: 'a', type: 'dense', fields: { units: 8 } },
    { id: 'b', type: 'dense', fields: { units: 2, activation: 'linear' } },
  ];
  const targetScale = { mean: 0, standardDeviation: 1 };
  const targets = training.map((row) => Number((inputs[row * 4] ?? 0) > (inputs[row * 4 + 1] ?? 0)));
  return {
    ...{ tf, model: buildModel(tf, { layers }, [4], 2, 1), targetScale, learningRate: 0.001 },
    data: { inputShape: [4], inputs, scale: 1, targets, targetScale },
    ...{ loss: losses.get('cross-entropy'), metrics: [metrics.get('accuracy')] },
    optimizer: { definition: optimizers.get('adam'), fields: {} },
  };
}

test('its losses, rates and means are those of a run by hand', async () => {
  const { step, eagerReason } = createStep(options(), rows, batchSize);
  expect(eagerReason).toBeNull();
  const parts = { training, validation: new Int32Array(0), test: new Int32Array(0) };
  const found = await findLearningRate({ step, parts, settings: { batchSize, seed }, control: new FitControl() });
  step.dispose();

  const eager = new EagerStep(options());
  const byHand: number[] = [];
  for (let at = 0; at < found.points.length; at += 1) {
    const order = shuffled(training, seed, 1 + Math.floor(at / 4));
    const from = (at % 4) * batchSize;
    eager.train(order.subarray(from, from + batchSize), 10 ** (-7 + (8 * at) / 99));
    byHand.push(eager.takeSums().steps[0]!.loss);
  }
  eager.dispose();
  expect(found.points.length).toBeGreaterThan(60);
  for (const [at, { rate, loss, smoothed }] of found.points.entries()) {
    expect(rate).toBeCloseTo(10 ** (-7 + (8 * at) / 99), 10);
    // Large steps enlarge what rounding does: an ulp becomes visible once the loss grows.
    const tolerance = rate < 0.1 ? 1e-4 : 0.05;
    expect(Math.abs(loss - byHand[at]!)).toBeLessThan(tolerance * Math.max(0.05, byHand[at]!));
    const weights = byHand.slice(0, at + 1).map((_, k) => 0.9 ** (at - k));
    const mean = weights.reduce((sum, weight, k) => sum + weight * byHand[k]!, 0) / weights.reduce((a, b) => a + b);
    expect(Math.abs(smoothed - mean)).toBeLessThan(tolerance * Math.max(0.05, mean));
  }
  const lowest = found.points.reduce((best, point) => (point.smoothed < best.smoothed ? point : best));
  expect(Math.abs(found.tenthOfLowest! / (lowest.rate / 10) - 1)).toBeLessThan(0.05);
  expect(found.steepest).toBeGreaterThan(1e-5);
  expect(found.steepest).toBeLessThan(lowest.rate);
});

function given(lossOf: (decade: number) => number) {
  const test = new RateRangeTest();
  for (let rate = test.next; rate !== null; rate = test.next) test.add(lossOf(Math.log10(rate)));
  return test.result();
}

test('the steepest descent is found where it was put, and the test ends as the loss grows to four times the lowest', () => {
  // Falls from 2 to 1 around 1e-3, explodes from 0.1 on.
  const { steepest, diverged, points } = given(
    (at) => 2 - 1 / (1 + Math.exp(-4 * (at + 3))) + (at > -1 ? 3 * (at + 1) : 0),
  );
  // The mean looks back over some ten steps, 0.8 powers of ten.
  expect(Math.log10(steepest!)).toBeGreaterThan(-3.3);
  expect(Math.log10(steepest!)).toBeLessThan(-2);
  expect(diverged).toBe(true);
  expect(points.at(-1)!.smoothed / Math.min(...points.map(({ smoothed }) => smoothed))).toBeGreaterThan(4);
});
test('where the loss never falls nothing is suggested, and what is no number ends the test', () => {
  expect(given((at) => 1 + (at + 7) / 100)).toMatchObject({ steepest: null, tenthOfLowest: null, diverged: false });
  expect(given((at) => (at > -3 ? NaN : 1))).toMatchObject({ diverged: true });
});
