/** A thinned line must look like the full one: spikes stay, order stays, size is bounded. */
import { describe, expect, test } from 'vitest';
import { decimate, type Point } from './decimate';

const wave: Point[] = Array.from({ length: 50_000 }, (_, x) => ({ x, y: Math.sin(x / 300) }));

describe('decimate', () => {
  test('keeps a short line as it is', () => {
    const short = wave.slice(0, 40);
    expect(decimate(short, 10)).toBe(short);
  });

  test('bounds the number of points and keeps their order and ends', () => {
    const thin = decimate(wave, 200);
    expect(thin.length).toBeLessThanOrEqual(800);
    expect(thin.length).toBeGreaterThan(200);
    expect(thin[0]).toBe(wave[0]);
    expect(thin.at(-1)).toBe(wave.at(-1));
    for (let index = 1; index < thin.length; index += 1) expect(thin[index]!.x).toBeGreaterThan(thin[index - 1]!.x);
  });

  test('keeps a spike of one single point', () => {
    const spiked = wave.map((point) => (point.x === 31_337 ? { x: point.x, y: 99 } : point));
    spiked[20_001] = { x: 20_001, y: -99 };
    const thin = decimate(spiked, 100);
    expect(Math.max(...thin.map((point) => point.y))).toBe(99);
    expect(Math.min(...thin.map((point) => point.y))).toBe(-99);
  });

  test('the range of every stretch is the full range of its points', () => {
    const thin = decimate(wave, 100);
    for (let bucket = 0; bucket < 100; bucket += 1) {
      const within = (point: Point) => Math.min(99, Math.floor(point.x / (49_999 / 100))) === bucket;
      const full = wave.filter(within).map((point) => point.y);
      const kept = thin.filter(within).map((point) => point.y);
      expect(Math.max(...kept)).toBe(Math.max(...full));
      expect(Math.min(...kept)).toBe(Math.min(...full));
    }
  });

  test('a line with gaps keeps the values on both sides', () => {
    const gap = [...wave.slice(0, 1000), ...wave.slice(40_000)];
    const thin = decimate(gap, 50);
    expect(thin.some((point) => point.x === 999)).toBe(true);
    expect(thin.some((point) => point.x === 40_000)).toBe(true);
  });
});
