import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitPreparation } from './fit';
import { inputFormOf } from './input-shape';
import { divideRows } from './target';
import { stageTable } from './testing/stage-table';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-shape-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows beyond the first 65,536, where the shape is no longer looked for unless it has to be. */
const ROWS = 70_000;

/** @param cell one of row `row` */
const shapesOf = async (cell: (row: number) => string) => {
  const lines = Array.from({ length: ROWS }, (_, row) => `${cell(row)},${row % 2 ? 'yes' : 'no'}`);
  const { version, library, setup } = await stageTable(folder, ['value,answer', ...lines].join('\n'), 'answer');
  const rows = await divideRows(library, version, setup);
  const { inputShape } = await fitPreparation(library, version, setup, rows);
  return [(await inputFormOf(library, version, setup, rows)).inputShape, inputShape];
};

test.each<[string, (row: number) => string]>([
  ['numbers without gaps', (row) => String(row)],
  ['numbers with gaps from the first rows on', (row) => (row % 10 ? String(row) : '')],
  ['numbers with one gap at the end', (row) => (row === ROWS - 1 ? '' : String(row))],
  ['numbers with many gaps at the end', (row) => (row < ROWS - 500 ? String(row) : '')],
  ['few categories', (row) => `c${row % 5}`],
  ['categories of which most come late', (row) => `c${row < ROWS - 500 ? 0 : row % 50}`],
  ['a category of one row', (row) => `c${row === 7 ? 'one' : row % 5}`],
  ['more categories than inputs', (row) => `c${row % 300}`],
])('the shape is that of the fitted preparation: %s', async (_name, cell) => {
  const [shape, fitted] = await shapesOf(cell);
  expect(shape).toEqual(fitted);
});
