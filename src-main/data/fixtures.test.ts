/** A corpus of bad files: each is refused with the code and the place that a person needs. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ErrorCode, TextParameters } from '../contract';
import { chooseSource } from './source';

const quoteInside = 'a quote stands inside a value that does not begin with one';
const idx = (folder: string, kind: 'images-idx3' | 'labels-idx1' = 'images-idx3') => `${folder}/train-${kind}-ubyte`;

/** File, code, parameters beside `file` (which is the file's own name unless it stands here). */
const corpus: readonly [string, ErrorCode, TextParameters][] = [
  ['ragged-long.csv', 'csv-ragged', { row: 3, found: 4, expected: 3 }],
  ['ragged-short.csv', 'csv-ragged', { row: 3, found: 2, expected: 3 }],
  ['ragged-after-newline-in-quotes.csv', 'csv-ragged', { row: 4, found: 2, expected: 3 }],
  ['ragged-crlf.csv', 'csv-ragged', { row: 3, found: 1, expected: 3 }],
  ['ragged-cr.csv', 'csv-ragged', { row: 3, found: 1, expected: 3 }],
  ['quote-unclosed.csv', 'csv-quotes', { row: 3, column: 'city', detail: 'a quote that opens here is never closed' }],
  ['quote-then-text.csv', 'csv-quotes', { row: 2, column: 'city', detail: 'text follows the closing quote' }],
  ['quote-inside.csv', 'csv-quotes', { row: 3, column: 'name', detail: quoteInside }],
  [
    'quote-in-header.csv',
    'csv-quotes',
    { row: 1, column: 'column 2', detail: 'a quote that opens here is never closed' },
  ],
  ['latin-1.csv', 'csv-encoding', { row: 3 }],
  ['utf-8-cut.csv', 'csv-encoding', { row: 2 }],
  ['utf-8-surrogate.csv', 'csv-encoding', { row: 2 }],
  ['utf-16-half.csv', 'csv-encoding', { row: 3 }],
  ['utf-16-odd.csv', 'csv-encoding', { row: 3 }],
  ['nul.csv', 'csv-encoding', { row: 3 }],
  ['program.csv', 'csv-encoding', { row: 1 }],
  ['empty.csv', 'csv-empty', { detail: 'the file is empty' }],
  ['mark-only.csv', 'csv-empty', { detail: 'it holds only blank lines' }],
  ['blank.csv', 'csv-empty', { detail: 'it holds only blank lines' }],
  ['header-only.csv', 'csv-empty', { detail: 'it holds only the header' }],
  ['header-only-no-line-end.csv', 'csv-empty', { detail: 'it holds only the header' }],
  ['duplicate.csv', 'csv-duplicate-column', { column: 'a', first: 1, second: 3 }],
  ['duplicate-spaces.csv', 'csv-duplicate-column', { column: 'a', first: 1, second: 3 }],
  ['duplicate-of-unnamed.csv', 'csv-duplicate-column', { column: 'column 2', first: 1, second: 2 }],
  ['not-there.csv', 'file-missing', {}],
  ['picture.png', 'source-unknown', {}],
  [idx('idx-cut'), 'file-damaged', { detail: 'it ends after 11 of 12 values' }],
  [idx('idx-long'), 'file-damaged', { detail: 'it is longer than the 12 values it says' }],
  [idx('idx-labels-cut'), 'file-damaged', { file: 'train-labels-idx1-ubyte', detail: 'it ends after 2 of 3 values' }],
  [idx('idx-counts-differ', 'labels-idx1'), 'file-damaged', { detail: 'it has 2 labels for 3 pictures' }],
  [idx('idx-no-labels'), 'file-missing', { file: 'train-labels-idx1-ubyte' }],
  [idx('idx-huge'), 'file-too-large', { detail: 'it says that it holds 4000000000 pictures of 4000×4000' }],
  [idx('idx-flat'), 'file-damaged', { detail: 'it says that its pictures are 0×2' }],
  [idx('idx-header-cut'), 'file-damaged', { detail: 'it has 10 bytes, less than its header' }],
  [idx('idx-wrong-magic'), 'file-damaged', { detail: 'it begins with 00 00 08 01, not 00 00 08 03' }],
  [`${idx('idx-gzip-cut')}.gz`, 'file-damaged', { detail: 'it cannot be unpacked (unexpected end of file)' }],
  [`${idx('idx-gzip-bomb')}.gz`, 'file-damaged', { detail: 'it is longer than the 12 values it says' }],
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-corpus-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(corpus)('%s is refused with %s', async (name, code, parameters) => {
  const path = join(import.meta.dirname, 'fixtures', name);
  const target = { rows: join(folder, 'rows.parquet'), work: join(folder, 'work'), blobs: join(folder, 'blobs') };
  mkdirSync(target.work);
  const reading = (async () => {
    const source = await chooseSource(path);
    const files = (await source.companions(path)).map((each) => ({ path: each, name: basename(each) }));
    return source.read(files, target, { signal: new AbortController().signal, progress: () => {} });
  })();
  await expect(reading).rejects.toMatchObject({ code, parameters: { file: basename(name), ...parameters } });
});
