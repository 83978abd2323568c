import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TypingJournal } from './typing-journal';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function recorded() {
  const written: [row: number, value: string | null, continues: boolean][] = [];
  const journal = new TypingJournal((...entry) => {
    written.push(entry);
    return Promise.resolve(true);
  });
  return { written, journal };
}

test('no more than a quarter of a second of typing is ever outside of the journal', () => {
  const { written, journal } = recorded();
  const words = 'hello world';
  for (let letters = 1; letters <= words.length; letters += 1) {
    journal.type(4, words.slice(0, letters));
    vi.advanceTimersByTime(100);
  }
  expect(written[0]).toEqual([4, 'h', false]);
  expect(written.length).toBeLessThan(words.length);
  vi.advanceTimersByTime(250);
  expect(written.at(-1)).toEqual([4, words, true]);
});

test('a pause, leaving the field and another row each begin a new step', async () => {
  const { written, journal } = recorded();
  journal.type(4, 'one');
  vi.advanceTimersByTime(2000);
  journal.type(4, 'one two');
  journal.type(4, ' ');
  await journal.leave();
  journal.type(5, 'three');
  expect(written).toEqual([
    [4, 'one', false],
    [4, 'one two', false],
    [4, null, true],
    [5, 'three', false],
  ]);
});
