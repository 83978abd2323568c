/** Dates are ordered by the calendar and the clock as written, however they are read. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOrderKeys } from './order-keys';
import { stageTable, type StagedTable } from './testing/stage-table';

let folder: string;
let staged: StagedTable;
const lines = [
  'plain,mixed,wrong,kind',
  '2024-02-29,2024-02-29,2024-02-29,a',
  '2023-12-31 23:59:58,2023/12/31 23:59:58,2023-12-31,b',
  ',,,a',
  '1204-05-06T07:08:09,1204-05-06T07:08:09,2023-02-29,b',
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-keys-'));
  staged = await stageTable(folder, `${lines.join('\n')}\n`, 'kind');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const times = [Date.UTC(2024, 1, 29), Date.UTC(2023, 11, 31, 23, 59, 58), Number.NaN, Date.UTC(1204, 4, 6, 7, 8, 9)];

test.each([
  ['all in the common form', 0, 'date', times],
  ['one in another', 1, 'date', times],
  ['one that the calendar lacks, which makes them texts', 2, 'place', [2, 1, Number.NaN, 0]],
])('%s', async (_, index, kind, keys) => {
  const found = await readOrderKeys(staged.library, staged.version, index);
  expect(found.kind).toBe(kind);
  expect([...found.keys]).toEqual(keys);
});
