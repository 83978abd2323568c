import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CloseGuard } from './close-guard';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function guard(training: boolean, systemAnswer: 'keep' | 'stop' = 'keep') {
  const asked: string[] = [];
  const options = {
    isBusy: () => training,
    askWindow: () => void asked.push('window'),
    askSystem: async () => {
      asked.push('system');
      return systemAnswer;
    },
    stopAndQuit: async () => void asked.push('quit'),
  };
  return { asked, guard: new CloseGuard(options) };
}

test('closes at once when nothing trains', () => {
  const { asked, guard: closing } = guard(false);
  expect(closing.mayClose()).toBe(true);
  expect(asked).toEqual([]);
});

test('asks once in the window, and keeps training when told', async () => {
  const { asked, guard: closing } = guard(true);
  expect([closing.mayClose(), closing.mayClose()]).toEqual([false, false]);
  closing.answer('shown');
  await vi.advanceTimersByTimeAsync(60_000);
  closing.answer('keep');
  expect(asked).toEqual(['window']);
  expect(closing.mayClose()).toBe(false);
  expect(asked).toEqual(['window', 'window']);
});

test('stops and quits once, and closes then', () => {
  const { asked, guard: closing } = guard(true);
  closing.mayClose();
  closing.answer('stop');
  closing.answer('stop');
  expect(asked).toEqual(['window', 'quit']);
  expect(closing.mayClose()).toBe(true);
});

test('a window that does not answer is replaced by the system dialogue', async () => {
  const { asked, guard: closing } = guard(true, 'stop');
  closing.mayClose();
  await vi.advanceTimersByTimeAsync(2999);
  expect(asked).toEqual(['window']);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual(['window', 'system', 'quit']);
});
