/** The import job over a real library: samples, proposals, content stored once, errors and cancels that leave nothing. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodedError, readingOf, type ImportInput } from '../../contract';
import { describeSetup } from '../../data/describe';
import { readPictures } from '../../data/pictures';
import { prepareData } from '../../data/prepare';
import { readRows } from '../../data/rows';
import { getVersion, listDatasets } from '../../storage/datasets';
import { openLibrary, type Library } from '../../storage/library';
import { findOrigin } from '../../storage/origins';
import { getProject, listProjects } from '../../storage/projects';
import type { JobContext } from '../definition';
import { importJob } from './import';

const resources = resolve(import.meta.dirname, '../../../resources');
let folder: string;
let library: Library;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-import-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function run(input: ImportInput, signal = new AbortController().signal, progress: JobContext['progress'] = () => {}) {
  const nothing = () => {};
  return importJob.run(input, {
    jobId: 'job-1',
    library,
    resources,
    signal,
    progress,
    live: nothing,
    state: nothing,
    onCommand: nothing,
    onAsk: nothing,
  }) as Promise<{ datasetId: string; versionId: string; projectId: string }>;
}

const sample = (id: string): ImportInput => ({ source: { kind: 'sample', id }, name: null, target: null });

function csv(text: string, target: string | null = null): ImportInput {
  const path = join(folder, 'people.csv');
  writeFileSync(path, text);
  return { source: { kind: 'file', path }, name: null, target };
}

function expectNothingLeft() {
  expect(listDatasets(library.db)).toEqual([]);
  expect(listProjects(library.db)).toEqual([]);
  for (const kept of [library.paths.temporary, library.paths.versions, library.paths.blobs]) {
    expect(readdirSync(kept)).toEqual([]);
  }
}

describe('samples', () => {
  test('penguins become a project that can be trained', async () => {
    const result = await run(sample('penguins'));
    const version = getVersion(library.db, result.versionId);
    const project = getProject(library.db, result.projectId);
    expect(version.rowCount).toBe(344);
    expect(Object.fromEntries(version.columns.map(({ name, type }) => [name, type]))).toEqual({
      species: 'category',
      island: 'category',
      bill_length_mm: 'number',
      bill_depth_mm: 'number',
      flipper_length_mm: 'number',
      body_mass_g: 'number',
      sex: 'category',
      year: 'number',
    });
    const mass = version.columns.find(({ name }) => name === 'body_mass_g')!;
    expect(mass.missing).toBe(2);
    expect(mass.histogram.reduce((sum, count) => sum + count, 0)).toBe(342);
    expect(mass.statistics!.mean).toBeCloseTo(4201.754, 3);
    expect(version.columns[0]!.categories).toEqual([
      { value: 'Adelie', count: 152 },
      { value: 'Gentoo', count: 124 },
      { value: 'Chinstrap', count: 68 },
    ]);
    expect(version.notes).toContainEqual({ code: 'missing-words', parameters: { count: 19 } });
    expect(project.data).toMatchObject({ task: 'table-classification', target: 'species', versionId: version.id });
    expect(project.network!.layers.length).toBeGreaterThan(0);
    expect(project.settings!.epochs).toBeGreaterThan(0);
    const prepared = await prepareData(library, version, project.data!);
    expect(prepared.target).toEqual({ kind: 'classes', classes: ['Adelie', 'Chinstrap', 'Gentoo'] });
    expect(prepared.inputs.length).toBe(344 * prepared.inputShape[0]!);
    expect(prepared.inputs.every(Number.isFinite)).toBe(true);
  });

  test('pictures are read back as they lie in the file, with the split that the data names', async () => {
    const result = await run(sample('digits-small'));
    const version = getVersion(library.db, result.versionId);
    const setup = getProject(library.db, result.projectId).data!;
    expect(setup).toMatchObject({ task: 'image-classification', target: 'label', split: { kind: 'given' } });
    const described = await describeSetup(library, version, setup);
    expect(described.counts).toEqual({ training: 540, validation: 60, test: 200 });
    expect(described.inputShape).toEqual([28, 28, 1]);
    expect(described.target).toMatchObject({ classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] });
    const { rows, total } = await readRows(library, version, {
      setup,
      part: 'test',
      label: '7',
      search: '',
      offset: 0,
      limit: 1,
    });
    expect(total).toBe(described.classCounts[7]!.test);
    // The first test picture of MNIST is a seven.
    expect(rows).toEqual([{ index: 600, part: 'test', values: [600, '7'] }]);
    const prepared = await prepareData(library, version, setup);
    expect(prepared.inputs).toBeInstanceOf(Uint8Array);
    expect(prepared.scale).toBeCloseTo(1 / 255, 12);
    const { pixels } = await readPictures(library, version, 'image', [600, 3, 4, 5]);
    expect(pixels.subarray(0, 784)).toEqual(prepared.inputs.subarray(600 * 784, 601 * 784));
    expect(pixels.subarray(784)).toEqual(prepared.inputs.subarray(3 * 784, 6 * 784));
  });

  test('the same content is stored once', async () => {
    const first = await run(sample('penguins'));
    expect(await run(sample('penguins'))).toEqual(first);
    const other = await run({ ...sample('penguins'), target: 'island' });
    expect(other.datasetId).toBe(first.datasetId);
    expect(getProject(library.db, other.projectId).data?.target).toBe('island');
    expect(listDatasets(library.db)).toHaveLength(1);
    expect(readdirSync(library.paths.versions)).toEqual([first.versionId]);
  });
});

describe('what cannot be imported leaves nothing', () => {
  const table = 'size,kind\n' + Array.from({ length: 40 }, (_, row) => `${row},only\n`).join('');

  test('a target with one class', async () => {
    await expect(run(csv(table, 'kind'))).rejects.toMatchObject({
      code: 'target-one-class',
      parameters: { column: 'kind', value: 'only', file: 'people.csv' },
    });
    expectNothingLeft();
  });

  test('a target that is not there, or empty', async () => {
    await expect(run(csv(table, 'sort'))).rejects.toMatchObject({ code: 'column-missing' });
    await expect(run(csv('a,b\n1,\n2,NA\n', 'b'))).rejects.toMatchObject({
      code: 'target-empty',
      parameters: { column: 'b' },
    });
    expectNothingLeft();
  });

  test('a broken row after many sound ones', async () => {
    await expect(run(csv(table + '1,2,3\n'))).rejects.toMatchObject({
      code: 'csv-ragged',
      parameters: { file: 'people.csv', row: 42, found: 3, expected: 2 },
    });
    expectNothingLeft();
  });

  test('a cancel at any stage', async () => {
    const stages: string[] = [];
    await run(csv(table), undefined, ({ stage }) => stages.push(stage));
    const before = readdirSync(library.paths.versions);
    for (const stage of new Set(stages)) {
      const abort = new AbortController();
      const other = csv(`${table}99,${stage}\n`);
      const cancelled = run(other, abort.signal, (progress) => {
        if (progress.stage === stage) abort.abort(new CodedError('job-cancelled'));
      });
      await expect(cancelled, stage).rejects.toMatchObject({ code: 'job-cancelled' });
      expect(readdirSync(library.paths.versions)).toEqual(before);
      expect(readdirSync(library.paths.temporary)).toEqual([]);
    }
    expect([...new Set(stages)]).toEqual(['hash', 'check', 'types', 'profile', 'keep']);
  });
});

test('a table without anything to learn is kept, without a proposal', async () => {
  const result = await run(csv('note\nsome words\nother words\nmore of them\n'));
  expect(getProject(library.db, result.projectId).data).toBeNull();
});

describe('the first row', () => {
  const read = async (input: ImportInput) => {
    const { versionId, datasetId } = await run(input);
    const { columns, rowCount } = getVersion(library.db, versionId);
    return { datasetId, rowCount, names: columns.map(({ name }) => name) };
  };
  const rows = Array.from({ length: 30 }, (_, row) => `${row * 7},b${row % 3}`);

  test('is data where a person says so, and names again where they say that; each is stored once', async () => {
    const input = csv(['id,a1', ...rows].join('\n'));
    const found = await read(input);
    expect(found).toMatchObject({ rowCount: 30, names: ['id', 'a1'] });
    const data = await read({ ...input, reading: { header: 'data' } });
    expect(data).toMatchObject({ rowCount: 31, names: ['text', 'label'] });
    expect(await read({ ...input, reading: { header: 'data' } })).toEqual(data);
    expect(await read({ ...input, reading: { header: 'names' } })).toEqual(found);
    expect(await read(input)).toEqual(found);
    expect(listDatasets(library.db)).toHaveLength(2);
  });

  test('names columns where a person says so, though the app takes it for data', async () => {
    const input = csv(['5,b0', ...rows].join('\n'));
    expect(await read(input)).toMatchObject({ rowCount: 31, names: ['column 1', 'column 2'] });
    expect(await read({ ...input, reading: { header: 'names' } })).toMatchObject({ rowCount: 30, names: ['5', 'b0'] });
    expect(await read({ ...input, reading: { header: 'data' } })).toMatchObject({ rowCount: 31 });
    expect(listDatasets(library.db)).toHaveLength(2);
  });

  test('alone is data too', async () => {
    expect(await read({ ...csv('a,b\n'), reading: { header: 'data' } })).toMatchObject({ rowCount: 1 });
  });

  test('of quotes that are characters, parted by tabs', async () => {
    const lines = Array.from({ length: 12 }, (_, row) => `${row} is 5" long\tb${row % 3}`);
    const input = csv(['what\tkind', ...lines].join('\n'));
    expect(await read(input)).toMatchObject({ rowCount: 12, names: ['what', 'kind'] });
    expect(await read({ ...input, reading: { header: 'data' } })).toMatchObject({ rowCount: 13 });
  });

  test('is not asked of what has none', async () => {
    await expect(run({ ...sample('handwritten-digits'), reading: { header: 'data' } })).rejects.toMatchObject({
      code: 'header-not-asked',
    });
  });
});

describe('what a person says of a file', () => {
  const columnsOf = async (input: ImportInput) => {
    const { versionId } = await run(input);
    const version = getVersion(library.db, versionId);
    return { names: version.columns.map(({ name }) => name), rows: version.rowCount, taken: readingOf(version) };
  };

  test('parts values by what they say, and keeps what the app had read beside it', async () => {
    const input = csv(['a;b,c', ...Array.from({ length: 9 }, (_, row) => `${row};${row},x`)].join('\n'));
    const found = await columnsOf(input);
    const other = found.taken.delimiter === 'comma' ? 'semicolon' : 'comma';
    const said = await columnsOf({ ...input, reading: { delimiter: other } });
    expect(said.taken.delimiter).toBe(other);
    expect(said.names).toEqual(other === 'semicolon' ? ['a', 'b,c'] : ['a;b', 'c']);
    expect(await columnsOf(input)).toEqual(found);
    expect(listDatasets(library.db)).toHaveLength(2);
  });

  test('takes the table that they name of a database; a name that there is not tells those that there are', async () => {
    const path = join(folder, 'several.sqlite');
    const db = new SqliteDatabase(path);
    db.exec('CREATE TABLE many (x, y); CREATE TABLE few (word, kind)');
    for (let row = 0; row < 9; row += 1) db.prepare('INSERT INTO many VALUES (?, ?)').run(row, row * 2);
    db.exec("INSERT INTO few VALUES ('one', 'a'), ('two', 'b')");
    db.close();
    const source = { kind: 'file', path } as const;
    const input = { source, name: null, target: null };
    expect(await columnsOf(input)).toMatchObject({ names: ['x', 'y'], rows: 9, taken: { table: 'many' } });
    expect(await run({ ...input, askTable: true })).toEqual({
      tables: [
        { name: 'many', rows: 9, columns: 2 },
        { name: 'few', rows: 2, columns: 2 },
      ],
      total: 2,
    });
    const few = await columnsOf({ ...input, reading: { table: 'few' } });
    expect(few).toMatchObject({ names: ['word', 'kind'], rows: 2, taken: { table: 'few' } });
    await expect(run({ ...input, reading: { table: 'none' } })).rejects.toMatchObject({
      code: 'table-unknown',
      parameters: { names: 'many, few' },
    });
  });

  test('is asked which table they mean where there are several, and only then; nothing is kept until they say', async () => {
    const path = join(folder, 'shop');
    mkdirSync(path);
    writeFileSync(join(path, 'items.csv'), 'item,price\na,1\nb,2\n');
    const input: ImportInput = { source: { kind: 'file', path }, name: null, target: null, askTable: true };
    expect(await columnsOf(input)).toMatchObject({ names: ['item', 'price'], rows: 2 });
    writeFileSync(join(path, 'sales.csv'), 'when;what;count\n' + '1;2;3\n'.repeat(7));
    writeFileSync(join(path, 'more.json'), '[{"a": 1}]');
    expect(await run(input)).toEqual({
      tables: [
        { name: 'sales.csv', rows: 7, columns: 3 },
        { name: 'items.csv', rows: 2, columns: 2 },
        { name: 'more.json', rows: null, columns: null },
      ],
      total: 3,
    });
    expect(listDatasets(library.db)).toHaveLength(1);
    expect(readdirSync(library.paths.temporary)).toEqual([]);
    const said = await columnsOf({ ...input, reading: { table: 'items.csv' } });
    expect(said).toMatchObject({ names: ['item', 'price'], rows: 2, taken: { table: 'items.csv', header: 'names' } });
    const asData = await columnsOf({ ...input, reading: { table: 'items.csv', header: 'data' } });
    expect(asData).toMatchObject({ names: ['column 1', 'column 2'], rows: 3, taken: { header: 'data' } });
    await expect(run({ ...input, reading: { table: 'more.json', header: 'data' } })).rejects.toMatchObject({
      code: 'header-not-asked',
      parameters: { file: 'more.json' },
    });
  });

  test('takes lines of a text for rows where the app took paragraphs', async () => {
    const path = join(folder, 'verse.md');
    writeFileSync(path, 'one\ntwo\n\nthree\nfour\n');
    const input: ImportInput = { source: { kind: 'file', path }, name: null, target: null };
    expect(await columnsOf(input)).toMatchObject({ rows: 2, taken: { rows: 'paragraph' } });
    expect(await columnsOf({ ...input, reading: { rows: 'line' } })).toMatchObject({
      rows: 4,
      taken: { rows: 'line' },
    });
  });

  test('is kept with where the file lies, so that it can be read again', async () => {
    const input = csv(['5,b0', '6,b1', '7,b2', '8,b1'].join('\n'));
    const { datasetId } = await run({ ...input, reading: { header: 'names' } });
    expect(findOrigin(library.db, datasetId)).toEqual({ source: input.source, reading: { header: 'names' } });
  });
});
