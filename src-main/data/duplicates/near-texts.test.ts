/** Near texts: changed copies are found, different texts are not, in any script. */
import { expect, test } from 'vitest';
import { normalText, TextHashes } from './near-texts';

function pairs(texts: readonly string[]): string[] {
  const hashes = new TextHashes();
  for (const [row, text] of texts.entries()) hashes.add(row, text);
  const found = new Set<string>();
  hashes.eachPair(
    () => false,
    (one, other) => found.add(`${one}-${other}`),
  );
  return [...found].sort();
}

const review =
  'The film begins slowly, and for half an hour little happens that the trailer had not shown; then it finds its feet and never lets go.';
const chinese =
  '这部电影开头很慢，前半小时几乎没有发生预告片之外的事情；之后它找到了节奏，一直到结尾都没有松懈下来，值得再看一遍。';

test('case, punctuation and a changed word do not hide a copy', () => {
  const copies = [review, review.toUpperCase().replaceAll(',', ' -'), review.replace('slowly', 'quietly'), chinese];
  expect(
    pairs([
      ...copies,
      chinese.replace('很慢', '缓慢'),
      'A film about something else, told by other people altogether.',
    ]),
  ).toEqual(['0-1', '0-2', '1-2', '3-4']);
});

test('texts that share half their words are not near, nor are short ones', () => {
  const half = `${review.slice(0, review.length / 2)} and then the projector broke down, so nobody can say how any of it ended.`;
  expect(pairs([review, half, 'good', 'good', 'Good!'])).toEqual([]);
});

test('the normal form keeps letters and figures of any script', () => {
  expect(normalText('  Ｈéllo,   WORLD…\n42 ％ 你好！ ')).toBe('héllo world 42 你好');
});
