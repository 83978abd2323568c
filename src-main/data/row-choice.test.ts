/** Which rows a person sees, and in which order: sorted as numbers, texts and dates are, stable, gaps last; and filtered. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RowChoice, RowCondition, RowSort } from '../contract';
import { readRowIndices, readRows, type RowsQuery } from './rows';
import { mixedLines, stageTable, type StagedTable } from './testing/stage-table';

let folder: string;
let staged: StagedTable;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-choice-'));
  staged = await stageTable(folder, `${mixedLines.join('\n')}\n`, 'kind');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function chosen(change: Partial<RowChoice>, more: Partial<RowsQuery> = {}): Promise<number[]> {
  const { library, version, setup } = staged;
  const query = { setup, part: null, label: null, search: '', offset: 0, limit: 100, ...change, ...more };
  return [...(await readRowIndices(library, version, query))];
}
const by = (column: string, descending = false): { sort: RowSort } => ({
  sort: { by: { kind: 'column', column }, descending },
});
const where = (...conditions: RowCondition[]) => ({ conditions });

describe('order', () => {
  test.each([
    ['numbers', 'price', [2, 5, 0, 4, 3, 1], [3, 0, 4, 5, 2, 1]],
    // "10" after "9", what is no number after all numbers, the gap last.
    ['numbers that stand as text', 'mark', [3, 1, 0, 5, 4, 2], [0, 5, 1, 3, 4, 2]],
    ['texts without case', 'word', [1, 2, 5, 0, 4, 3], [4, 0, 5, 2, 1, 3]],
    ['dates by the calendar', 'day', [1, 2, 5, 0, 3, 4], [3, 0, 5, 2, 1, 4]],
  ])('of %s', async (_, column, rising, falling) => {
    expect(await chosen(by(column))).toEqual(rising);
    expect(await chosen(by(column, true))).toEqual(falling);
  });

  test('holds under filters, on pages and in their rows', async () => {
    expect(await chosen({ ...by('price'), label: 'a' })).toEqual([2, 0, 4]);
    expect(await chosen({ ...by('price', true), search: 'PEAR' })).toEqual([0, 5]);
    expect(await chosen(by('price'), { offset: 1, limit: 3 })).toEqual([5, 0, 4]);
    const { library, version, setup } = staged;
    const query = { setup, part: null, label: null, search: '', ...by('price'), offset: 3, limit: 2 };
    const page = await readRows(library, version, query);
    expect(page.total).toBe(6);
    expect(page.rows.map(({ index, values }) => [index, values[0]])).toEqual([
      [4, 9.5],
      [3, 100],
    ]);
  });

  test('by part keeps the order of the file in each', async () => {
    const { library, version, setup } = staged;
    const query = { setup, part: null, label: null, search: '', offset: 0, limit: 10 };
    const sort: RowSort = { by: { kind: 'part' }, descending: false };
    const { rows } = await readRows(library, version, { ...query, sort });
    const places = rows.map(({ part }) => ['training', 'validation', 'test', null].indexOf(part));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    for (const part of ['training', 'validation', 'test']) {
      const indices = rows.filter((row) => row.part === part).map(({ index }) => index);
      expect(indices).toEqual([...indices].sort((one, other) => one - other));
    }
  });

  test('by a column that there is not is refused', async () => {
    await expect(chosen(by('none'))).rejects.toMatchObject({ code: 'column-missing' });
  });
});

describe('conditions', () => {
  test('are ranges with their ends, values, gaps, and all of them together', async () => {
    expect(await chosen(where({ kind: 'between', column: 'price', least: 0.25, most: 9.5 }))).toEqual([0, 4, 5]);
    expect(await chosen(where({ kind: 'between', column: 'mark', least: 9, most: null }))).toEqual([0, 1, 5]);
    expect(await chosen(where({ kind: 'values', column: 'word', values: ['pear', 'zebra'] }))).toEqual([0, 4]);
    expect(await chosen(where({ kind: 'values', column: 'price', values: ['100', "'); --"] }))).toEqual([3]);
    expect(await chosen(where({ kind: 'missing', column: 'word' }))).toEqual([3]);
    const both = where(
      { kind: 'values', column: 'kind', values: ['a'] },
      { kind: 'between', column: 'price', least: null, most: 0 },
    );
    expect(await chosen(both)).toEqual([2]);
  });

  test('rows that edits name are met in the order asked', async () => {
    const among = Uint8Array.from([1, 0, 0, 1, 0, 1]);
    expect(await chosen(by('price', true), { among })).toEqual([3, 0, 5]);
  });
});
