import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Progress } from '../contract';
import { ProgressReporter } from './progress-reporter';

let now = 0;
beforeEach(() => {
  now = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const advance = (milliseconds: number) => {
  now += milliseconds;
  vi.advanceTimersByTime(milliseconds);
};
const collect = () => {
  const sent: Progress[] = [];
  const reporter = new ProgressReporter(
    (progress) => sent.push(progress),
    () => now,
  );
  const report = (done: number, total: number | null, stage = 'reading') =>
    reporter.report({ stage, done, total, unit: 'rows' });
  return { sent, report };
};

test('a kind may report each row; at most ten messages a second leave, the last count among them', () => {
  const { sent, report } = collect();
  for (let row = 1; row <= 1000; row++) {
    report(row, 2000);
    advance(1);
  }
  expect(sent.length).toBeLessThanOrEqual(11);
  advance(100);
  expect(sent.at(-1)?.done).toBe(1000);
});

test('rate and remaining time follow a steady job within 2 %', () => {
  const { sent, report } = collect();
  for (let step = 0; step <= 100; step++) {
    report(step * 5, 1000);
    advance(100);
  }
  expect(sent.at(-1)?.rate).toBeCloseTo(50, 0);
  expect(sent.at(-1)?.etaSeconds).toBeGreaterThan(9.8);
  expect(sent.at(-1)?.etaSeconds).toBeLessThan(10.2);
});

test('a single stall does not throw the remaining time about', () => {
  const { sent, report } = collect();
  for (let step = 0; step <= 50; step++) {
    report(step * 5, 1000);
    advance(100);
  }
  const before = sent.at(-1)?.rate ?? 0;
  advance(300);
  report(255, 1000);
  expect(sent.at(-1)?.rate).toBeGreaterThan(before * 0.85);
});

test('a new stage is told at once and begins its own rate; an unknown end has no remaining time', () => {
  const { sent, report } = collect();
  report(10, 10);
  report(0, null, 'writing');
  expect(sent.at(-1)).toEqual({ stage: 'writing', done: 0, total: null, unit: 'rows', rate: null, etaSeconds: null });
  advance(1000);
  report(20, null, 'writing');
  expect(sent.at(-1)).toMatchObject({ rate: 20, etaSeconds: null });
});

test('the end is told at once', () => {
  const { sent, report } = collect();
  report(9, 10);
  report(10, 10);
  expect(sent.at(-1)?.done).toBe(10);
});
