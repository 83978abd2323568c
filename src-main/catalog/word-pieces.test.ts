/** Word pieces against those of Hugging Face's `tokenizers` 0.23.3 with the model's own tokenizer.json, 64 codes at most. */
import { expect, test } from 'vitest';
import reference from './fixtures/word-pieces.json';
import { pieces, wordPieces } from './word-pieces';

test.each(reference)('$text', ({ text, codes }) => {
  expect(wordPieces(text, 64).map((code) => pieces[code])).toEqual(codes.map((code) => pieces[code]));
});
