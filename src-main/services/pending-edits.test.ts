/** Edits as a person makes them: journaled at once, taken back and done again, refused where they cannot hold, and quick. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodedError, editSchema, type DatasetVersion, type Edit } from '../contract';
import { editedRows } from '../data/edit-state';
import { insertDataset, insertVersion } from '../storage/datasets';
import { appendEdits, journalStamp } from '../storage/edits';
import { exampleVersion, temporaryFolder } from '../storage/fixtures/examples';
import { newId } from '../storage/ids';
import { openLibrary, type Library } from '../storage/library';
import { PendingEditsReader } from './pending-edits';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
let reader: PendingEditsReader;
beforeEach(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
  reader = new PendingEditsReader(library.db);
});
afterEach(() => {
  library.close();
  folder.dispose();
});

function versionOf(rowCount: number): DatasetVersion {
  const datasetId = newId();
  const example = exampleVersion(newId(), datasetId);
  const [species] = example.columns;
  const columns = [
    species!,
    { ...species!, name: 'mass', type: 'number' as const, categories: [] },
    { ...species!, name: 'photo', type: 'image' as const, categories: [] },
    { ...species!, name: 'call', type: 'audio' as const, categories: [] },
    { ...species!, name: 'said', type: 'text' as const, categories: [] },
  ];
  const version = { ...example, rowCount, columns };
  insertDataset(library.db, { id: datasetId, name: 'Penguins', sample: null });
  insertVersion(library.db, version);
  return version;
}

const exclude = (...rows: number[]): Edit => ({ kind: 'exclude', rows, reason: 'chosen' });
const set = (column: string, value: string | null, ...rows: number[]): Edit => ({ kind: 'set', column, rows, value });

test('steps are taken back and done again, also after another start, until a new one comes', async () => {
  const version = versionOf(10);
  await reader.append(version, [exclude(3, 1, 3)]);
  await reader.append(version, [set('species', ' Gentoo ', 1, 2), set('mass', '12.5', 2)]);
  const all = await reader.append(version, [{ kind: 'drop-column', column: 'photo' }]);
  // Row 1 is left out, so that its new label counts for nothing.
  const changed = [
    { column: 'species', cells: 1 },
    { column: 'mass', cells: 1 },
  ];
  expect(all).toMatchObject({
    steps: 3,
    redoable: 0,
    changes: { excluded: 2, changed, dropped: ['photo'], added: [] },
  });
  expect(all.recent.map(({ edits }) => edits.map(({ kind, rows }) => `${kind} ${rows}`))).toEqual([
    ['drop-column 0'],
    ['set 2', 'set 1'],
    ['exclude 2'],
  ]);
  expect(editedRows(await reader.state(version), [0, 1, 2, 3])).toEqual([
    { index: 1, excluded: true, values: { species: 'Gentoo' } },
    { index: 2, excluded: false, values: { species: 'Gentoo', mass: '12.5' } },
    { index: 3, excluded: true, values: {} },
  ]);
  await reader.undo(version);
  const undone = await reader.undo(version);
  expect(undone).toMatchObject({ steps: 1, redoable: 2, changes: { excluded: 2, changed: [], dropped: [] } });
  const again = new PendingEditsReader(library.db);
  expect(await again.pending(version)).toEqual(undone);
  expect(await again.redo(version)).toMatchObject({ steps: 2, redoable: 1, changes: { changed, dropped: [] } });
  // The first reader sees what the other did.
  expect(await reader.redo(version)).toEqual(all);
  expect(await reader.redo(version)).toEqual(all);
  expect(await reader.clear(version)).toMatchObject({ steps: 0, redoable: 3, changes: { excluded: 0 } });
  expect(await reader.redo(version)).toMatchObject({ steps: 1, changes: { excluded: 2 } });
  const forked = await reader.append(version, [{ kind: 'restore', rows: [1] }]);
  expect(forked).toMatchObject({ steps: 2, redoable: 0, changes: { excluded: 1 } });
  expect(await reader.undo(versionOf(3))).toMatchObject({ steps: 0, redoable: 0 });
});

test('two that edit at the same moment both count', async () => {
  const version = versionOf(10);
  await Promise.all([1, 2, 3].map((row) => reader.append(version, [exclude(row)])));
  expect((await reader.pending(version)).changes.excluded).toBe(3);
});

describe('refused, with nothing kept', () => {
  test.each<[string, Edit[]]>([
    ['edit-row-missing', [exclude(0, 4)]],
    ['column-missing', [set('weight', '1', 0)]],
    ['edit-not-number', [set('mass', 'heavy', 0)]],
    ['edit-picture', [set('photo', '1', 0)]],
    ['edit-sound', [set('call', '1', 0)]],
    ['edit-column-known', [{ kind: 'add-column', column: 'mass', type: 'text' }]],
    ['edits-leave-nothing', [exclude(0, 1), exclude(2, 3)]],
    ['column-missing', [{ kind: 'drop-column', column: 'mass' }, set('mass', '1', 0)]],
    [
      'edits-leave-nothing',
      ['species', 'mass', 'photo', 'call', 'said'].map((column) => ({ kind: 'drop-column' as const, column })),
    ],
  ])('%s', async (code, edits) => {
    const version = versionOf(4);
    await expect(reader.append(version, [set('species', 'x', 0), ...edits])).rejects.toMatchObject({ code });
    expect(journalStamp(library.db, version.id).last).toBe(0);
    expect((await reader.pending(version)).steps).toBe(0);
  });

  test('rows that are none', () => {
    for (const rows of [[], [-1], [0.5], ['1'], [2 ** 31], Array.from({ length: 1_000_001 }, () => 0)]) {
      expect(editSchema.safeParse({ kind: 'restore', rows }).success).toBe(false);
    }
    expect(new CodedError('edit-row-missing', { row: 4, dataset: 'Penguins', last: 3 }).message).toContain('row');
  });
});

test('an empty value, and one that says it is missing, empty the cell', async () => {
  const version = versionOf(4);
  for (const value of ['', ' ', 'NA']) await reader.append(version, [set('mass', value, 0)]);
  const [row] = editedRows(await reader.state(version), [0]);
  expect(row).toEqual({ index: 0, excluded: false, values: { mass: null } });
});

describe('100,000 rows', () => {
  /** Milliseconds of the processor, which other programs do not lengthen; waiting for the disk is not among them. */
  async function work(done: () => Promise<unknown>): Promise<number> {
    const began = process.cpuUsage();
    await done();
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  }

  test('are edited, shown and taken back in one step, each in a few milliseconds', async () => {
    const version = versionOf(1_000_000);
    const rows = Array.from({ length: 100_000 }, (_, index) => 10 * index);
    const times: Record<string, number> = {};
    await reader.append(version, [exclude(1)]);
    times['parse'] = await work(async () => Promise.resolve(editSchema.parse(exclude(...rows))));
    times['exclude'] = await work(() => reader.append(version, [exclude(...rows)]));
    times['set'] = await work(() => reader.append(version, [set('species', 'Gentoo', ...rows)]));
    times['undo'] = await work(() => reader.undo(version));
    times['redo'] = await work(() => reader.redo(version));
    times['read'] = await work(() => new PendingEditsReader(library.db).pending(version));
    console.log('100,000 rows of a million:', times);
    expect((await reader.pending(version)).changes).toMatchObject({ excluded: 100_001, changed: [] });
    for (const [name, milliseconds] of Object.entries(times)) expect(milliseconds, name).toBeLessThan(40);
  });

  test('edited one by one are read without holding main up', async () => {
    const version = versionOf(100_000);
    const step = (start: number) =>
      Array.from({ length: 2000 }, (_, index) => ({
        edit: { kind: 'set', column: 'species', value: String(index % 10) } as const,
        rows: Int32Array.of(start + index),
      }));
    for (let start = 0; start < 100_000; start += 2000) appendEdits(library.db, version.id, step(start));
    // Turns that others get while it reads, of which the longest pause is what a person would feel.
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    const milliseconds = await work(() => reader.pending(version));
    clearInterval(timer);
    const pending = await reader.pending(version);
    console.log(`100,000 edits: ${milliseconds.toFixed(0)} ms in ${turns} turns`);
    expect(turns).toBeGreaterThan(50);
    expect(pending.changes.changed).toEqual([{ column: 'species', cells: 100_000 }]);
  });
});

test('what is typed into a cell is one step that stays one row, and is there after the app was cut off', async () => {
  const version = versionOf(10);
  await reader.append(version, [set('said', 'before', 4)]);
  await reader.append(version, [set('said', 'a', 4)]);
  const words = 'a sentence that somebody says';
  for (let letters = 2; letters <= words.length; letters += 1) {
    await reader.append(version, [set('said', words.slice(0, letters), 4)], true);
  }
  expect(library.db.prepare('SELECT count(*) FROM edits').pluck().get()).toBe(2);
  // Another connection sees it though this one was never closed, as after a kill.
  const other = openLibrary(folder.path);
  const after = new PendingEditsReader(other.db);
  expect(editedRows(await after.state(version), [4])[0]?.values).toEqual({ said: words });
  other.close();
  expect((await reader.undo(version)).steps).toBe(1);
  expect(editedRows(await reader.state(version), [4])[0]?.values).toEqual({ said: 'before' });
  await reader.redo(version);
  expect(editedRows(await reader.state(version), [4])[0]?.values).toEqual({ said: words });
});

test('what is typed never takes the place of another cell, of a step of several edits, or of what it would break', async () => {
  const version = versionOf(10);
  await reader.append(version, [set('said', 'one', 4)]);
  expect((await reader.append(version, [set('said', 'two', 5)], true)).steps).toBe(2);
  await reader.append(version, [set('mass', '1', 5), set('said', 'three', 5)]);
  expect((await reader.append(version, [set('said', 'four', 5)], true)).steps).toBe(4);
  await expect(reader.append(version, [set('mass', 'heavy', 5)], true)).rejects.toThrow(CodedError);
  expect(editedRows(await reader.state(version), [4, 5]).map(({ values }) => values['said'])).toEqual(['one', 'four']);
});
