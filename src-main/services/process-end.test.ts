/** What each way of ending is called, and that every cause has its words. */
import { expect, test } from 'vitest';
import { describeError, isOutsideCause } from '../contract';
import { countMemoryKills, describeProcessEnd } from './process-end';

test.each([
  ['SIGKILL', '', false, 'job-killed'],
  ['SIGKILL', '', true, 'job-out-of-memory'],
  // A polite signal is never the system's answer to a lack of memory.
  ['SIGTERM', '', true, 'job-killed'],
  ['killed', '', false, 'job-killed'],
  ['SIGSEGV', '', false, 'job-native-crash'],
  ['crashed', '', false, 'job-native-crash'],
  ['SIGABRT', "terminate called after throwing an instance of 'std::bad_alloc'", false, 'job-out-of-memory'],
  [
    'SIGABRT',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    false,
    'job-out-of-memory',
  ],
  ['oom', '', false, 'job-out-of-memory'],
  ['memory-eviction', '', false, 'job-out-of-memory'],
  ['exit code 3', '', true, 'job-crashed'],
])('%s, last words "%s", memory short: %s → %s', (reason, lastWords, memoryWasShort, code) => {
  const error = describeProcessEnd('train', { reason, lastWords, memoryWasShort });
  expect(error).toEqual({ code, parameters: { kind: 'train', reason } });
  expect(isOutsideCause(code)).toBe(true);
  for (const locale of ['en', 'zh'] as const) {
    const { message, hint } = describeError(error, locale);
    expect(message).toContain(reason);
    expect(message + hint).not.toMatch(/[{}]/);
  }
});

test.runIf(process.platform === 'linux')('Linux counts what it ends for lack of memory', () => {
  expect(countMemoryKills()).toBeGreaterThanOrEqual(0);
});
