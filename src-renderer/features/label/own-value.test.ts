import { expect, test } from 'vitest';
import { OwnValue } from './own-value.svelte';

/** A cell whose journal answers when told, and which may show what it was given later. */
function cell() {
  let text: string | null = 'before';
  const answers: ((isKept: boolean) => void)[] = [];
  const own = new OwnValue<string>(
    () => text,
    () => new Promise((answer) => answers.push(answer)),
  );
  const shows = (next: string | null) => {
    text = next;
    own.settle();
  };
  const answer = async (place: number, isKept = true) => {
    answers[place]?.(isKept);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { own, shows, answer };
}

test('what was set shows until the cell shows it, however late that is', async () => {
  const { own, shows, answer } = cell();
  const done = own.set('after', 'after');
  expect(own.current?.value).toBe('after');
  await answer(0);
  await done;
  expect(own.current?.value).toBe('after');
  shows('after');
  expect(own.current).toBeNull();
});

test('of two in a row the first never shows through, and what is undone is', async () => {
  const { own, shows, answer } = cell();
  void own.set('one', 'one');
  void own.set('two', 'two');
  await answer(0);
  shows('one');
  expect(own.current?.value).toBe('two');
  await answer(1);
  expect(own.current?.value).toBe('two');
  shows('two');
  expect(own.current).toBeNull();
  shows('one');
  expect(own.current).toBeNull();
});

test('what could not be kept gives way to the cell', async () => {
  const { own, answer } = cell();
  void own.set('lost', 'lost');
  await answer(0, false);
  expect(own.current).toBeNull();
});
