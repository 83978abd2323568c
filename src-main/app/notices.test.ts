import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Notice } from '../contract';
import { Notices } from './notices';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a flood becomes four a second, and the last change is told', () => {
  const sent: Notice[] = [];
  const notices = new Notices((notice) => sent.push(notice));
  for (let millisecond = 0; millisecond < 999; millisecond++) {
    notices.push('jobs-changed');
    vi.advanceTimersByTime(1);
  }
  expect(sent.length).toBe(4);
  vi.advanceTimersByTime(250);
  expect(sent.length).toBe(5);
});

test('the first of a kind goes at once', () => {
  const sent: Notice[] = [];
  const notices = new Notices((notice) => sent.push(notice));
  notices.push('jobs-changed');
  notices.push('runs-changed');
  expect(sent).toEqual(['jobs-changed', 'runs-changed']);
});
