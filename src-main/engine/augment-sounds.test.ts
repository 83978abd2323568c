/** Changes of spectrograms on small ones worked out by hand, on both backends, and over many draws. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { changedPictures, given, type Chosen } from './augment.test-data';
import { stepRandom } from './step-random';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});
afterEach(() => tf.setBackend('tensorflow'));

type Shape4 = [number, number, number, number];

/** Sounds as lists of frames of band values. */
const sounds = (...all: number[][][]) => ({
  values: Float32Array.from(all.flat(2)),
  shape: [all.length, all[0]!.length, all[0]![0]!.length, 1] as Shape4,
});

describe.each(['tensorflow', 'cpu'])('on %s', (backend) => {
  const changed = (chosen: Chosen, of: ReturnType<typeof sounds>, ...draws: number[][]) =>
    Array.from(changedPictures(tf, chosen, of, given(tf, ...draws)), (value) => Math.round(value * 1e4) / 1e4);

  test('a sound is moved by whole frames; what moves in is its own quietest value', async () => {
    await tf.setBackend(backend);
    const one = [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, -8],
    ];
    // Half of 4 frames either way: draws of 0, 0.5 and 0.75 are 2 earlier, none, and 1 later.
    const found = changed([['time-shift', { most: 0.5 }]], sounds(one, one, one), [0, 0.5, 0.75]);
    const [first, second, third, fourth] = one;
    const quiet = [-8, -8];
    expect(found).toEqual([third, fourth, quiet, quiet, ...one, quiet, first, second, third].flat());
  });

  test('bars cover whole frames and whole bands with the mean, 0', async () => {
    await tf.setBackend(backend);
    const one = Array.from({ length: 4 }, () => [1, 1, 1]);
    // One bar over time: 0.7 · (2 + 1) is 2 wide, 0.5 · (4 − 2 + 1) begins at 1; one over pitch: 0.4 · 2 is 0 wide.
    const chosen: Chosen = [['spec-augment', { times: 1, widestTime: 0.5, pitches: 1, widestPitch: 0.34 }]];
    const onlyTime = changed(chosen, sounds(one), [0.7], [0.5], [0.4], [0]);
    expect(onlyTime).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
    const onlyPitch = changed(chosen, sounds(one), [0], [0.5], [0.99], [0.99]);
    expect(onlyPitch).toEqual([1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0]);
  });

  test('grain is a draw for every value, of the strength asked for', async () => {
    await tf.setBackend(backend);
    const found = changed([['spectrogram-noise', { standardDeviation: 0.5 }]], sounds([[1, -3]]), [2, -1]);
    expect(found).toEqual([2, -3.5]);
  });
});

test('over many draws a move takes every number of frames it may, and bars every width, everywhere', () => {
  const count = 3000;
  const frames = 9;
  const values = Float32Array.from({ length: count * frames }, (_, at) => (at % frames === 4 ? 1 : 0.5));
  const shape: Shape4 = [count, frames, 1, 1];
  const rowsOf = (found: Float32Array) =>
    Array.from({ length: count }, (_, row) => found.subarray(row * frames, (row + 1) * frames));
  const moved = rowsOf(changedPictures(tf, [['time-shift', { most: 1 / 3 }]], { values, shape }, stepRandom(tf, 4)));
  const places = new Set(moved.map((row) => row.indexOf(1)));
  expect([...places].sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const bars: Chosen = [['spec-augment', { times: 1, widestTime: 0.33, pitches: 0 }]];
  const masked = rowsOf(changedPictures(tf, bars, { values, shape }, stepRandom(tf, 4)));
  const widths = masked.map((row) => row.filter((value) => value === 0).length);
  for (const width of [0, 1, 2, 3]) {
    // Binomial(3000, 1/4): mean 750, four standard deviations are 95.
    expect(Math.abs(widths.filter((one) => one === width).length - count / 4)).toBeLessThan(95);
  }
  expect(new Set(masked.flatMap((row) => [...row.keys()].filter((at) => row[at] === 0))).size).toBe(frames);
});
