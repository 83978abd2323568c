/** A stop of the process is left out; work, however long, and short waits are not. */
import { expect, test } from 'vitest';
import { WorkingClock } from './working-clock';

function setUp(cores = 2) {
  const time = { wall: 1000, processor: 500 };
  const clock = new WorkingClock({ wall: () => time.wall, processor: () => time.processor }, cores);
  const pass = (wall: number, processor: number) => {
    time.wall += wall;
    time.processor += processor;
    return clock.now();
  };
  return { start: clock.now(), pass };
}

test.each([2, 64])('a stop of the process is left out, on %i cores', (cores) => {
  const { start, pass } = setUp(cores);
  for (let step = 0; step < 100; step += 1) pass(7, 7 * cores);
  expect(pass(7, 7 * cores) - start).toBe(707);
  // Up to the last reading of its processor time it worked; then it stood for a minute.
  expect(pass(60_000, 3) - start).toBe(707);
  expect(pass(10, 10) - start).toBe(717);
  expect(pass(5000, 2) - start).toBe(717);
});

test.each([2, 64])('a long step that works counts, on %i cores', (cores) => {
  const { start, pass } = setUp(cores);
  expect(pass(30_000, 30_000) - start).toBe(30_000);
  expect(pass(2_100, 2_100) - start).toBe(32_100);
});

test('a short wait counts', () => {
  const { start, pass } = setUp();
  expect(pass(1900, 0) - start).toBe(1900);
});
