/** Word pieces against those of Hugging Face's `tokenizers` 0.23.3 with the model's own tokenizer.json, 64 codes at most. */
import { expect, test } from 'vitest';
import reference from './fixtures/word-pieces.json';
import { applyChain, codesAfter, fitChain, type NumberValues, type TextValues } from './index';
import { pieces, wordPieces } from './word-pieces';

test.each(reference)('$text', ({ text, codes }) => {
  expect(wordPieces(text, 64).map((code) => pieces[code])).toEqual(codes.map((code) => pieces[code]));
});

test('as a step: so long that 99 of 100 texts fit, codes of the vocabulary, zeros where a text is missing', () => {
  const texts = ['fine', ...Array.from({ length: 98 }, () => 'a thoughtful film.'), 'word '.repeat(300)];
  const names = [...new Set(texts)];
  const training: TextValues = { kind: 'texts', names, codes: Int32Array.from(texts, (text) => names.indexOf(text)) };
  const chain = fitChain([{ type: 'word-pieces', fields: {} }], training);
  expect(codesAfter(chain)).toBe(30_522);
  const made = applyChain(chain, { kind: 'texts', names: ['film', '电影'], codes: Int32Array.of(1, -1, 0) });
  expect(made).toMatchObject({ width: 16 });
  const rows = Array.from({ length: 3 }, (_, row) => (made as NumberValues).values.slice(row * 16, (row + 1) * 16));
  expect(rows.map((row) => Array.from(row.slice(0, 5)))).toEqual([
    [101, 100, 100, 102, 0],
    [0, 0, 0, 0, 0],
    [101, 2143, 102, 0, 0],
  ]);
});
