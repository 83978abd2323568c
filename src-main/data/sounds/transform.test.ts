/** Sounds in numbers: log-mel spectra against librosa, other rates against formulas, clips as they are stored. */
import { describe, expect, test } from 'vitest';
import { spectrograms } from '../../catalog';
import reference from '../../catalog/fixtures/speech-embedding.json';
import { referenceSounds } from '../../catalog/fixtures/speech-sounds';
import { decodeClip, encodeClip, overviewBytes, overviewPoints } from './clip';
import { powerSpectrum } from './fourier';
import { melReference } from './librosa.test-data';
import { framesOf, LogMel } from './log-mel';
import { resample } from './resample';

/** A sweep from 200 Hz up and a tone, as the reference was computed of. */
function sweep(rate: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, at) => {
    const t = at / rate;
    return 0.4 * Math.sin(2 * Math.PI * (200 * t + 1500 * t * t)) + 0.1 * Math.sin(2 * Math.PI * 3000 * t);
  });
}

describe('log-mel', () => {
  test.each([
    { rate: 16_000, length: 8000, window: 400, transform: 512, hop: 160, highestHertz: 7600 },
    { rate: 8000, length: 4000, window: 200, transform: 256, hop: 80, highestHertz: 4000 },
  ])('at $rate Hz it is librosa’s, within 0.002 where there is sound', ({ rate, length, ...options }) => {
    const spectrum = new LogMel({ rate, bands: 40, lowestHertz: 20, ...options }).of(sweep(rate, length));
    const reference = melReference[rate]!;
    expect(spectrum.length).toBe(reference.frames * 40);
    expect(framesOf(length, options)).toBe(reference.frames);
    for (const [frame, expected] of Object.entries(reference.values)) {
      for (const [band, value] of expected.entries()) {
        // 90 dB below the loudest, float32 and float64 part ways.
        const tolerance = value > -16 ? 0.002 : 0.5;
        expect(Math.abs(spectrum[Number(frame) * 40 + band]! - value)).toBeLessThan(tolerance);
      }
    }
  });

  test('silence is the floor, ln 1e-10, and no infinity', () => {
    const options = {
      rate: 8000,
      window: 200,
      transform: 256,
      hop: 80,
      bands: 10,
      lowestHertz: 20,
      highestHertz: 4000,
    };
    const spectrum = new LogMel(options).of(new Float32Array(400));
    expect([...spectrum].every((value) => Math.abs(value - Math.log(1e-10)) < 1e-5)).toBe(true);
  });
});

describe('the spectrogram of the speech embedding', () => {
  const { options, stretch } = spectrograms.get('speech-embedding');

  // Log₁₀ of power plus 2. Of a pure tone's far bands, 90 dB below, float32 and float64 part ways less than the limit of 80 dB.
  test.each(Object.entries(reference.sounds))(
    'of %s is onnxruntime’s within 0.001',
    (name, { frames, spectrogram }) => {
      const made = new LogMel(options(16_000)).of(referenceSounds[name]!);
      expect(made.length).toBe(frames * 32);
      for (const [frame, expected] of Object.entries(spectrogram)) {
        for (const [band, value] of expected.entries()) {
          const found = made[Number(frame) * 32 + band]! / Math.LN10 + 2;
          expect(Math.abs(found - value), `frame ${frame}, band ${band}`).toBeLessThan(0.001);
        }
      }
    },
  );

  test.each([
    [0.3, 132],
    [0.66, 164],
    [60, 1004],
  ])('holds windows of 76 frames every 8: of sounds of %f s %i frames', (seconds, frames) => {
    const own = options(44_100);
    const { samples, hop } = stretch(seconds * own.rate, own);
    expect(framesOf(samples, { ...own, hop })).toBe(frames);
    expect((frames - 76) % 8).toBe(0);
  });
});

test('the transform’s power is that of the sum it stands for', () => {
  const values = Float64Array.from({ length: 16 }, (_, at) => Math.sin(at * at) + at / 10);
  const power = new Float64Array(9);
  powerSpectrum(Float64Array.from(values), power);
  for (const bin of power.keys()) {
    let [real, imaginary] = [0, 0];
    for (const [at, value] of values.entries()) {
      real += value * Math.cos((2 * Math.PI * bin * at) / 16);
      imaginary -= value * Math.sin((2 * Math.PI * bin * at) / 16);
    }
    expect(power[bin]).toBeCloseTo(real ** 2 + imaginary ** 2, 9);
  }
});

describe('another rate', () => {
  const tone = (rate: number, hertz: number) =>
    Float32Array.from({ length: rate }, (_, at) => Math.sin((2 * Math.PI * hertz * at) / rate));
  /** The largest value away from the ends, where there is nothing to interpolate with. */
  const largest = (values: Float32Array) =>
    values.subarray(2000, values.length - 2000).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

  test.each([
    [44_100, 16_000],
    [48_000, 16_000],
    [8000, 16_000],
    [22_050, 44_100],
    [16_000, 11_025],
  ])('from %i to %i a tone stays itself, within 0.001, and as long', (from, to) => {
    const changed = resample(tone(from, 1000), from, to);
    expect(changed.length).toBe(to);
    const expected = tone(to, 1000);
    expect(largest(changed.map((value, at) => value - expected[at]!))).toBeLessThan(0.001);
  });

  test('what the lower rate can’t hold is gone, 80 dB down, and does not come back as another tone', () => {
    expect(largest(resample(tone(44_100, 9500), 44_100, 16_000))).toBeLessThan(1e-4);
  });

  test('the same rate gives the same samples', () => {
    const samples = tone(8000, 300);
    expect(resample(samples, 8000, 8000)).toBe(samples);
  });
});

describe('a stored clip', () => {
  test('comes back within half a step of 16 bits, what is beyond full scale cut off', () => {
    const samples = Float32Array.from({ length: 1000 }, (_, at) => 1.2 * Math.sin(at / 9));
    const back = decodeClip(encodeClip(samples));
    for (const [at, value] of back.entries()) {
      const expected = Math.max(-1, Math.min(1, samples[at]!));
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(0.5 / 32767 + 1e-7);
    }
  });

  test('begins with the least and greatest of equal stretches', () => {
    const samples = Float32Array.from({ length: 10 * overviewPoints }, (_, at) => {
      const point = Math.floor(at / 10);
      return at % 10 === 3 ? point / overviewPoints : at % 10 === 7 ? -point / overviewPoints : 0;
    });
    const overview = new Int8Array(encodeClip(samples).buffer, 0, overviewBytes);
    for (let point = 0; point < overviewPoints; point += 1) {
      expect(overview[2 * point]).toBe(Math.round((-127 * point) / overviewPoints) + 0);
      expect(overview[2 * point + 1]).toBe(Math.round((127 * point) / overviewPoints));
    }
  });

  test('may be shorter than its overview', () => {
    const bytes = encodeClip(Float32Array.of(0.5, -0.5));
    expect([...new Set(new Int8Array(bytes.buffer, 0, overviewBytes))].sort()).toEqual([-63, 64]);
    expect(decodeClip(bytes).length).toBe(2);
  });
});
