/** Changes of sounds: moved by so many samples, noise of the power that was asked for, bars no wider than they may be. */
import { describe, expect, test } from 'vitest';
import { randomSource } from '../random';
import { addNoise, maskSpectrum, timeShift } from './augment';

describe('a move in time', () => {
  const samples = Float32Array.of(1, 2, 3, 4);
  test.each([
    [0, [1, 2, 3, 4]],
    [1, [0, 1, 2, 3]],
    [-3, [4, 0, 0, 0]],
    [4, [0, 0, 0, 0]],
    [-9, [0, 0, 0, 0]],
  ])('by %i samples', (by, expected) => expect([...timeShift(samples, by)]).toEqual(expected));
});

describe('noise', () => {
  const tone = Float32Array.from({ length: 40_000 }, (_, at) => 0.3 * Math.sin(at / 7));
  const powerOf = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length;

  test.each([0, 10, 30])('lies %i dB below the sound, within 0.2 dB, around 0', (decibels) => {
    const noisy = addNoise(tone, decibels, randomSource(5));
    const noise = noisy.map((value, at) => value - tone[at]!);
    expect(Math.abs(10 * Math.log10(powerOf(tone) / powerOf(noise)) - decibels)).toBeLessThan(0.2);
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    expect(Math.abs(mean)).toBeLessThan(0.02 * Math.sqrt(powerOf(noise)));
  });

  test('is the same from the same seed, and leaves silence silent', () => {
    expect(addNoise(tone, 20, randomSource(1))).toEqual(addNoise(tone, 20, randomSource(1)));
    expect(addNoise(new Float32Array(10), 20, randomSource(1))).toEqual(new Float32Array(10));
  });
});

describe('SpecAugment', () => {
  const [frames, bands] = [50, 40];
  const values = new Float32Array(frames * bands).fill(1);
  const hiddenLines = (masked: Float32Array) => ({
    times: Array.from({ length: frames }, (_, frame) =>
      masked.subarray(frame * bands, (frame + 1) * bands).every((value) => value === 0),
    ).filter(Boolean).length,
    pitches: Array.from({ length: bands }, (_, band) =>
      Array.from({ length: frames }, (_, frame) => masked[frame * bands + band]).every((value) => value === 0),
    ).filter(Boolean).length,
  });

  test('hides whole frames and whole bands, each bar at most as wide as it may be, everywhere in time', () => {
    const next = randomSource(3);
    const widths = new Set<number>();
    const everHidden = new Set<number>();
    for (let round = 0; round < 300; round += 1) {
      const masked = maskSpectrum(values, bands, { times: 1, mostFrames: 6, pitches: 1, mostBands: 4 }, next);
      const { times, pitches } = hiddenLines(masked);
      expect(times).toBeLessThanOrEqual(6);
      expect(pitches).toBeLessThanOrEqual(4);
      widths.add(times);
      const zeros = masked.filter((value) => value === 0).length;
      expect(zeros).toBe(times * bands + pitches * frames - times * pitches);
      for (let frame = 0; frame < frames; frame += 1) {
        if (masked.subarray(frame * bands, (frame + 1) * bands).every((value) => value === 0)) everHidden.add(frame);
      }
    }
    expect([...widths].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(everHidden.size).toBe(frames);
  });

  test('changes nothing without bars, and its input never', () => {
    expect(maskSpectrum(values, bands, { times: 0, mostFrames: 6, pitches: 0, mostBands: 4 }, randomSource(3))).toEqual(
      values,
    );
    maskSpectrum(values, bands, { times: 2, mostFrames: 20, pitches: 2, mostBands: 20 }, randomSource(3));
    expect(values.every((value) => value === 1)).toBe(true);
  });
});
