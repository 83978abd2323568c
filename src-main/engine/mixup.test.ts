/** Mixup: two answers by their shares, numbers in between, and shares that are drawn from Beta(α, α). */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { losses, metrics, optimizers } from '../catalog';
import { augmentationOf } from './augment';
import { change, given } from './augment.test-data';
import { buildModel } from './build';
import { EagerStep } from './eager-step';
import { stepRandom } from './step-random';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});
afterEach(() => tf.setBackend('tensorflow'));

/**
 * Draws that give these shares at α = 1: there U^(−1/α) − 1 = (1 − U)/U, and with cos 2πV = ±1 the share is
 * ½ ± ½·√(1 − U); what is drawn is 1 − U, and V is 0 or ½.
 */
const drawsOf = (shares: readonly number[]) => [
  shares.map((share) => (2 * share - 1) ** 2),
  shares.map((share) => (share >= 0.5 ? 0 : 0.5)),
];
const shares = [0.75, 0.2, 0.5];
const alpha = 1;

describe.each(['tensorflow', 'cpu'])('on %s', (backend) => {
  function mixed(targets: 'classes' | 'numbers', weights?: number[]) {
    return tf.tidy(() => {
      const target =
        targets === 'classes' ? tf.tensor1d([2, 0, 1], 'int32') : tf.tensor2d([1, 5, -3], [3, 1], 'float32');
      const part = { target, ...(weights ? { weights: tf.tensor1d(weights) } : {}) };
      const inputs = tf.tensor2d([0, 1, 0.4, 0.5, 0.8, 0], [3, 2]);
      const random = given(tf, ...drawsOf(shares));
      const found = change(tf, [['mixup', { alpha }]], { inputs, targets: [part] }, random);
      const plain = (some: { dataSync(): ArrayLike<number> } | undefined) => some && Array.from(some.dataSync());
      return {
        inputs: plain(found.inputs)!,
        targets: found.targets.map((one) => ({
          target: plain(one.target)!,
          share: plain(one.share),
          weights: plain(one.weights),
        })),
      };
    });
  }
  const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5) as number);

  test('inputs are mixed with the next of the batch, and classes become two by their shares', async () => {
    await tf.setBackend(backend);
    const { inputs, targets } = mixed('classes', [1, 2, 3]);
    expect(inputs).toEqual(close([0.1, 0.875, 0.72, 0.1, 0.4, 0.5]));
    expect(targets).toEqual([
      { target: [2, 0, 1], share: close([0.75, 0.2, 0.5]), weights: [1, 2, 3] },
      { target: [0, 1, 2], share: close([0.25, 0.8, 0.5]), weights: [2, 3, 1] },
    ]);
  });

  test('numbers are mixed, and with them what they count', async () => {
    await tf.setBackend(backend);
    const { targets } = mixed('numbers', [1, 2, 3]);
    expect(targets).toEqual([{ target: close([2, -1.4, -1]), share: undefined, weights: close([1.25, 2.8, 2]) }]);
    expect(mixed('numbers').targets[0]?.weights).toBeUndefined();
  });

  test('mixed twice, the shares of all four answers add up to 1', async () => {
    await tf.setBackend(backend);
    const sums = tf.tidy(() => {
      const examples = { inputs: tf.ones([5, 2]), targets: [{ target: tf.tensor1d([0, 1, 2, 3, 4], 'int32') }] };
      const { targets } = change(tf, [['mixup'], ['mixup', { alpha: 2 }]], examples, stepRandom(tf, 4));
      expect(targets).toHaveLength(4);
      return Array.from(tf.addN(targets.map(({ share }) => share!)).dataSync());
    });
    expect(sums).toEqual(close([1, 1, 1, 1, 1]));
  });
});

test('the loss is cross-entropy against the mixed one-hot answers, and accuracy counts both by their shares', () => {
  const inputs = Float32Array.from([0, 1, 0.4, 0.5, 0.8, 0]);
  const targets = Int32Array.from([2, 0, 1]);
  const targetScale = { mean: 0, standardDeviation: 1 };
  const layers = [{ id: 'o', type: 'dense', fields: { units: 3, activation: 'linear' } }];
  const model = buildModel(tf, { layers }, [2], 3, 1);
  const augmentation = augmentationOf({ augmentation: [{ type: 'mixup', fields: { alpha } }], seed: 9 })!;
  const expected = tf.tidy(() => {
    const examples = { inputs: tf.tensor2d(inputs, [3, 2]), targets: [{ target: tf.tensor1d(targets, 'int32') }] };
    const found = change(tf, [['mixup', { alpha }]], examples, stepRandom(tf, 0), 9);
    const answers = tf.addN(
      found.targets.map(({ target, share }) => tf.mul(tf.oneHot(target.as1D(), 3), share!.reshape([3, 1]))),
    );
    const logits = model.apply(found.inputs) as ReturnType<typeof tf.tensor2d>;
    const hit = tf.oneHot(tf.argMax(logits, 1).as1D(), 3);
    return {
      loss: tf.losses.softmaxCrossEntropy(answers, logits).dataSync()[0]!,
      accurate: tf.sum(tf.mul(hit, answers)).dataSync()[0]!,
    };
  });
  const step = new EagerStep({
    ...{ tf, model, augmentation, targetScale, learningRate: 0.1 },
    data: { inputShape: [2], inputs, scale: 1, targets, targetScale },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    optimizer: { definition: optimizers.get('sgd'), fields: {} },
  });
  step.train(Int32Array.of(0, 1, 2));
  const { steps } = step.takeSums();
  expect(steps[0]?.loss).toBeCloseTo(expected.loss, 5);
  expect(steps[0]?.metrics[0]).toBeCloseTo(expected.accurate, 5);
  step.dispose();
});

describe.each(['tensorflow', 'cpu'])('shares drawn on %s', (backend) => {
  const count = 20000;
  /** Shares of so many examples, as what becomes of 1 where the next is 0, and the other way round. */
  const drawn = (strength: number) =>
    tf.tidy(() => {
      const inputs = tf.tensor2d(
        Float32Array.from({ length: count }, (_, i) => i % 2),
        [count, 1],
      );
      const found = change(tf, [['mixup', { alpha: strength }]], { inputs, targets: [] }, stepRandom(tf, 6));
      return Array.from(found.inputs.dataSync(), (value, i) => (i % 2 === 1 ? value : 1 - value));
    });

  /** Distribution functions of Beta(α, α) in closed form. */
  const exact: readonly (readonly [alpha: number, below: (x: number) => number])[] = [
    [0.5, (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x))],
    [1, (x) => x],
    [2, (x) => x * x * (3 - 2 * x)],
    [3, (x) => x ** 3 * (10 - 15 * x + 6 * x * x)],
  ];
  test.each(exact)('follow Beta(%f, the same)', async (strength, below) => {
    await tf.setBackend(backend);
    const sorted = drawn(strength).sort((a, b) => a - b);
    const distance = Math.max(
      ...sorted.map((x, i) => Math.max(Math.abs(below(x) - i / count), Math.abs(below(x) - (i + 1) / count))),
    );
    // Kolmogorov and Smirnov: beyond 1.95/√n once in a thousand.
    expect(distance).toBeLessThan(1.95 / Math.sqrt(count));
  });

  test.each([0.05, 0.2, 0.7, 4, 8])('have the mean and variance of Beta(%f, the same)', async (strength) => {
    await tf.setBackend(backend);
    const values = drawn(strength);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    const expected = 1 / (4 * (2 * strength + 1));
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(expected / count));
    // The fourth moment of a symmetric beta is at most 3 σ⁴, as a normal one's.
    expect(Math.abs(variance - expected)).toBeLessThan(4 * expected * Math.sqrt(2 / count));
  });
});
