/** Making, deleting and adding to a version in a real process that is killed before each single step: the library is as before, or as after. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPictures } from '../../data/pictures';
import { getVersion, listDatasets } from '../../storage/datasets';
import { appendEdits, journalStamp } from '../../storage/edits';
import { openLibrary } from '../../storage/library';
import { listProjects } from '../../storage/projects';
import { listVersions } from '../../storage/versions';
import { importJob } from './import';

const root = resolve(import.meta.dirname, '../../..');
let folder: string;
let built: string;
let child: string;
let versionId: string;
/** A folder of pictures to be added. */
let added: string;

beforeAll(async () => {
  const { build } = await import('vite');
  built = mkdtempSync(join(root, 'node_modules', '.cache', 'tandem-edit-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: 'src-main/jobs/testing/dying-child.ts',
      outDir: built,
      minify: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  child = join(built, 'child.mjs');
  folder = mkdtempSync(join(tmpdir(), 'tandem-edit-kill-'));
  const library = openLibrary(join(folder, 'before'));
  const nothing = () => undefined;
  const result = (await importJob.run(
    { source: { kind: 'sample', id: 'digits-small' }, name: null, target: null },
    {
      jobId: 'import',
      library,
      resources: join(root, 'resources'),
      signal: new AbortController().signal,
      progress: nothing,
      live: nothing,
      state: nothing,
      onCommand: nothing,
      onAsk: nothing,
    },
  )) as { versionId: string };
  ({ versionId } = result);
  library.close();
  cpSync(join(folder, 'before'), join(folder, 'plain'), { recursive: true });
  added = join(folder, 'pictures');
  for (const label of ['3', '8']) {
    mkdirSync(join(added, label), { recursive: true });
    const picture = createCanvas(28, 28);
    picture.getContext('2d').fillRect(4, 4, Number(label), 9);
    writeFileSync(join(added, label, 'one.png'), picture.toBuffer('image/png'));
  }
  const edited = openLibrary(join(folder, 'before'));
  appendEdits(edited.db, versionId, [{ edit: { kind: 'exclude', reason: 'chosen' }, rows: Int32Array.of(0, 1) }]);
  appendEdits(edited.db, versionId, [
    { edit: { kind: 'set', column: 'label', value: '9' }, rows: Int32Array.of(2, 3, 4) },
  ]);
  edited.close();
}, 120_000);
afterAll(() => {
  for (const made of [built, folder]) rmSync(made, { recursive: true, force: true });
});

/** @returns whether the process came to its end. */
type Mode = 'edit' | 'remove' | 'append' | 'export';
async function runChild(mode: Mode, directory: string, point: number, path = added): Promise<boolean> {
  const process = fork(child, [mode, directory, versionId, String(point), path], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [code, signal] = (await once(process, 'exit')) as [number | null, string | null];
  expect(code ?? signal).toBe(code === null ? 'SIGKILL' : 0);
  return code === 0;
}

/** What a person would find when the app is opened again, everything that is named being there and readable. */
async function found(directory: string) {
  const library = openLibrary(directory);
  try {
    expect(library.notices).toEqual([]);
    const [dataset] = listDatasets(library.db);
    const versions = listVersions(library.db, dataset!.id);
    expect(readdirSync(library.paths.versions).sort()).toEqual(versions.map(({ id }) => id).sort());
    const named = versions.flatMap(({ id }) => getVersion(library.db, id).columns.map(({ image }) => image?.blob));
    expect(readdirSync(library.paths.blobs).sort()).toEqual([...new Set(named.filter(Boolean))].sort());
    expect(readdirSync(library.paths.temporary)).toEqual([]);
    for (const { id, rowCount } of versions) {
      const { pixels } = await readPictures(library, getVersion(library.db, id), 'image', [0, rowCount - 1]);
      expect(pixels).toHaveLength(2 * 784);
    }
    const [project] = listProjects(library.db);
    return {
      rows: versions.map(({ rowCount }) => rowCount),
      pending: journalStamp(library.db, versionId).steps,
      worksOn: versions.find(({ id }) => id === project!.data!.versionId)?.number,
    };
  } finally {
    library.close();
  }
}

/** What is found after a kill before one step, and whether the work came to its end before that. */
async function killAt(mode: Mode, from: string, point: number) {
  const directory = join(folder, `${mode}-${point}`);
  rmSync(directory, { recursive: true, force: true });
  cpSync(join(folder, from), directory, { recursive: true });
  const isDone = await runChild(mode, directory, point);
  return { isDone, directory, state: JSON.stringify(await found(directory)) };
}

async function killEverywhere(mode: Mode, from: string) {
  const states: string[] = [];
  for (let point = 1; ; point += 1) {
    const { isDone, directory, state } = await killAt(mode, from, point);
    states.push(state);
    if (isDone) return { states, last: directory };
    rmSync(directory, { recursive: true });
  }
}

test('killed at any step, the edits are pending or the version is there; the old one is there or gone', async () => {
  const before = JSON.stringify({ rows: [800], pending: 2, worksOn: 1 });
  const after = JSON.stringify({ rows: [798, 800], pending: 0, worksOn: 2 });
  const making = await killEverywhere('edit', 'before');
  const firstAfter = making.states.indexOf(after);
  expect(making.states.length).toBeGreaterThan(15);
  expect(making.states).toEqual(making.states.map((_, place) => (place < firstAfter ? before : after)));

  const gone = JSON.stringify({ rows: [798], pending: 0, worksOn: 2 });
  const removing = await killEverywhere('remove', making.last.slice(folder.length + 1));
  const firstGone = removing.states.indexOf(gone);
  expect(firstGone).toBeGreaterThan(2);
  expect(removing.states.length).toBeGreaterThan(firstGone + 1);
  expect(removing.states).toEqual(removing.states.map((_, place) => (place < firstGone ? after : gone)));
}, 300_000);

test('killed at any step, the added rows are all there or none is', async () => {
  const before = JSON.stringify({ rows: [800], pending: 0, worksOn: 1 });
  const after = JSON.stringify({ rows: [802, 800], pending: 0, worksOn: 2 });
  // Most steps only fill the job's own folder: every sixth of them, and each of those at the end.
  const stride = 6;
  let end = 1;
  for (let found = ''; found !== after; end += stride) {
    ({ state: found } = await killAt('append', 'plain', end));
    expect([before, after]).toContain(found);
  }
  const states: string[] = [];
  for (let point = end - 2 * stride - 3; point <= end - stride; point += 1) {
    states.push((await killAt('append', 'plain', point)).state);
  }
  const firstAfter = states.indexOf(after);
  expect(firstAfter).toBeGreaterThan(3);
  expect(states).toEqual(states.map((_, place) => (place < firstAfter ? before : after)));
}, 300_000);

test('killed at any step, an export is whole or not there, and the next start leaves nothing half-written', async () => {
  const places = join(folder, 'exports');
  mkdirSync(places);
  const place = join(places, 'labels.csv');
  const directory = join(folder, 'exporting');
  cpSync(join(folder, 'plain'), directory, { recursive: true });
  // Another program's file of a like name stays.
  writeFileSync(join(places, '.labels.csv.other.part'), '');
  let [kills, halves, isDone] = [0, 0, false];
  for (let point = 1; !isDone; point += 1) {
    isDone = await runChild('export', directory, point, place);
    const left = readdirSync(places).filter((name) => name === '.labels.csv.dying.part');
    halves += left.length;
    await found(directory);
    const files = readdirSync(places).filter((name) => name !== '.labels.csv.other.part');
    expect([[], ['labels.csv']]).toContainEqual(files);
    if (files.length > 0) expect(readFileSync(place, 'utf8').trimEnd().split('\n')).toHaveLength(801);
    rmSync(place, { force: true });
    if (!isDone) kills += 1;
  }
  expect(halves).toBeGreaterThan(0);
  expect(kills).toBeGreaterThan(3);
  expect(readdirSync(places)).toEqual(['.labels.csv.other.part']);
}, 120_000);
