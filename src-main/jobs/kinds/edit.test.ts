/** Versions made of edits over a real library: their rows, their identity, their split, what is shared and what is left. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodedError, type DataSetup, type DatasetVersion, type Edit } from '../../contract';
import { leftOutFile, readLeftOut, writeLeftOut } from '../../data/left-out';
import { compareVersions } from '../../data/compare';
import { prepareData } from '../../data/prepare';
import { readPictures } from '../../data/pictures';
import { readRows } from '../../data/rows';
import { divideRows } from '../../data/target';
import { applyEdit, checkEdit, journalRows, newEditState } from '../../data/edit-state';
import { getVersion, listDatasets } from '../../storage/datasets';
import { appendEdits, journalStamp } from '../../storage/edits';
import { openLibrary, type Library } from '../../storage/library';
import { getProject, updateProject } from '../../storage/projects';
import { describeRemoval, removeVersion } from '../../storage/version-files';
import { listVersions } from '../../storage/versions';
import type { JobContext } from '../definition';
import { editJob } from './edit';
import { importJob } from './import';

const resources = resolve(import.meta.dirname, '../../../resources');
let folder: string;
let library: Library;
let jobs = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-edit-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function context(changes: Partial<JobContext> = {}): JobContext {
  const nothing = () => undefined;
  const signal = new AbortController().signal;
  jobs += 1;
  const rest = { live: nothing, state: nothing, onCommand: nothing, onAsk: nothing };
  return { jobId: `job-${jobs}`, library, resources, signal, progress: nothing, ...rest, ...changes };
}

async function imported(id: string): Promise<{ version: DatasetVersion; projectId: string }> {
  const input = { source: { kind: 'sample' as const, id }, name: null, target: null };
  const result = (await importJob.run(input, context())) as { versionId: string; projectId: string };
  return { version: getVersion(library.db, result.versionId), projectId: result.projectId };
}

async function table(text: string, target: string | null): Promise<{ version: DatasetVersion; projectId: string }> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  const input = { source: { kind: 'file' as const, path }, name: null, target };
  const result = (await importJob.run(input, context())) as { versionId: string; projectId: string };
  return { version: getVersion(library.db, result.versionId), projectId: result.projectId };
}

/** One step over a version that has none that matter to it. */
function append(version: DatasetVersion, step: readonly Edit[]): void {
  const state = newEditState(version.rowCount);
  const checked = step.map((edit) => {
    const each = { edit: checkEdit(version, state, edit), rows: journalRows(edit) };
    applyEdit(state, { id: 0, step: 0, createdAt: 0, ...each });
    return each;
  });
  appendEdits(library.db, version.id, checked);
}

async function made(version: DatasetVersion, ...steps: Edit[][]): Promise<DatasetVersion> {
  for (const step of steps) append(version, step);
  const { versionId } = (await editJob.run({ versionId: version.id }, context())) as { versionId: string };
  return getVersion(library.db, versionId);
}

async function allRows(version: DatasetVersion, setup: DataSetup) {
  const query = {
    setup: { ...setup, versionId: version.id },
    part: null,
    label: null,
    search: '',
    offset: 0,
    limit: 2000,
  };
  return (await readRows(library, version, query)).rows;
}

const exclude = (...rows: number[]): Edit => ({ kind: 'exclude', rows, reason: 'chosen' });
const set = (column: string, value: string | null, ...rows: number[]): Edit => ({ kind: 'set', column, rows, value });

describe('a version made of edits', () => {
  test('has the rows that were left, in order and without gaps, with their new values, and columns counted anew', async () => {
    const { version, projectId } = await imported('penguins');
    const setup = getProject(library.db, projectId).data!;
    const before = await allRows(version, setup);
    const next = await made(
      version,
      [exclude(0, 5, 343)],
      [set('species', 'Chinstrap', 1, 2), set('body_mass_g', '1234.5', 1)],
      [set('sex', null, 4)],
      [{ kind: 'drop-column', column: 'island' }],
      [{ kind: 'add-column', column: 'note', type: 'text' }, set('note', ' a "b",\nc ', 342)],
    );
    expect(next).toMatchObject({
      number: 2,
      rowCount: 341,
      datasetId: version.datasetId,
      source: { name: version.source.name },
    });
    expect(next.columns.map(({ name }) => name)).toEqual([
      ...version.columns.map(({ name }) => name).filter((name) => name !== 'island'),
      'note',
    ]);
    const after = await allRows(next, setup);
    expect(after.map(({ index }) => index)).toEqual(Array.from({ length: 341 }, (_, index) => index));
    const expected = before.flatMap(({ index, values }) => {
      if ([0, 5, 343].includes(index)) return [];
      const [species, , ...rest] = values;
      const row = [species!, ...rest, null];
      if (index === 1 || index === 2) row[0] = 'Chinstrap';
      if (index === 1) row[4] = 1234.5;
      if (index === 4) row[5] = null;
      if (index === 342) row[7] = 'a "b",\nc';
      return [row];
    });
    expect(after.map(({ values }) => values)).toEqual(expected);
    expect(next.columns[0]!.categories).toEqual([
      { value: 'Adelie', count: 152 - 4 },
      { value: 'Gentoo', count: 124 },
      { value: 'Chinstrap', count: 68 + 1 },
    ]);
    expect(next.columns[4]!.statistics!.minimum).toBe(1234.5);
    expect(next.columns[7]).toMatchObject({ name: 'note', type: 'text', distinct: 1, missing: 340 });
    expect(getProject(library.db, projectId).data).toEqual({ ...setup, versionId: next.id });
    expect(journalStamp(library.db, version.id).steps).toBe(0);
    const [entry] = listVersions(library.db, version.datasetId);
    expect(entry).toMatchObject({
      parentId: version.id,
      changes: {
        excluded: 3,
        changed: [
          { column: 'species', cells: 2 },
          { column: 'body_mass_g', cells: 1 },
          { column: 'sex', cells: 1 },
          { column: 'note', cells: 1 },
        ],
        dropped: ['island'],
        added: ['note'],
      },
    });
    expect((await prepareData(library, next, { ...setup, versionId: next.id })).inputs.every(Number.isFinite)).toBe(
      true,
    );
    expect(readdirSync(library.paths.temporary)).toEqual([]);
  });

  test('keeps the pictures where they are, and every row its own', async () => {
    const { version, projectId } = await imported('digits-small');
    const setup = { ...getProject(library.db, projectId).data! };
    const kept = await readPictures(library, version, 'image', [1, 3, 799]);
    const next = await made(version, [exclude(0, 2, 4, 600)]);
    expect(readdirSync(library.paths.blobs)).toHaveLength(1);
    expect((await readPictures(library, next, 'image', [0, 1, 795])).pixels).toEqual(kept.pixels);
    const prepared = await prepareData(library, next, { ...setup, versionId: next.id });
    expect(prepared.inputs.length).toBe(796 * 784);
    expect(prepared.inputs.subarray(784, 2 * 784)).toEqual(kept.pixels.subarray(784, 2 * 784));
    expect(listDatasets(library.db)[0]!.bytes).toBe(version.bytes + next.bytes);
    expect(next.bytes).toBeLessThan(50_000);
  });

  test('is not found as the file’s own import, and the same edits make the same version', async () => {
    const { version, projectId } = await imported('penguins');
    const next = await made(version, [exclude(7)]);
    expect((await imported('penguins')).projectId).toBe(projectId);
    expect(listDatasets(library.db)).toHaveLength(1);
    updateProject(library.db, projectId, {
      data: { ...getProject(library.db, projectId).data!, versionId: version.id },
    });
    expect((await made(version, [exclude(7)])).id).toBe(next.id);
    expect(getProject(library.db, projectId).data!.versionId).toBe(next.id);
    // A value that it has already, and a row that is taken back, come to nothing.
    const same = await made(next, [set('species', 'Adelie', 0)], [exclude(9)], [{ kind: 'restore', rows: [9] }]);
    expect(same.id).toBe(next.id);
    expect(listVersions(library.db, version.datasetId)).toHaveLength(2);
  });

  test('leaves a project without a target where that column was dropped, and without a weight', async () => {
    const { version, projectId } = await imported('penguins');
    const data = getProject(library.db, projectId).data!;
    updateProject(library.db, projectId, { data: { ...data, weightColumn: 'year', types: { island: 'ignored' } } });
    const next = await made(version, [
      { kind: 'drop-column', column: 'year' },
      { kind: 'drop-column', column: 'island' },
    ]);
    expect(getProject(library.db, projectId).data).toEqual({ ...data, types: {}, versionId: next.id });
    await made(next, [{ kind: 'drop-column', column: 'species' }]);
    expect(getProject(library.db, projectId).data).toBeNull();
  });

  test('a column that was added is no input of a project until its person says so', async () => {
    const { version, projectId } = await imported('penguins');
    const data = getProject(library.db, projectId).data!;
    const added = (column: string, type: 'category' | 'labels'): Edit => ({ kind: 'add-column', column, type });
    const next = await made(version, [
      added('mood', 'category'),
      added('things', 'labels'),
      { kind: 'set', column: 'mood', rows: [1, 2], value: 'calm' },
      { kind: 'set', column: 'things', rows: [1], value: '["beak"]' },
    ]);
    expect(getProject(library.db, projectId).data).toEqual({ ...data, types: { mood: 'ignored' }, versionId: next.id });
  });

  test('a cancel at any stage leaves the edits pending and nothing else', async () => {
    const { version } = await imported('penguins');
    append(version, [exclude(1)]);
    const stages = ['edit', 'profile', 'keep'];
    for (const stage of stages) {
      const abort = new AbortController();
      const progress: JobContext['progress'] = (count) => {
        if (count.stage === stage) abort.abort(new CodedError('job-cancelled'));
      };
      const cancelled = editJob.run({ versionId: version.id }, context({ signal: abort.signal, progress }));
      await expect(cancelled, stage).rejects.toMatchObject({ code: 'job-cancelled' });
      expect(readdirSync(library.paths.versions)).toEqual([version.id]);
      expect(readdirSync(library.paths.temporary)).toEqual([]);
      expect(journalStamp(library.db, version.id).steps).toBe(1);
    }
  });

  test('edits that come while it is made are part of it', async () => {
    const { version } = await imported('penguins');
    append(version, [exclude(1)]);
    let isLate = false;
    const progress: JobContext['progress'] = ({ stage }) => {
      if (stage === 'profile' && !isLate) append(version, [exclude(2)]);
      isLate ||= stage === 'profile';
    };
    const { versionId } = (await editJob.run({ versionId: version.id }, context({ progress }))) as {
      versionId: string;
    };
    expect(getVersion(library.db, versionId).rowCount).toBe(342);
    expect(listVersions(library.db, version.datasetId)).toHaveLength(2);
  });
});

describe('parts of rows', () => {
  const partsByOrigin = (parts: Uint8Array, origins: readonly number[]) =>
    new Map(origins.map((origin, row) => [origin, parts[row]]));

  test('no row changes its part because others were excluded, relabelled or dropped columns', async () => {
    const { version, projectId } = await imported('penguins');
    const setup = getProject(library.db, projectId).data!;
    const first = (await divideRows(library, version, setup)).parts;
    const gone = Array.from({ length: 60 }, (_, index) => 5 * index);
    const second = await made(version, [exclude(...gone)], [set('species', 'Gentoo', 1, 2, 3)]);
    const third = await made(second, [exclude(0, 10, 20)], [{ kind: 'drop-column', column: 'island' }]);
    const left = Array.from({ length: 344 }, (_, index) => index).filter((row) => !gone.includes(row));
    const secondParts = partsByOrigin((await divideRows(library, second, setup)).parts, left);
    for (const origin of left) expect(secondParts.get(origin)).toBe(first[origin]);
    const leftThen = left.filter((_, row) => ![0, 10, 20].includes(row));
    const thirdParts = partsByOrigin((await divideRows(library, third, setup)).parts, leftThen);
    expect(thirdParts.size).toBe(third.rowCount);
    for (const origin of leftThen) expect(thirdParts.get(origin)).toBe(first[origin]);
  });

  test('rows labelled later get a part, and keep it when more are labelled', async () => {
    const lines = Array.from({ length: 600 }, (_, row) => `${row},${row < 200 ? (row % 2 ? 'yes' : 'no') : ''}`);
    const { version, projectId } = await table(`size,kind\n${lines.join('\n')}\n`, 'kind');
    const setup = getProject(library.db, projectId).data!;
    const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
    const first = (await divideRows(library, version, setup)).parts;
    const second = await made(version, [set('kind', 'yes', ...rows(200, 400))]);
    const secondParts = (await divideRows(library, second, setup)).parts;
    const third = await made(second, [set('kind', 'no', ...rows(400, 600))]);
    const thirdParts = (await divideRows(library, third, setup)).parts;
    expect([...secondParts.subarray(0, 200)]).toEqual([...first.subarray(0, 200)]);
    expect([...thirdParts.subarray(0, 400)]).toEqual([...secondParts.subarray(0, 400)]);
    const share = (parts: Uint8Array, part: number) => parts.filter((each) => each === part).length / parts.length;
    // 15 % of 400 drawn one by one: four standard deviations are 7 %.
    for (const part of [1, 2]) expect(Math.abs(share(thirdParts.subarray(200), part) - 0.15)).toBeLessThan(0.07);
    expect(share(thirdParts, 255)).toBe(0);
  });

  test('labels for data that had none are split, few as they may be', async () => {
    const text = `size\n${Array.from({ length: 40 }, (_, row) => row).join('\n')}\n`;
    const { version } = await table(text, null);
    const next = await made(version, [
      { kind: 'add-column', column: 'label', type: 'category' },
      set('label', 'small', 0, 1, 2, 3, 4),
      set('label', 'large', 35, 36, 37, 38, 39),
    ]);
    const setup: DataSetup = {
      types: {},
      task: 'table-classification',
      target: 'label',
      versionId: next.id,
      split: { kind: 'random', seed: 1, validation: 0.2, test: 0.2, stratified: true },
    };
    const { parts } = await divideRows(library, next, setup);
    for (const part of [0, 1, 2]) expect(parts).toContain(part);
    expect(parts.filter((part) => part === 255)).toHaveLength(30);
  });
});

test('versions compare by the identity of their rows', async () => {
  const { version } = await imported('penguins');
  const second = await made(version, [exclude(0, 1)], [set('species', 'Gentoo', 2, 3, 300)]);
  const third = await made(
    second,
    [exclude(0)],
    [set('species', 'Adelie', 1)],
    [{ kind: 'drop-column', column: 'year' }],
  );
  const forward = await compareVersions(library, version, second, 'species');
  expect(forward).toMatchObject({
    rows: { from: 344, to: 342 },
    added: { count: 0, examples: [] },
    removed: { count: 2, examples: [{ origin: 0 }, { origin: 1 }] },
    columnsAdded: [],
    columnsDropped: [],
    changed: [
      {
        column: 'species',
        count: 3,
        pairs: [
          { from: 'Adelie', to: 'Gentoo', count: 2 },
          { from: 'Chinstrap', to: 'Gentoo', count: 1 },
        ],
        examples: [{ origin: 2 }, { origin: 3 }, { origin: 300 }],
      },
    ],
    classes: [
      { value: 'Adelie', from: 152, to: 148 },
      { value: 'Gentoo', from: 124, to: 127 },
      { value: 'Chinstrap', from: 68, to: 67 },
    ],
  });
  expect(forward.removed.examples[0]!.values[0]).toEqual({ column: 'species', value: 'Adelie' });
  const back = await compareVersions(library, third, version, null);
  expect(back).toMatchObject({ added: { count: 3 }, removed: { count: 0 }, columnsAdded: ['year'], classes: [] });
  // Row 3 of the first version was relabelled and labelled back.
  expect(back.changed).toMatchObject([{ column: 'species', count: 1, examples: [{ origin: 300 }] }]);
  const other = await imported('digits-small');
  await expect(compareVersions(library, version, other.version, null)).rejects.toMatchObject({
    code: 'versions-unrelated',
  });
});

describe('deleting a version', () => {
  test('frees what no other shares, and says so before', async () => {
    const { version, projectId } = await imported('digits-small');
    const next = await made(version, [exclude(0)]);
    expect(describeRemoval(library, version.id)).toMatchObject({ isLast: false, uses: { versions: [{ number: 2 }] } });
    await expect(removeVersion(library, next.id)).rejects.toMatchObject({
      code: 'version-in-use',
      parameters: { number: 2, users: getProject(library.db, projectId).name },
    });
    // The first version's rows and pictures live on in the second, so that only a link goes.
    const removed = await removeVersion(library, version.id);
    expect(removed.bytes).toBe(0);
    expect(readdirSync(library.paths.versions)).toEqual([next.id]);
    const setup = { ...getProject(library.db, projectId).data! };
    expect((await prepareData(library, next, setup)).inputs.length).toBe(799 * 784);
    expect(getVersion(library.db, next.id).bytes).toBe(version.bytes + next.bytes);

    const third = await made(next, [exclude(0)]);
    const size = statSync(join(library.paths.versions, next.id, 'rows.parquet')).size;
    expect(await removeVersion(library, next.id)).toMatchObject({ bytes: size, isLast: false });
    await expect(removeVersion(library, third.id)).rejects.toMatchObject({ code: 'version-in-use' });
    library.db.prepare('DELETE FROM projects').run();
    expect((await removeVersion(library, third.id)).isLast).toBe(true);
    expect(listDatasets(library.db)).toEqual([]);
    for (const kept of [library.paths.versions, library.paths.blobs, library.paths.temporary]) {
      expect(readdirSync(kept)).toEqual([]);
    }
  });
});

test('what the import left out is told of the new version too, also when the first is gone', async () => {
  const { version } = await table('a,kind\n1,x\n2,y\n3,x\n4,y\n', 'kind');
  const left = { file: 'broken.png', row: null, reason: { code: 'picture-unreadable', parameters: {} } };
  const report = { total: 1, counts: [{ code: 'picture-unreadable', count: 1 }], kept: [left] };
  await writeLeftOut(leftOutFile(library, version.id), report);
  const edited = await made(version, [exclude(0)]);
  rmSync(leftOutFile(library, version.id));
  expect(await readLeftOut(library, edited.id, { code: null, offset: 0, limit: 10 })).toMatchObject({
    total: 1,
    entries: [left],
  });
});
