/** A column as it is labelled: the file's cells under pending edits, counted, looked through and renamed. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Column, DatasetVersion, Edit } from '../contract';
import { execute } from './duckdb';
import { applyEdit, checkEdit, journalRows, newEditState, type EditState } from './edit-state';
import { countLabels, overlayOf, readLabelRows, renameEdits } from './labels';
import { rowsFile, versionFolder, type LibraryPaths } from './paths';
import { literal } from './sql';

let folder: string;
let library: LibraryPaths;
let version: DatasetVersion;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-labels-'));
  library = { paths: { blobs: join(folder, 'blobs'), versions: join(folder, 'versions') } };
  version = await write(
    [column('pet', 'category', 3), column('tags', 'labels', 3), column('note', 'text', 5000)],
    `SELECT * FROM (VALUES
      (0, 'cat', '["soft","small"]', 'a'), (1, 'dog', '[]', 'b'), (2, NULL, NULL, 'c'), (3, 'cat', '["small"]', NULL),
      (4, 'class 10', NULL, 'e')) AS rows(_index, c0, c1, c2)`,
    5,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function column(name: string, type: Column['type'], distinct: number): Column {
  return {
    name,
    type,
    distinct,
    missing: 0,
    examples: [],
    statistics: null,
    histogram: [],
    categories: [],
    image: null,
  };
}

async function write(columns: Column[], select: string, rowCount: number): Promise<DatasetVersion> {
  const made: DatasetVersion = {
    id: randomUUID(),
    datasetId: randomUUID(),
    datasetName: 'pets',
    number: 1,
    createdAt: 0,
    rowCount,
    columns,
    hasGivenSplit: false,
    proposed: null,
    bytes: 0,
    source: { kind: 'csv', name: 'pets.csv', sha256: '' },
    notes: [],
  };
  await mkdir(versionFolder(library, made.id), { recursive: true });
  await execute(`COPY (${select} ORDER BY _index) TO ${literal(rowsFile(library, made.id))} (FORMAT parquet)`);
  return made;
}

function edited(...edits: Edit[]): EditState {
  const state = newEditState(version.rowCount);
  edits.forEach((edit, at) => {
    const head = checkEdit(version, state, edit);
    applyEdit(state, { id: at + 1, step: at + 1, createdAt: 0, edit: head, rows: journalRows(edit) });
  });
  return state;
}
const set = (name: string, value: string | null, ...rows: number[]): Edit => ({
  kind: 'set',
  column: name,
  rows,
  value,
});
const counts = async (state: EditState, name: string) => countLabels(library, version, overlayOf(version, state, name));
const waiting = async (state: EditState, name: string) => [
  ...(await readLabelRows(library, version, overlayOf(version, state, name), 'unlabelled')),
];

describe('rows of each class', () => {
  test('follow edits, leave out rows that go, and keep the order that classes were put in', async () => {
    const plain = edited();
    expect(await counts(plain, 'pet')).toEqual({
      rows: 5,
      labelled: 4,
      hasClasses: true,
      classes: [
        { label: 'cat', rows: 2 },
        { label: 'class 10', rows: 1 },
        { label: 'dog', rows: 1 },
      ],
    });
    expect(await waiting(plain, 'pet')).toEqual([2]);

    const state = edited(
      { kind: 'classes', column: 'pet', classes: ['dog', 'cow'] },
      set('pet', 'cow', 2, 4),
      set('pet', null, 0),
      { kind: 'exclude', rows: [3], reason: 'chosen' },
    );
    expect(await counts(state, 'pet')).toMatchObject({
      rows: 4,
      labelled: 3,
      classes: [
        { label: 'dog', rows: 1 },
        { label: 'cow', rows: 2 },
      ],
    });
    expect(await waiting(state, 'pet')).toEqual([0]);
    expect([...(await readLabelRows(library, version, overlayOf(version, state, 'pet'), 'all'))]).toEqual([0, 1, 2, 4]);
  });

  test('of lists count each class of a row once, and an empty list is a label', async () => {
    const state = edited(set('tags', '["soft"]', 2));
    expect(await counts(state, 'tags')).toMatchObject({
      labelled: 4,
      classes: [
        { label: 'small', rows: 2 },
        { label: 'soft', rows: 2 },
      ],
    });
    expect(await waiting(state, 'tags')).toEqual([4]);
  });

  test('are not listed of texts, and a column that is in the journal only can be labelled at once', async () => {
    expect(await counts(edited(), 'note')).toEqual({ rows: 5, labelled: 4, classes: [], hasClasses: false });
    const state = edited({ kind: 'add-column', column: 'new', type: 'category' }, set('new', 'x', 1));
    expect(await counts(state, 'new')).toMatchObject({ labelled: 1, classes: [{ label: 'x', rows: 1 }] });
    expect(await waiting(state, 'new')).toEqual([0, 2, 3, 4]);
    expect(() => overlayOf(version, edited(), 'gone')).toThrow('column-missing');
  });
});

describe('a class under another name', () => {
  test('changes every cell that names it, the list of classes too', async () => {
    const state = edited({ kind: 'classes', column: 'tags', classes: ['soft', 'small'] }, set('tags', '["soft"]', 2));
    const edits = await renameEdits(library, version, overlayOf(version, state, 'tags'), ['soft'], 'fluffy');
    expect(edits).toEqual([
      set('tags', '["fluffy","small"]', 0),
      set('tags', '["fluffy"]', 2),
      { kind: 'classes', column: 'tags', classes: ['fluffy', 'small'] },
    ]);
  });

  test('that is a class already makes them one; a row that had both has it once', async () => {
    const edits = await renameEdits(library, version, overlayOf(version, edited(), 'tags'), ['soft'], 'small');
    expect(edits).toEqual([set('tags', '["small"]', 0)]);
    const pets = await renameEdits(library, version, overlayOf(version, edited(), 'pet'), ['cat', 'dog'], 'animal');
    expect(pets).toEqual([set('pet', 'animal', 0, 1, 3)]);
  });

  test('is refused where no row has it', async () => {
    const gone = renameEdits(library, version, overlayOf(version, edited(), 'pet'), ['fox'], 'dog');
    await expect(gone).rejects.toMatchObject({ code: 'label-class-unknown' });
  });
});

test('one more label costs main as much after a hundred thousand as after one', () => {
  const rows = 1_000_000;
  const large = { ...version, rowCount: rows };
  const state = newEditState(rows);
  const label = (at: number) =>
    applyEdit(state, {
      id: at + 1,
      step: at + 1,
      createdAt: 0,
      edit: { kind: 'set', column: 'pet', value: `class ${at % 10}` },
      rows: Int32Array.of(at, at * 9 + 3),
    });
  for (let at = 0; at < 100_000; at += 1) label(at);
  let looked = 0;
  const counted = {
    ...state,
    get edits() {
      looked += 1;
      return state.edits;
    },
  };
  const before = overlayOf(large, counted, 'pet');
  label(100_000);
  const after = overlayOf(large, counted, 'pet');
  expect(looked).toBe(0);
  expect(after.values).toHaveLength(10);
  // The same memory, which the data thread reads too: what is neither made nor copied costs nothing.
  expect(after.places).toBe(before.places);
  expect(after.places?.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(structuredClone(after).places?.[100_000]).toBe(1);
});
