/** Rows are found, sorted and filtered by what a person made of them, before and after a version is made of the edits. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EditHead, RowChoice, RowCondition, RowSort } from '../contract';
import { applyEdit, newEditState, takeBack, type EditState } from './edit-state';
import { stageEdited } from './edited-version';
import { columnsAsked, editedColumns } from './row-overlay';
import { readRowIndices } from './rows';
import { mixedLines, stageTable, type StagedTable } from './testing/stage-table';

let folder: string;
let staged: StagedTable;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-overlay-'));
  staged = await stageTable(folder, `${mixedLines.join('\n')}\n`, 'kind');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Set = [column: string, value: string | null, ...rows: number[]];

function edits(...sets: Set[]): EditState {
  const state = newEditState(staged.version.rowCount);
  for (const [column, value, ...rows] of sets) add(state, { kind: 'set', column, value }, rows);
  return state;
}

let ids = 0;
function add(state: EditState, edit: EditHead, rows: readonly number[]): void {
  ids += 1;
  applyEdit(state, { id: ids, step: ids, createdAt: 0, edit, rows: Int32Array.from(rows) });
}

async function chosen(change: Partial<RowChoice>, state: EditState): Promise<number[]> {
  const { library, version, setup } = staged;
  const query = { setup, part: null, label: null, search: '', offset: 0, limit: 100, ...change };
  const edited = editedColumns(state, columnsAsked(version, query));
  return [...(await readRowIndices(library, version, { ...query, edited }))];
}
const by = (column: string, descending = false): { sort: RowSort } => ({
  sort: { by: { kind: 'column', column }, descending },
});
const where = (...conditions: RowCondition[]) => ({ conditions });

describe('by new values', () => {
  test('numbers are sorted, and met by ranges, values and gaps', async () => {
    const state = edits(['price', '50', 1], ['price', null, 3], ['price', '-2.5', 5]);
    expect(await chosen(by('price'), state)).toEqual([5, 2, 0, 4, 1, 3]);
    expect(await chosen(by('price', true), state)).toEqual([1, 0, 4, 2, 5, 3]);
    expect(await chosen(where({ kind: 'between', column: 'price', least: null, most: 9 }), state)).toEqual([2, 5]);
    expect(await chosen(where({ kind: 'values', column: 'price', values: ['50'] }), state)).toEqual([1]);
    expect(await chosen(where({ kind: 'values', column: 'price', values: ['100'] }), state)).toEqual([]);
    expect(await chosen(where({ kind: 'missing', column: 'price' }), state)).toEqual([3]);
  });

  test('texts, numbers among them, are sorted and searched', async () => {
    const state = edits(['word', '蘋果 "Äpfel"', 0], ['word', null, 4], ['word', 'Banana', 3], ['mark', '1', 4]);
    expect(await chosen(by('word'), state)).toEqual([1, 2, 3, 5, 0, 4]);
    expect(await chosen(by('mark'), state)).toEqual([4, 3, 1, 0, 5, 2]);
    expect(await chosen({ search: 'ÄPFEL' }, state)).toEqual([0]);
    expect(await chosen({ search: 'zebra' }, state)).toEqual([]);
    expect(await chosen({ search: 'pear' }, state)).toEqual([5]);
    expect(await chosen(where({ kind: 'values', column: 'word', values: ['Banana', 'pear'] }), state)).toEqual([3]);
    expect(await chosen(where({ kind: 'between', column: 'mark', least: null, most: 2 }), state)).toEqual([3, 4]);
  });

  test('dates are sorted by the calendar while all of them are dates', async () => {
    expect(await chosen(by('day'), edits(['day', '6/1/2023', 4], ['day', null, 0]))).toEqual([4, 1, 2, 5, 3, 0]);
    expect(await chosen(by('day'), edits(['day', 'soon', 4]))).toEqual([5, 2, 1, 3, 0, 4]);
  });

  test('classes filter, also one that no stored row has', async () => {
    const state = edits(['kind', 'new', 0, 3], ['kind', 'b', 2], ['kind', null, 5]);
    expect(await chosen({ label: 'a' }, state)).toEqual([4]);
    expect(await chosen({ label: 'b' }, state)).toEqual([1, 2]);
    expect(await chosen({ label: 'new', ...by('price', true) }, state)).toEqual([3, 0]);
    expect(await chosen(where({ kind: 'values', column: 'kind', values: ['new'] }), state)).toEqual([0, 3]);
    expect(await chosen({ label: 'new' }, edits())).toEqual([]);
  });

  test('several columns at once, each row by the last edit of a cell', async () => {
    const state = edits(['price', '1', 0, 1, 2], ['kind', 'c', 0, 1], ['price', '2', 1], ['kind', 'b', 0]);
    const condition: RowCondition = { kind: 'between', column: 'price', least: 1, most: 2 };
    expect(await chosen({ label: 'b', ...where(condition) }, state)).toEqual([0]);
    expect(await chosen({ label: 'c', ...where(condition) }, state)).toEqual([1]);
  });

  test('what is taken back or dropped counts no more', async () => {
    const state = edits(['word', 'fig', 0], ['word', 'kiwi', 1]);
    expect(await chosen({ search: 'kiwi' }, state)).toEqual([1]);
    expect(takeBack(state)).toBe(true);
    expect(await chosen({ search: 'kiwi' }, state)).toEqual([]);
    expect(await chosen({ search: 'fig' }, state)).toEqual([0]);
    add(state, { kind: 'set', column: 'word', value: 'lime' }, [2]);
    expect(await chosen({ search: 'lime' }, state)).toEqual([2]);
    add(state, { kind: 'drop-column', column: 'word' }, []);
    expect(await chosen({ search: 'lime' }, state)).toEqual([]);
  });
});

test('queries answer as those of the version that is made of the edits', async () => {
  const state = edits(
    ['price', '1e3', 2],
    ['price', null, 0],
    ['mark', '7', 1, 4],
    ['mark', 'NaN!', 0],
    ['word', "l'été", 5],
    ['word', 'apple', 3],
    ['day', '2/29/2024', 1],
    ['kind', 'c', 4, 5],
  );
  const { library, version } = staged;
  const own = join(folder, 'made');
  mkdirSync(own);
  const made = await stageEdited(
    { library, base: version, state, versionId: 'made', sha256: '', folder: own },
    { signal: new AbortController().signal, progress: () => undefined },
  );
  if (!made) throw new Error('The edits came to nothing');
  const columns = version.columns.map(({ name }) => name);
  const choices: Partial<RowChoice>[] = [
    ...columns.flatMap((column) => [by(column), by(column, true), where({ kind: 'missing', column })]),
    ...['e', "l'été", '7', 'APPLE', '29'].map((search) => ({ search })),
    ...['a', 'b', 'c'].map((label) => ({ label })),
    where({ kind: 'between', column: 'mark', least: 5, most: null }),
    where({ kind: 'values', column: 'word', values: ["l'été", 'apple'] }),
  ];
  for (const choice of choices) {
    const setup = { ...staged.setup, versionId: 'made' };
    const query = { setup, part: null, label: null, search: '', offset: 0, limit: 100, ...choice };
    const after = [...(await readRowIndices(made.library, made.version, query))];
    expect(await chosen(choice, state), JSON.stringify(choice)).toEqual(after);
  }
});

test('questions that stand side by side do not end each other’s statements', async () => {
  // Edits of their own each round: what an order of rows was once is not worked out again.
  const made = () => edits(['kind', 'new', 0, 3], ['price', '50', 1], ['word', 'x', 2]);
  const ask = (at: number, state: EditState) =>
    chosen(at % 2 ? { search: 'pear', ...by('word') } : { label: 'new', ...by('price') }, state);
  const alone = [await ask(0, made()), await ask(1, made())];
  for (let round = 0; round < 150; round += 1) {
    const state = made();
    const together = Array.from({ length: 6 }, (_, at) => ask(at, state));
    expect(await Promise.all(together)).toEqual([...alone, ...alone, ...alone]);
  }
});
