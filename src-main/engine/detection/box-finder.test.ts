/** The losses of the box finder against finite differences, and that it learns and leaves no tensor behind. */
import type * as tensorflow from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { boxLoss, heatLoss } from '../../catalog/detection/box-loss';
import { cellTargets, encodeBox } from '../../catalog/detection/box-coding';
import { overlapOf, type Rectangle } from '../../catalog/detection/overlap';
import { generator } from '../../catalog/random';
import { loadTensorFlow, type TensorFlow } from '../tf';
import { BoxFinder, peaksOf } from './box-finder';

const grid = { rows: 4, columns: 5 };
const there = [
  { x: 0.1, y: 0.2, width: 0.3, height: 0.5, label: 0 },
  { x: 0.6, y: 0.5, width: 0.25, height: 0.4, label: 1 },
];
const targets = cellTargets(there, grid, 2);

/** The largest difference between gradients and central differences, in share of the largest gradient. */
function gradientError(
  tf: TensorFlow,
  loss: (x: tensorflow.Tensor) => tensorflow.Scalar,
  at: Float32Array,
  shape: number[],
) {
  const valueAt = (values: Float32Array) => tf.tidy(() => loss(tf.tensor(values, shape)).dataSync<'float32'>()[0]!);
  const gradient = tf.tidy(() => tf.grad(loss)(tf.tensor(at, shape)).dataSync<'float32'>().slice());
  const largest = Math.max(...gradient.map(Math.abs));
  const step = 1e-2;
  const errors = Array.from(at, (_, place) => {
    const moved = (by: number) => at.map((value, index) => (index === place ? value + by : value));
    return Math.abs((valueAt(moved(step)) - valueAt(moved(-step))) / (2 * step) - gradient[place]!) / largest;
  });
  return Math.max(...errors);
}

test('gradients of both losses are those of finite differences, and the box loss is 1 − GIoU', async () => {
  const { tf } = await loadTensorFlow({ convolution: true });
  const next = generator(4);
  const random = () => next() / 2 ** 32;
  const heat = tf.tensor4d(targets.heat, [1, grid.rows, grid.columns, 2]);
  const logits = Float32Array.from({ length: targets.heat.length }, () => 4 * random() - 2);
  const ofHeat = (x: tensorflow.Tensor) => heatLoss(tf, x as tensorflow.Tensor4D, heat, 2);
  expect(gradientError(tf, ofHeat, logits, heat.shape)).toBeLessThan(2e-3);
  // Certain and right costs nothing, certain and wrong is finite.
  const certain = (sign: number) =>
    tf.tensor4d(
      targets.heat.map((one) => sign * (one === 1 ? 60 : -60)),
      heat.shape,
    );
  expect(ofHeat(certain(1)).dataSync()[0]).toBeCloseTo(0, 6);
  expect(ofHeat(certain(-1)).dataSync()[0]).toBeGreaterThan(20);

  const boxes = tf.tensor4d(targets.boxes, [1, grid.rows, grid.columns, 4]);
  const weights = tf.tensor3d(targets.weights, [1, grid.rows, grid.columns]);
  // Wider, lower and beside the truth, by amounts that keep clear of the kinks where two edges meet.
  const codes = new Float32Array(targets.boxes.length);
  for (const cell of targets.weights.keys()) {
    const [x = 0, y = 0, width = 1, height = 1] = targets.boxes.subarray(4 * cell, 4 * cell + 4);
    const [across, down] = [cell % grid.columns, Math.floor(cell / grid.columns)];
    codes.set([x - across - 0.3, y - down - 0.35, Math.log(1.8 * width), Math.log(0.6 * height)], 4 * cell);
  }
  const ofBoxes = (x: tensorflow.Tensor) => boxLoss(tf, x as tensorflow.Tensor4D, boxes, weights, 2);
  expect(gradientError(tf, ofBoxes, codes, boxes.shape)).toBeLessThan(5e-3);

  // One cell with a box beside the true one: by hand.
  const cell = grid.columns + 1;
  const said: Rectangle = { x: 0.4, y: 0.2, width: 0.3, height: 0.5 };
  const alone = Float32Array.from(targets.weights, (_, at) => Number(at === cell));
  const given = new Float32Array(targets.boxes.length);
  given.set(encodeBox(said, cell, grid), 4 * cell);
  const loss = boxLoss(tf, tf.tensor4d(given, boxes.shape), boxes, tf.tensor3d(alone, weights.shape), 1).dataSync()[0]!;
  // They touch: nothing is shared and the hull is all of both, so that GIoU is 0 − 0.
  expect(overlapOf(said, there[0]!)).toBeCloseTo(0, 9);
  expect(loss).toBeCloseTo(1, 4);
});

test('it learns where boxes are from maps that say so, the same from the same seed, and holds no tensor afterwards', async () => {
  const { tf } = await loadTensorFlow({ convolution: true });
  const before = tf.memory().numTensors;
  const maps = [
    [8, 8, 3],
    [4, 4, 2],
  ];
  const next = generator(9);
  const random = () => next() / 2 ** 32;
  const examples = Array.from({ length: 6 }, () => {
    const box = { x: 0.05 + 0.5 * random(), y: 0.05 + 0.5 * random(), width: 0.3, height: 0.4, label: 0 };
    const values = Float32Array.from({ length: 8 * 8 * 3 + 4 * 4 * 2 }, (_, at) => {
      const [x, y] = [Math.floor(at / 3) % 8, Math.floor(at / 24)];
      const isIn =
        x + 0.5 > 8 * box.x && x + 0.5 < 8 * (box.x + 0.3) && y + 0.5 > 8 * box.y && y + 0.5 < 8 * (box.y + 0.4);
      return at < 192 && at % 3 === 0 && isIn ? 1 : 0.1 * random();
    });
    return { box, example: { maps: values, targets: cellTargets([box], { rows: 8, columns: 8 }, 1) } };
  });
  const learnt = async () => {
    const scale = {
      mean: [3, 2].map((one) => new Float32Array(one)),
      deviation: [3, 2].map((one) => new Float32Array(one).fill(1)),
    };
    const finder = new BoxFinder(tf, { maps, classes: 1, seed: 5, scale, usual: [1, 1] });
    await finder.learn(
      { steps: 90, batch: 6, learningRate: 0.01 },
      () => examples.map(({ example }) => example),
      () => Promise.resolve(),
    );
    const { logits, codes } = await finder.ask([examples[0]!.example.maps]);
    const [best] = peaksOf(logits, codes, finder.grid, 0.1).sort((one, other) => other.score - one.score);
    finder.dispose();
    return best!;
  };
  const best = await learnt();
  expect(overlapOf(best, examples[0]!.box)).toBeGreaterThan(0.7);
  expect(best.score).toBeGreaterThan(0.5);
  expect(await learnt()).toEqual(best);
  expect(tf.memory().numTensors).toBe(before);
});
