/** What is marked in a text is what the search finds, and nothing of the text is lost. */
import { describe, expect, test } from 'vitest';
import { excerpt, highlight } from './highlight';

const hits = (text: string, search: string) =>
  highlight(text, search)
    .filter(({ isHit }) => isHit)
    .map((part) => part.text);

describe('hits', () => {
  test.each([
    ['The cat sat on the mat', 'the', ['The', 'the']],
    ['ÜBER den Wolken', 'über', ['ÜBER']],
    ['今天天气很好，天气', '天气', ['天气', '天气']],
    ['a.c abc (a.c)', 'a.c', ['a.c', 'a.c']],
    ['مرحبا بالعالم', 'بالعالم', ['بالعالم']],
    ['50% [off] \\ $1', '[off] \\ $', ['[off] \\ $']],
    ['nothing', ' ', []],
  ])('of %j for %j', (text, search, found) => {
    expect(hits(text, search)).toEqual(found);
    expect(
      highlight(text, search)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});

describe('an excerpt', () => {
  test('begins where the hit can be seen, and is short', () => {
    const long = `${'word '.repeat(100)}needle ${'word '.repeat(1000)}`;
    expect(excerpt(long, 'NEEDLE')).toMatch(/^….{1,12}needle/);
    expect(excerpt(long, 'word')).toMatch(/^word word/);
    expect(excerpt(long, '').length).toBe(160);
  });
});
