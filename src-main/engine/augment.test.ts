/** Augmentations against plain loops over pixels, for draws that are given; and that draws are what they are said to be. */
import type * as tensorflow from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { generator } from '../catalog/random';
import type { StepRandom } from '../catalog/step-seeded';
import { augmentationOf } from './augment';
import { changedPictures, given as givenDraws, type Chosen } from './augment.test-data';
import { stepRandom } from './step-random';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});
afterEach(() => tf.setBackend('tensorflow'));

const [batch, height, width, channels] = [2, 5, 6, 2];
const next = generator(3);
const pictures = Float32Array.from({ length: batch * height * width * channels }, () => next() / 2 ** 32);

const given = (...lists: readonly (readonly number[])[]) => givenDraws(tf, ...lists);
const augment = (chosen: Chosen, random: StepRandom) =>
  changedPictures(tf, chosen, { values: pictures, shape: [batch, height, width, channels] }, random);

type Point = readonly [x: number, y: number];

/** Every pixel by bilinear interpolation where `from` says, 0 outside. */
function reference(from: (at: Point, picture: number) => Point): number[] {
  const value = (picture: number, y: number, x: number, channel: number) =>
    x < 0 || y < 0 || x >= width || y >= height
      ? 0
      : pictures[((picture * height + y) * width + x) * channels + channel]!;
  const result: number[] = [];
  for (let picture = 0; picture < batch; picture++) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const centre: Point = [(width - 1) / 2, (height - 1) / 2];
        const [dx, dy] = from([column - centre[0], row - centre[1]], picture);
        const [x, y] = [dx + centre[0], dy + centre[1]];
        const [left, top] = [Math.floor(x), Math.floor(y)];
        for (let channel = 0; channel < channels; channel++) {
          const line = (at: number) =>
            value(picture, at, left, channel) * (left + 1 - x) + value(picture, at, left + 1, channel) * (x - left);
          result.push(line(top) * (top + 1 - y) + line(top + 1) * (y - top));
        }
      }
    }
  }
  return result;
}

function expectClose(found: ArrayLike<number>, expected: readonly number[], tolerance = 2e-6) {
  expect(found.length).toBe(expected.length);
  expect(Math.max(...expected.map((value, i) => Math.abs(value - found[i]!)))).toBeLessThan(tolerance);
}

/** (cos, sin) of so many degrees. */
const turn = (degrees: number, [x, y]: Point): Point => {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle) * x - Math.sin(angle) * y, Math.sin(angle) * x + Math.cos(angle) * y];
};

describe('places', () => {
  test('mirrors those whose coin falls so, exactly', () => {
    const mirrored = reference(([x, y], picture) => (picture === 0 ? [-x, y] : [x, y]));
    expect([...augment([['flip']], given([0.4, 0.5]))]).toEqual(mirrored.map(Math.fround));
    const upsideDown = reference(([x, y], picture) => (picture === 1 ? [x, -y] : [x, y]));
    const found = augment([['flip', { direction: 'vertical', probability: 0.3 }]], given([0.3, 0.2]));
    expect([...found]).toEqual(upsideDown.map(Math.fround));
  });

  test('shifts by whole pixels and fills with black', () => {
    // 0.4 of 6 pixels is ±2.4 and of 5 is ±2: draws 1, ½ and 0, ¾ are 2, 0 and −2, 1.
    const found = augment([['shift', { horizontal: 0.4, vertical: 0.4 }]], given([0.999, 0.5], [0, 0.75]));
    const expected = reference(([x, y], picture) => (picture === 0 ? [x + 2, y - 2] : [x, y + 1]));
    expect([...found]).toEqual(expected.map(Math.fround));
    expect(expected.filter((value) => value === 0).length).toBeGreaterThan(0);
  });

  test('turns and zooms about the centre', () => {
    const turned = augment([['rotate', { degrees: 40 }]], given([0.875, 0]));
    expectClose(
      turned,
      reference((at, picture) => turn(picture === 0 ? 30 : -40, at)),
    );
    const zoomed = augment([['zoom', { amount: 0.5 }]], given([1, 0.25]));
    expectClose(
      zoomed,
      reference(([x, y], picture) => (picture === 0 ? [x / 1.5, y / 1.5] : [x / 0.75, y / 0.75])),
    );
  });

  test.each(['tensorflow', 'cpu'])('puts several together in their order, once resampled (%s)', async (backend) => {
    await tf.setBackend(backend);
    const chosen: Chosen = [
      ['flip'],
      ['rotate', { degrees: 40 }],
      ['zoom', { amount: 0.5 }],
      ['shift', { horizontal: 0.4, vertical: 0.4 }],
    ];
    const found = augment(chosen, given([0.1, 0.9], [0.875, 0], [1, 0.25], [0.999, 0.5], [0, 0.75]));
    // A pixel of the last picture is looked up in the one before, and so on back to the first.
    const expected = reference(([x, y], picture) => {
      const shifted: Point = picture === 0 ? [x + 2, y - 2] : [x, y + 1];
      const scale = picture === 0 ? 1.5 : 0.75;
      const [turnedX, turnedY] = turn(picture === 0 ? 30 : -40, [shifted[0] / scale, shifted[1] / scale]);
      return picture === 0 ? [-turnedX, turnedY] : [turnedX, turnedY];
    });
    expectClose(found, expected, 5e-6);
  });

  test('keeps the order where a change of pixels stands between', () => {
    const found = augment([['shift'], ['brightness'], ['flip']], given([1, 1], [0.5, 0.5], [1, 1], [0, 0]));
    // The black that the shift brings in is made lighter too, before the mirror.
    const expected = reference(([x, y]) => [-x + 1, y]).map((value) => Math.min(1, value + 0.1));
    expectClose(found, expected);
  });
});

describe('pixels', () => {
  const perPicture = pictures.length / batch;
  const clip = (value: number) => Math.max(0, Math.min(1, value));

  test('become lighter or darker by one value per picture', () => {
    const found = augment([['brightness', { amount: 0.4 }]], given([1, 0.25]));
    expectClose(
      found,
      Array.from(pictures, (value, i) => clip(value + (i < perPicture ? 0.4 : -0.2))),
    );
  });

  test('move away from the mean of their picture or towards it', () => {
    const mean = [0, 1].map(
      (picture) =>
        pictures.slice(picture * perPicture, (picture + 1) * perPicture).reduce((sum, value) => sum + value, 0) /
        perPicture,
    );
    const found = augment([['contrast', { amount: 1 }]], given([0.75, 0.1]));
    const expected = Array.from(pictures, (value, i) => {
      const own = mean[Math.floor(i / perPicture)]!;
      return clip(own + (value - own) * (i < perPicture ? 1.5 : 0.2));
    });
    expectClose(found, expected);
  });

  test('get noise each of their own', () => {
    const grain = Array.from(pictures, (_, i) => Math.sin(i));
    const found = augment([['noise', { standardDeviation: 0.2 }]], given(grain));
    expectClose(
      found,
      Array.from(pictures, (value, i) => clip(value + 0.2 * grain[i]!)),
    );
  });
});

describe.each(['tensorflow', 'cpu'])('draws on %s', (backend) => {
  test('are uniform and normal, and follow from seed and step', async () => {
    await tf.setBackend(backend);
    const count = 20000;
    const draw = (kind: keyof StepRandom, seed: number, step: number) =>
      tf.tidy(() => stepRandom(tf, step)[kind]([count], seed).dataSync<'float32'>().slice());
    const moments = (values: Float32Array) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / count;
      return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count];
    };
    // Four standard errors: 4·σ/√count for the mean, 4·√((μ₄ − σ⁴)/count) for the variance.
    const [uniformMean, uniformVariance] = moments(draw('uniform', 1, 2));
    expect(Math.abs(uniformMean! - 0.5)).toBeLessThan(0.0082);
    expect(Math.abs(uniformVariance! - 1 / 12)).toBeLessThan(0.0022);
    const normal = draw('normal', 1, 2);
    const [mean, variance] = moments(normal);
    expect(Math.abs(mean!)).toBeLessThan(0.029);
    expect(Math.abs(variance! - 1)).toBeLessThan(0.041);
    // P(|n| > 2) = 0.0455.
    expect(Math.abs(normal.filter((value) => Math.abs(value) > 2).length / count - 0.0455)).toBeLessThan(0.006);
    expect(draw('normal', 1, 2)).toEqual(normal);
    expect(draw('normal', 1, 3)).not.toEqual(normal);
    expect(draw('normal', 2, 2)).not.toEqual(normal);
  });
});

test('nothing chosen is nothing done', () => {
  expect(augmentationOf({ augmentation: [], seed: 1 })).toBeUndefined();
  expect(() => augmentationOf({ augmentation: [{ type: 'melt', fields: {} }], seed: 1 })).toThrow('melt');
});

test('two draws of one step differ, and so do two augmentations of one kind', () => {
  const seeds: number[] = [];
  const counting: StepRandom = {
    uniform(shape, seed) {
      seeds.push(seed);
      return tf.fill([...shape], 0.5) as tensorflow.Tensor;
    },
    normal: (shape) => tf.zeros([...shape]),
  };
  augment([['shift'], ['shift'], ['brightness']], counting);
  expect(new Set(seeds).size).toBe(5);
});
