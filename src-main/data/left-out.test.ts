/** What is left out is kept in bounded memory and read back by page and reason. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError, leftOutToCsv } from '../contract';
import { LeftOutCollector, MOST_KEPT, leftOutFile, readLeftOut, writeLeftOut } from './left-out';
import { versionFolder, type LibraryPaths } from './paths';

let folder: string;
let library: LibraryPaths;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-left-out-'));
  library = { paths: { blobs: folder, versions: folder } };
  mkdirSync(versionFolder(library, 'v'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const encoding = (file: string, row: number) => new CodedError('csv-encoding', { file, row });

test('beyond what is kept in full, reasons are counted', async () => {
  const collector = new LeftOutCollector();
  for (let row = 1; row <= MOST_KEPT + 500; row += 1) collector.add({ file: 'a.tsv', row }, encoding('a.tsv', row));
  collector.add({ file: 'b.txt' }, new CodedError('csv-empty', { file: 'b.txt' }));
  await writeLeftOut(leftOutFile(library, 'v'), collector.report());

  const last = await readLeftOut(library, 'v', { code: null, offset: MOST_KEPT - 1, limit: 10 });
  expect(last).toEqual({
    total: MOST_KEPT + 501,
    counts: [
      { code: 'csv-encoding', count: MOST_KEPT + 500 },
      { code: 'csv-empty', count: 1 },
    ],
    kept: MOST_KEPT,
    entries: [
      {
        file: 'a.tsv',
        row: MOST_KEPT,
        reason: { code: 'csv-encoding', parameters: { file: 'a.tsv', row: MOST_KEPT } },
      },
    ],
  });
});

test('one reason alone, by page', async () => {
  const collector = new LeftOutCollector();
  for (const file of ['1', '2', '3']) {
    collector.add({ file }, new CodedError('csv-empty', { file }));
    collector.add({ file, row: 7 }, encoding(file, 7));
  }
  await writeLeftOut(leftOutFile(library, 'v'), collector.report());
  const page = await readLeftOut(library, 'v', { code: 'csv-empty', offset: 1, limit: 1 });
  expect(page.kept).toBe(3);
  expect(page.entries).toEqual([{ file: '2', row: null, reason: { code: 'csv-empty', parameters: { file: '2' } } }]);
});

test('names of any length and kind stay short, and safe in a spreadsheet', () => {
  const collector = new LeftOutCollector();
  const file = `=cmd|${'x'.repeat(100_000)}`;
  collector.add({ file }, new CodedError('csv-empty', { file }));
  const { kept } = collector.report();
  expect(JSON.stringify(kept).length).toBeLessThan(1000);
  expect(leftOutToCsv(kept, 'en').split('\n')[1]).toMatch(/^'=cmd\|x+…,,csv-empty,/);
});

test('a version whose import left nothing out has an empty report', async () => {
  const page = await readLeftOut(library, 'v', { code: null, offset: 0, limit: 10 });
  expect(page).toEqual({ total: 0, counts: [], kept: 0, entries: [] });
});
