/** Crop, colour, cut-out and hidden values on small examples worked out by hand; and every augmentation where it does nothing. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { augmentations } from '../catalog';
import { generator } from '../catalog/random';
import type { FieldValues } from '../contract';
import { changedPictures, given as givenDraws, type Chosen } from './augment.test-data';
import { stepRandom } from './step-random';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});
afterEach(() => tf.setBackend('tensorflow'));

type Shape4 = [number, number, number, number];

/** Pictures as lists of rows of grey values. */
const grey = (...pictures: number[][][]) => ({
  values: Float32Array.from(pictures.flat(2)),
  shape: [pictures.length, pictures[0]!.length, pictures[0]![0]!.length, 1] as Shape4,
});

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-6) {
  expect(found.length).toBe(expected.length);
  let apart = 0;
  for (let i = 0; i < expected.length; i++) apart = Math.max(apart, Math.abs((expected[i] ?? NaN) - (found[i] ?? NaN)));
  expect(apart).toBeLessThan(tolerance);
}

describe.each(['tensorflow', 'cpu'])('on %s', (backend) => {
  const changed = (chosen: Chosen, pictures: ReturnType<typeof grey>, ...draws: number[][]) =>
    changedPictures(tf, chosen, pictures, givenDraws(tf, ...draws));

  test('a crop takes a window of its own size from within a border, at whole pixels', async () => {
    await tf.setBackend(backend);
    const picture = [
      [0.1, 0.2, 0.3, 0.4],
      [0.5, 0.6, 0.7, 0.8],
      [0.9, 0.8, 0.7, 0.6],
      [0.5, 0.4, 0.3, 0.2],
    ];
    // A quarter of 4 is 1 pixel: draws below ⅓, ⅔ and 1 are moves of −1, 0 and 1; first the scale, then x, then y.
    const chosen: Chosen = [['crop', { border: 0.25 }]];
    const found = changed(chosen, grey(picture, picture), [0.5], [0.99, 0.5], [0, 0.7]);
    const up = [
      [0, 0, 0, 0],
      [0.2, 0.3, 0.4, 0],
      [0.6, 0.7, 0.8, 0],
      [0.8, 0.7, 0.6, 0],
    ];
    const down = [
      [0.5, 0.6, 0.7, 0.8],
      [0.9, 0.8, 0.7, 0.6],
      [0.5, 0.4, 0.3, 0.2],
      [0, 0, 0, 0],
    ];
    expectClose(found, [...up, ...down].flat());
  });

  test('a crop without a border enlarges a part that lies within the picture', async () => {
    await tf.setBackend(backend);
    const ramp = Array.from({ length: 5 }, () => [0, 0.25, 0.5, 0.75, 1]);
    // Half the width, as far right as it may: the window's centre is 5/4 pixels right of the middle.
    const found = changed([['crop', { border: 0, smallest: 0.5 }]], grey(ramp), [0], [1], [0.5]);
    const columns = [-2, -1, 0, 1, 2].map((x) => x / 2 + 1.25 + 2);
    // Beyond the last pixel's centre the picture fades to the black outside.
    const expected = columns.map((at) => (at <= 4 ? at / 4 : 5 - at));
    expectClose(found, Array.from({ length: 5 }, () => expected).flat());
  });

  test('colours are turned about grey, and made stronger or weaker', async () => {
    await tf.setBackend(backend);
    const values = Float32Array.from([0.6, 0.1, 0.2, 0.5, 0.5, 0.5]);
    const pictures = { values: Float32Array.from([...values, ...values]), shape: [2, 1, 2, 3] as Shape4 };
    // Draws of 1 and 0 are +120° and −120°: red becomes green, green blue and blue red, or the other way round.
    const turned = changed([['colour', { saturation: 0, hue: 120 }]], pictures, [0.5], [1, 0]);
    expectClose(turned, [0.2, 0.6, 0.1, 0.5, 0.5, 0.5, 0.1, 0.2, 0.6, 0.5, 0.5, 0.5]);
    // The mean of 0.6, 0.1, 0.2 is 0.3: half as far from it, and 1.5 times, where 0 ends it.
    const stronger = changed([['colour', { saturation: 0.5, hue: 0 }]], pictures, [0, 1], [0.5]);
    expectClose(stronger, [0.45, 0.2, 0.25, 0.5, 0.5, 0.5, 0.75, 0, 0.15, 0.5, 0.5, 0.5]);
    // By 90°, of (0.3, −0.2, −0.1): the cross product with (1, 1, 1)/√3.
    const quarter = changed([['colour', { saturation: 0, hue: 90 }]], pictures, [0.5], [1]).slice(0, 3);
    expectClose(
      quarter,
      [0.1, 0.4, -0.5].map((value) => 0.3 + value / Math.sqrt(3)),
    );
  });

  test('a square is erased about any pixel, cut off at the edges', async () => {
    await tf.setBackend(backend);
    const rows = Array.from({ length: 4 }, (_, y) => [0, 1, 2, 3, 4].map((x) => (5 * y + x + 1) / 20));
    const chosen: Chosen = [['cutout', { size: 0.5, probability: 0.5 }]];
    // Side 2 of 4. Of 5 columns 0.5 is the third, of 4 rows 0.25 the second; a square begins one pixel before its centre.
    const found = changed(chosen, grey(rows, rows, rows), [0.4, 0.4, 0.6], [0.5, 0, 0], [0.25, 0.99, 0]);
    const without = (columns: number[], lines: number[]) =>
      rows.map((row, y) => row.map((value, x) => (columns.includes(x) && lines.includes(y) ? 0 : value)));
    expectClose(found, [without([1, 2], [0, 1]), without([0], [2, 3]), rows].flat(2));
    const filled = changed([['cutout', { size: 0.25, filling: 'mean' }]], grey(rows), [0], [0], [0]);
    expectClose(filled, [10.5 / 20, ...rows.flat().slice(1)]);
  });

  test('hidden values become 0 and the rest stay', async () => {
    await tf.setBackend(backend);
    const pictures = grey([[1, 2, 3, 4]]);
    const found = changed([['value-dropout', { share: 0.3 }]], pictures, [0.29, 0.3, 0, 0.9]);
    expectClose(found, [0, 2, 0, 4]);
  });
});

/** Field values with which nothing is to happen. */
const nothing: Readonly<Record<string, FieldValues>> = {
  brightness: { amount: 0 },
  colour: { saturation: 0, hue: 0 },
  contrast: { amount: 0 },
  crop: { border: 0, smallest: 1 },
  cutout: { size: 0 },
  flip: { probability: 0 },
  mixup: { alpha: 0 },
  noise: { standardDeviation: 0 },
  rotate: { degrees: 0 },
  shift: { horizontal: 0, vertical: 0 },
  'spec-augment': { times: 0, pitches: 0 },
  'spectrogram-noise': { standardDeviation: 0 },
  'time-shift': { most: 0 },
  'value-dropout': { share: 0 },
  'word-dropout': { share: 0 },
  zoom: { amount: 0 },
};

const shapes: readonly Shape4[] = [
  [3, 1, 1, 1],
  [1, 1, 1, 3],
  [2, 5, 1, 3],
  [4, 28, 28, 1],
  [2, 224, 224, 3],
];
const someOf = (shape: Shape4) => {
  const next = generator(5);
  const length = shape.reduce((product, side) => product * side, 1);
  return { values: Float32Array.from({ length }, () => next() / 2 ** 32), shape };
};

test.each(augmentations.all.map(({ id }) => id))('%s leaves everything as it is where its strength is 0', (id) => {
  // Spectrograms have one channel.
  const isSound = augmentations.get(id).kind === 'spectrograms';
  for (const shape of shapes.filter(([, , , channels]) => !isSound || channels === 1)) {
    const pictures = someOf(shape);
    const found = changedPictures(tf, [[id, nothing[id]!]], pictures, stepRandom(tf, 3));
    expectClose(found, pictures.values, 1e-6);
  }
});

// Values of spectrograms have no range.
const ranged = augmentations.all.filter(({ kind }) => kind !== 'spectrograms');

test.each(ranged.map(({ id }) => id))('%s keeps shape and range, of one pixel and of 224²', (id) => {
  for (const shape of shapes) {
    const found = changedPictures(tf, [[id]], someOf(shape), stepRandom(tf, 3));
    expect(found.length).toBe(shape.reduce((product, side) => product * side, 1));
    const [least, most] = found.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [1, 0]);
    expect(least).toBeGreaterThanOrEqual(0);
    expect(most).toBeLessThanOrEqual(1 + 1e-6);
    expect(found.some(Number.isNaN)).toBe(false);
  }
});

test('grey pictures keep their greys, in one channel and in three', () => {
  const one = someOf([2, 5, 4, 1]);
  expect(changedPictures(tf, [['colour']], one, stepRandom(tf, 1))).toEqual(one.values);
  const three = { values: Float32Array.from(one.values, (_, i) => i / 40), shape: [2, 5, 4, 1] as Shape4 };
  const repeated = Float32Array.from({ length: 120 }, (_, i) => three.values[Math.floor(i / 3)]!);
  const found = changedPictures(
    tf,
    [['colour', { hue: 180, saturation: 1 }]],
    { values: repeated, shape: [2, 5, 4, 3] },
    stepRandom(tf, 1),
  );
  expectClose(found, repeated);
});

describe('over many draws', () => {
  const count = 4000;

  test('each whole move of a crop is as likely as the others', () => {
    // A white pixel in the middle of 5 × 5: where it is found says the move. A border of 0.4 is 2 pixels: 5 moves.
    const picture = Array.from({ length: 25 }, (_, i) => (i === 12 ? 1 : 0));
    const values = Float32Array.from({ length: count * 25 }, (_, i) => picture[i % 25]!);
    const found = changedPictures(
      tf,
      [['crop', { border: 0.4 }]],
      { values, shape: [count, 5, 5, 1] },
      stepRandom(tf, 7),
    );
    const places = Array.from({ length: count }, (_, i) => found.subarray(i * 25, i * 25 + 25).indexOf(1));
    for (let place = 0; place < 25; place++) {
      // Binomial(4000, 1/25): mean 160, four standard deviations are 50.
      expect(Math.abs(places.filter((one) => one === place).length - count / 25)).toBeLessThan(50);
    }
  });

  test('a square is erased as often about every pixel, and in the share of pictures asked for', () => {
    const values = new Float32Array(count * 16).fill(1);
    const fields = { size: 0.25, probability: 0.6 };
    const found = changedPictures(tf, [['cutout', fields]], { values, shape: [count, 4, 4, 1] }, stepRandom(tf, 7));
    const places = Array.from({ length: count }, (_, i) => found.subarray(i * 16, i * 16 + 16).indexOf(0));
    // Binomial(4000, 0.6): standard deviation 31; of one pixel Binomial(4000, 0.6/16): mean 150, 12.
    expect(Math.abs(places.filter((place) => place >= 0).length - 2400)).toBeLessThan(124);
    for (let place = 0; place < 16; place++) {
      expect(Math.abs(places.filter((one) => one === place).length - 150)).toBeLessThan(48);
    }
  });

  test('saturation and hue are uniform about no change', () => {
    // (0.6, 0.5, 0.4) is grey 0.5 and a colour of length 0.1·√2 at 0°, whose direction is (1, 0, −1)/√2.
    const values = Float32Array.from({ length: count * 3 }, (_, i) => [0.6, 0.5, 0.4][i % 3]!);
    const fields = { saturation: 0.5, hue: 60 };
    const found = changedPictures(tf, [['colour', fields]], { values, shape: [count, 1, 1, 3] }, stepRandom(tf, 7));
    const drawn = Array.from({ length: count }, (_, i) => {
      const [red, green, blue] = Array.from(found.subarray(3 * i, 3 * i + 3), (value) => value - 0.5);
      const [along, across] = [(red! - blue!) / Math.SQRT2, (2 * green! - red! - blue!) / Math.sqrt(6)];
      return {
        factor: Math.hypot(along, across) / (0.1 * Math.SQRT2),
        degrees: (Math.atan2(across, along) * 180) / Math.PI,
      };
    });
    expectMoments(
      drawn.map(({ factor }) => factor),
      { mean: 1, variance: 1 / 12 },
    );
    expectMoments(
      drawn.map(({ degrees }) => degrees),
      { mean: 0, variance: 120 ** 2 / 12 },
    );
  });

  test('values are hidden in the share asked for', () => {
    const values = new Float32Array(count).fill(1);
    const fields = { share: 0.2 };
    const found = changedPictures(
      tf,
      [['value-dropout', fields]],
      { values, shape: [count, 1, 1, 1] },
      stepRandom(tf, 7),
    );
    // Binomial(4000, 0.2): standard deviation 25.
    expect(Math.abs(found.filter((value) => value === 0).length - 800)).toBeLessThan(101);
  });

  /** Within four standard errors; that of the variance is for uniform numbers, whose fourth moment is 1.8 σ⁴. */
  function expectMoments(values: readonly number[], { mean, variance }: { mean: number; variance: number }) {
    const found = values.reduce((sum, value) => sum + value, 0) / count;
    const squares = values.reduce((sum, value) => sum + (value - found) ** 2, 0) / count;
    expect(Math.abs(found - mean)).toBeLessThan(4 * Math.sqrt(variance / count));
    expect(Math.abs(squares - variance)).toBeLessThan(4 * variance * Math.sqrt(0.8 / count));
  }
});
