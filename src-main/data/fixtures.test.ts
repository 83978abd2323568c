/** A corpus of bad files: each is refused with the code and the place that a person needs. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ErrorCode, TextParameters } from '../contract';
import { chooseSource } from './source';

const idx = (folder: string, kind: 'images-idx3' | 'labels-idx1' = 'images-idx3') => `${folder}/train-${kind}-ubyte`;

/** File, code, parameters beside `file` (which is the file's own name unless it stands here). */
const corpus: readonly [string, ErrorCode, TextParameters][] = [
  ['ragged-long.csv', 'csv-ragged', { row: 3, found: 4, expected: 3 }],
  ['ragged-short.csv', 'csv-ragged', { row: 3, found: 2, expected: 3 }],
  ['ragged-after-newline-in-quotes.csv', 'csv-ragged', { row: 4, found: 2, expected: 3 }],
  ['ragged-crlf.csv', 'csv-ragged', { row: 3, found: 1, expected: 3 }],
  ['ragged-cr.csv', 'csv-ragged', { row: 3, found: 1, expected: 3 }],
  ['quote-unclosed.csv', 'csv-quote-unclosed', { row: 3, column: 'city' }],
  ['quote-then-text.csv', 'csv-quote-followed', { row: 2, column: 'city' }],
  ['quote-inside.csv', 'csv-quote-inside', { row: 3, column: 'name' }],
  ['quote-in-header.csv', 'csv-quote-unclosed', { row: 1, column: 'column 2' }],
  ['latin-1.csv', 'csv-encoding', { row: 3 }],
  ['utf-8-cut.csv', 'csv-encoding', { row: 2 }],
  ['utf-8-surrogate.csv', 'csv-encoding', { row: 2 }],
  ['utf-16-half.csv', 'csv-encoding', { row: 3 }],
  ['utf-16-odd.csv', 'csv-encoding', { row: 3 }],
  ['nul.csv', 'csv-encoding', { row: 3 }],
  ['program.csv', 'csv-encoding', { row: 1 }],
  ['empty.csv', 'csv-empty', {}],
  ['mark-only.csv', 'csv-blank', {}],
  ['blank.csv', 'csv-blank', {}],
  ['header-only.csv', 'csv-header-only', {}],
  ['header-only-no-line-end.csv', 'csv-header-only', {}],
  ['duplicate.csv', 'csv-duplicate-column', { column: 'a', first: 1, second: 3 }],
  ['duplicate-spaces.csv', 'csv-duplicate-column', { column: 'a', first: 1, second: 3 }],
  ['duplicate-of-unnamed.csv', 'csv-duplicate-column', { column: 'column 2', first: 1, second: 2 }],
  ['not-there.csv', 'file-missing', {}],
  ['picture.png', 'source-unknown', {}],
  [idx('idx-cut'), 'idx-cut', { found: 11, expected: 12 }],
  [idx('idx-long'), 'idx-long', { expected: 12 }],
  [idx('idx-labels-cut'), 'idx-cut', { file: 'train-labels-idx1-ubyte', found: 2, expected: 3 }],
  [idx('idx-counts-differ', 'labels-idx1'), 'idx-counts-differ', { labels: 2, pictures: 3 }],
  [idx('idx-no-labels'), 'file-missing', { file: 'train-labels-idx1-ubyte' }],
  [idx('idx-huge'), 'idx-too-many-pictures', { count: 4_000_000_000, height: 4000, width: 4000 }],
  [idx('idx-flat'), 'idx-sides', { height: 0, width: 2 }],
  [idx('idx-header-cut'), 'idx-header-cut', { bytes: 10 }],
  [idx('idx-wrong-magic'), 'idx-wrong-magic', { found: '00 00 08 01', expected: '00 00 08 03' }],
  [`${idx('idx-gzip-cut')}.gz`, 'file-not-unpacked', {}],
  [`${idx('idx-gzip-bomb')}.gz`, 'idx-long', { expected: 12 }],
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
    return source.read(files, target, { signal: new AbortController().signal, progress: () => {}, leaveOut: () => {} });
  })();
  await expect(reading).rejects.toMatchObject({ code, parameters: { file: basename(name), ...parameters } });
});
