/** A thinned line must look like the full one: spikes stay, order stays, size is bounded. */
import { describe, expect, test } from 'vitest';
import { countWithin, decimate, extremesWithin, inStretches, pointsWithin, type Point } from './decimate';

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

  test('a long line is thinned as if each of its points were read', () => {
    let state = 1;
    const noise = Array.from({ length: 100_000 }, (_, x) => {
      state = (state * 48_271) % 2_147_483_647;
      return { x, y: state };
    });
    const kept = new Set(decimate(noise, 300).map(({ x }) => x));
    for (const bucket of [0, 17, 123, 298]) {
      const own = noise.filter(({ x }) => Math.floor(x / (99_999 / 300)) === bucket);
      const highest = own.reduce((best, point) => (point.y > best.y ? point : best));
      const lowest = own.reduce((best, point) => (point.y < best.y ? point : best));
      expect(kept.has(highest.x) && kept.has(lowest.x)).toBe(true);
    }
  });
});

describe('a closer look', () => {
  test('shows every point there is, and one on each side to which the line leads', () => {
    const range = { from: 20_000, to: 20_099.5 };
    expect(inStretches(wave, 200, range, () => undefined)).toBe(false);
    expect(pointsWithin(wave, range).map(({ x }) => x)).toEqual(
      Array.from({ length: 102 }, (_, index) => 19_999 + index),
    );
    expect(countWithin(wave, range)).toBe(100);
  });

  test('is thinned by itself where it still holds too many', () => {
    const spiked = wave.map((point) => (point.x === 31_337 ? { x: point.x, y: 99 } : point));
    const near: { first: Point; highest: Point; last: Point }[] = [];
    inStretches(spiked, 100, { from: 25_000, to: 35_000 }, (first, _lowest, highest, last) => {
      near.push({ first, highest, last });
    });
    expect(near).toHaveLength(100);
    expect(near[0]!.first.x).toBe(24_999);
    expect(near.at(-1)!.last.x).toBe(35_001);
    expect(near.filter(({ highest }) => highest.y === 99)).toHaveLength(1);
    for (let at = 1; at < near.length; at += 1) expect(near[at]!.first.x).toBe(near[at - 1]!.last.x + 1);
  });

  test('beyond the line there is nothing but its end', () => {
    expect(pointsWithin(wave, { from: 60_000, to: 70_000 })).toEqual([wave.at(-1)]);
    expect(countWithin(wave, { from: 60_000, to: 70_000 })).toBe(0);
    expect(countWithin(wave, null)).toBe(50_000);
  });
});

test('the extremes of a part are those of its points, read in blocks or one by one, without what is no number', () => {
  const broken = wave.map((point) => (point.x % 640 === 0 ? { x: point.x, y: Number.NaN } : point));
  for (const range of [null, { from: 0, to: 10 }, { from: 130, to: 20_321 }, { from: 700.5, to: 760 }]) {
    const ys = broken.filter(({ x }) => !range || (x >= range.from && x <= range.to)).map(({ y }) => y);
    const numbers = ys.filter((y) => Number.isFinite(y));
    expect(extremesWithin(broken, range)).toEqual({ low: Math.min(...numbers), high: Math.max(...numbers) });
  }
  expect(extremesWithin(wave, { from: 3.2, to: 3.4 })).toEqual({ low: Infinity, high: -Infinity });
});
