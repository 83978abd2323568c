/** Opening a library: new, old, newer, damaged, in use, and after its owner was killed. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { backUp, listBackups } from './backup';
import { latestCheckpoint } from './checkpoints';
import { openPlainDatabase } from './database';
import { buildChild } from './fixtures/build-child';
import { exampleCommit, examplePart, exampleReading, exampleRun, settings, temporaryFolder } from './fixtures/examples';
import { importInput, listInterruptedImports } from './interrupted-imports';
import { getJob, insertJob } from './jobs';
import { openLibrary } from './library';
import { getVersion } from './datasets';
import { listEdits, redoEdits } from './edits';
import { currentFormat, formatOf, migrations } from './migrate';
import { listVersions } from './versions';
import { livingOwners } from './owners';
import { lastPlaces, probeOverview, probeReading } from './probes';
import { commitEpoch, commitPart, getRun, listRuns, runHistory, startRun } from './runs';
import { loadModel } from './models';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.dispose());

const databaseOf = (directory: string) => join(directory, 'library.sqlite');

/** A library with one run of three epochs and its model. @returns the run's id */
function fill(directory: string, tensorBytes = 300_000): string {
  const library = openLibrary(directory);
  const { id } = exampleRun(library.db);
  startRun(library.db, id, { backend: 'cpu', parameterCount: 1, jobId: 'job' });
  for (const epoch of [1, 2, 3]) commitEpoch(library.db, exampleCommit(id, epoch, tensorBytes));
  library.db.prepare("UPDATE runs SET state = 'finished'").run();
  library.close();
  return id;
}

test('a new library has its folders, its pragmas and the current format', () => {
  const library = openLibrary(join(folder.path, 'deep', 'library'));
  const { db, paths } = library;
  expect(formatOf(db)).toBe(currentFormat);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(db.pragma('synchronous', { simple: true })).toBe(1);
  expect(db.pragma('busy_timeout', { simple: true })).toBe(5000);
  for (const name of ['database', 'blobs', 'versions', 'backups', 'cache', 'temporary'] as const) {
    expect(existsSync(paths[name]), name).toBe(true);
  }
  expect(library.notices).toEqual([]);
  library.close();
});

test('what another owner did not finish is swept, but not while it works', () => {
  const first = openLibrary(folder.path);
  const half = join(first.paths.temporary, 'half');
  writeFileSync(half, '');
  openLibrary(folder.path).close();
  expect(existsSync(half)).toBe(true);
  first.close();
  openLibrary(folder.path).close();
  expect(existsSync(half)).toBe(false);
});

test.each(migrations.map(({ version }) => version))('a library of format %i opens and is read', (format) => {
  const file = `./fixtures/library-${String(format).padStart(4, '0')}.sqlite`;
  copyFileSync(new URL(file, import.meta.url), databaseOf(folder.path));
  const library = openLibrary(folder.path);
  const { db } = library;
  expect(formatOf(db)).toBe(currentFormat);
  const [run] = listRuns(db, null).filter(({ name }) => name === 'calm-otter');
  expect(run).toMatchObject({ state: 'finished', epochsDone: 3, engine: null, settings });
  expect(runHistory(db, run!.id).epochs).toHaveLength(3);
  expect(loadModel(db, run!.id).weights).toEqual(new Uint8Array(256).fill(3));
  expect(latestCheckpoint(db, run!.id)).toMatchObject({ epoch: 3, step: 30 });
  // Going on from there writes what this format has beside them.
  startRun(db, run!.id, { backend: 'cpu', parameterCount: 1, jobId: 'again' });
  commitPart(db, examplePart(run!.id, 3));
  expect(latestCheckpoint(db, run!.id)).toMatchObject({ epoch: 3, step: 35 });
  library.close();
});

test('the middle of an epoch of a library of format 2 is where its run goes on', () => {
  copyFileSync(new URL('./fixtures/library-0002.sqlite', import.meta.url), databaseOf(folder.path));
  const library = openLibrary(folder.path);
  const [run] = listRuns(library.db, null).filter(({ name }) => name === 'brave-heron');
  expect(run).toMatchObject({ state: 'stopped', epochsDone: 1, engine: { kind: 'compiled', recordingSeconds: 0.25 } });
  expect(runHistory(library.db, run!.id).batches.map(({ step }) => step)).toEqual([5, 10, 15]);
  expect(latestCheckpoint(library.db, run!.id)).toMatchObject({
    ...{ epoch: 1, step: 15 },
    tensors: new Uint8Array(256).fill(101),
  });
  library.close();
});

test('what a run of a library of format 6 read of itself is there, and goes with the epochs that it is trained again', () => {
  copyFileSync(new URL('./fixtures/library-0006.sqlite', import.meta.url), databaseOf(folder.path));
  const { db, close } = openLibrary(folder.path);
  const { id } = listRuns(db, null).find(({ name }) => name === 'calm-otter')!;
  const { probe, tracks, said } = probeOverview(db, id, 1);
  expect(probe).toEqual(exampleReading(1).probe);
  expect(tracks.map(({ epoch }) => epoch)).toEqual([2, 3]);
  expect(tracks.map(({ layers }) => layers[0]!.weights!.histogram.counts)).toEqual([[], [3, 5]]);
  expect([...said]).toEqual([0, 0, 1, 0, 0, 1]);
  expect(probeReading(db, id, 2)).toEqual(exampleReading(2).reading);
  expect(() => probeReading(db, id, 9)).toThrow(expect.objectContaining({ code: 'not-found' }));
  db.prepare('DELETE FROM checkpoints WHERE run_id = ? AND epoch > 2').run(id);
  startRun(db, id, { backend: 'cpu', parameterCount: 1, jobId: 'again' });
  expect(lastPlaces(db, id)?.epoch).toBe(2);
  close();
});

test('edits over a version of a library of format 3 are still pending', () => {
  copyFileSync(new URL('./fixtures/library-0003.sqlite', import.meta.url), databaseOf(folder.path));
  const library = openLibrary(folder.path);
  const [run] = listRuns(library.db, null).filter(({ name }) => name === 'calm-otter');
  const { versionId } = run!.data;
  expect(listEdits(library.db, versionId, null, 10)).toMatchObject([
    { step: 1, edit: { kind: 'exclude', reason: 'chosen' }, rows: Int32Array.of(1, 3) },
    { step: 2, edit: { kind: 'set', column: 'species', value: 'Gentoo' }, rows: Int32Array.of(0) },
  ]);
  expect(redoEdits(library.db, versionId)).toBe(true);
  expect(listEdits(library.db, versionId, null, 10)[2]?.edit).toEqual({ kind: 'drop-column', column: 'species' });
  const [second, first] = listVersions(library.db, getVersion(library.db, versionId).datasetId);
  expect(first).toMatchObject({ id: versionId, parentId: null, changes: null, pendingSteps: 3 });
  expect(second).toMatchObject({ number: 2, parentId: versionId, changes: { excluded: 1 } });
  expect(first?.uses).toMatchObject({ runs: [{ name: 'calm-otter' }], versions: [{ number: 2 }] });
  library.close();
});

test('the input of an interrupted import of a library of format 4 is kept until its days are over', () => {
  copyFileSync(new URL('./fixtures/library-0004.sqlite', import.meta.url), databaseOf(folder.path));
  const db = openPlainDatabase(databaseOf(folder.path));
  db.prepare("UPDATE jobs SET ended_at = ? WHERE kind = 'import'").run(Date.now());
  db.close();
  const library = openLibrary(folder.path);
  const [job] = listInterruptedImports(library.db);
  expect(job).toMatchObject({ subject: 'birds', state: 'interrupted', progress: { stage: 'pictures', done: 30 } });
  expect(importInput(library.db, job!.id)).toMatchObject({ source: { kind: 'file', path: '/data/birds' } });
  for (const name of [job!.id, 'other']) mkdirSync(join(library.paths.temporary, name));
  library.close();
  openLibrary(folder.path).close();
  expect(readdirSync(library.paths.temporary)).toEqual([job!.id]);
  const again = openPlainDatabase(databaseOf(folder.path));
  again.prepare('UPDATE jobs SET ended_at = ended_at - ?').run(15 * 86_400_000);
  again.close();
  const last = openLibrary(folder.path);
  expect(listInterruptedImports(last.db)).toEqual([]);
  expect(readdirSync(last.paths.temporary)).toEqual([]);
  last.close();
});

test('a newer library is refused and not changed', () => {
  fill(folder.path);
  const db = openPlainDatabase(databaseOf(folder.path));
  db.pragma(`user_version = ${currentFormat + 1}`);
  db.close();
  const before = readFileSync(databaseOf(folder.path));
  for (const role of ['owner', 'job'] as const) {
    expect(() => openLibrary(folder.path, { role })).toThrow(
      expect.objectContaining({
        code: 'library-newer',
        parameters: { found: currentFormat + 1, known: currentFormat },
      }),
    );
  }
  expect(readFileSync(databaseOf(folder.path)).equals(before)).toBe(true);
});

test('a job does not make a library', () => {
  expect(() => openLibrary(folder.path, { role: 'job' })).toThrow();
  expect(readdirSync(folder.path)).toEqual([]);
});

test('backups are whole libraries, the last three kept', () => {
  const id = fill(folder.path);
  const library = openLibrary(folder.path);
  const paths = [1, 2, 3, 4].map((day) => backUp(library.db, library.paths.backups, new Date(Date.UTC(2030, 0, day))));
  expect(listBackups(library.paths.backups)).toEqual(paths.slice(1).reverse());
  library.close();
  const restored = join(folder.path, 'restored');
  mkdirSync(restored);
  copyFileSync(paths[3]!, databaseOf(restored));
  const copy = openLibrary(restored);
  expect(runHistory(copy.db, id).epochs).toHaveLength(3);
  copy.close();
});

/** Overwrites the first page of a table's tree. */
function overwriteRoot(table: string): void {
  const db = openPlainDatabase(databaseOf(folder.path));
  const page = Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const handle = openSync(databaseOf(folder.path), 'r+');
  writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096);
  closeSync(handle);
}

describe('a damaged library is set aside, and what can be read is taken over', () => {
  test('a file that is no database at all', () => {
    const garbage = Buffer.from('this was once a library '.repeat(400));
    writeFileSync(databaseOf(folder.path), garbage);
    const library = openLibrary(folder.path);
    const [notice] = library.notices;
    expect(notice).toMatchObject({ code: 'library-damaged', parameters: { runs: 0 } });
    expect(readFileSync(String(notice!.parameters['path'])).equals(garbage)).toBe(true);
    expect(listRuns(library.db, null)).toEqual([]);
    library.close();
    const again = openLibrary(folder.path);
    expect(again.notices).toEqual([]);
    again.close();
  });

  test('a table whose pages are overwritten: the others are whole', () => {
    const id = fill(folder.path);
    overwriteRoot('model_chunks');
    const damaged = readFileSync(databaseOf(folder.path));
    const library = openLibrary(folder.path);
    const [notice] = library.notices;
    expect(notice?.code).toBe('library-damaged');
    expect(readFileSync(String(notice!.parameters['path'])).equals(damaged)).toBe(true);
    expect(library.db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(library.db.pragma('foreign_key_check')).toEqual([]);
    expect(runHistory(library.db, id)).toMatchObject({ run: { name: 'calm-otter', epochsDone: 3 } });
    expect(latestCheckpoint(library.db, id)?.tensors).toEqual(new Uint8Array(300_000).fill(3));
    expect(() => loadModel(library.db, id)).toThrow(/run-without-model/);
    library.close();
  });

  test('the last commits, still in the write-ahead log, are taken over too', () => {
    const library = openLibrary(folder.path);
    const { id } = exampleRun(library.db);
    const copy = join(folder.path, 'copy');
    mkdirSync(copy);
    library.db.pragma('wal_checkpoint(TRUNCATE)');
    commitEpoch(library.db, exampleCommit(id, 1));
    for (const suffix of ['', '-wal']) copyFileSync(databaseOf(folder.path) + suffix, databaseOf(copy) + suffix);
    library.close();
    const header = openSync(databaseOf(copy), 'r+');
    writeSync(header, Buffer.alloc(64, 0xff), 0, 64, 4096);
    closeSync(header);
    const recovered = openLibrary(copy);
    expect(recovered.db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(recovered.db.pragma('foreign_key_check')).toEqual([]);
    recovered.close();
  });

  test('one that another process has open is left alone', () => {
    const library = openLibrary(folder.path);
    const other = join(folder.path, 'other');
    mkdirSync(other);
    library.close();
    const held = openLibrary(other);
    held.db.pragma('wal_checkpoint(TRUNCATE)');
    const handle = openSync(databaseOf(other), 'r+');
    writeSync(handle, Buffer.alloc(100, 0xff), 0, 100, 0);
    closeSync(handle);
    expect(() => openLibrary(other)).toThrow(/library-locked/);
    expect(existsSync(databaseOf(other))).toBe(true);
    rmSync(databaseOf(other));
  });
});

describe('other processes', () => {
  let child: string;
  let built: ReturnType<typeof temporaryFolder>;
  beforeAll(async () => {
    built = temporaryFolder();
    child = await buildChild(built.path);
  });
  afterAll(() => built.dispose());

  test('jobs and runs of a killed owner end as interrupted; those of a living one go on', async () => {
    const mine = openLibrary(folder.path);
    const running = exampleRun(mine.db, 'mine');
    insertJob(mine.db, trainJob('my-job', running.id));
    startRun(mine.db, running.id, { backend: 'cpu', parameterCount: 1, jobId: 'my-job' });

    const process = fork(child, ['own', folder.path], { stdio: 'inherit' });
    const [{ runId, jobId }] = (await once(process, 'message')) as [{ runId: string; jobId: string }];
    openLibrary(folder.path).close();
    expect(getRun(mine.db, runId).state).toBe('running');
    expect(livingOwners(join(folder.path, 'owners')).size).toBe(2);

    process.kill('SIGKILL');
    await once(process, 'exit');
    openLibrary(folder.path).close();
    expect(getRun(mine.db, runId)).toMatchObject({
      state: 'interrupted',
      epochsDone: 2,
      error: { code: 'app-ended' },
    });
    expect(getJob(mine.db, jobId)).toMatchObject({ state: 'interrupted', error: { code: 'app-ended' } });
    expect(getRun(mine.db, running.id).state).toBe('running');
    expect(getJob(mine.db, 'my-job').state).toBe('running');
    mine.close();
    expect(readdirSync(join(folder.path, 'owners'))).toEqual([]);
  });

  test('a process killed at any moment of its commits leaves whole epochs', async () => {
    for (let round = 0; round < 8; round += 1) {
      const directory = join(folder.path, `round-${round}`);
      const process = fork(child, ['commit', directory], { stdio: 'inherit' });
      const [{ runId }] = (await once(process, 'message')) as [{ runId: string }];
      // Each message is an epoch about to be committed; the kill comes a random time into it.
      const epochs = 1 + (round % 4);
      for (let epoch = 0; epoch < epochs; epoch += 1) await once(process, 'message');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
      process.kill('SIGKILL');
      await once(process, 'exit');
      expectWhole(directory, runId, epochs - 1);
    }
  }, 120_000);

  test('a process killed before any single write leaves the state before its transaction or the one after', async () => {
    const found: string[] = [];
    for (let point = 1; point < 100; point += 1) {
      const directory = join(folder.path, `point-${point}`);
      const process = fork(child, ['die', directory, String(point)], { stdio: 'inherit' });
      const [[{ runId }], [code]] = await Promise.all([
        once(process, 'message') as Promise<[{ runId: string }]>,
        once(process, 'exit'),
      ]);
      found.push(expectWhole(directory, runId, 1));
      rmSync(directory, { recursive: true });
      if (code === 0) break;
    }
    // In order: before the part's transaction, after it, and after the epoch's, where the process lived on.
    expect(found.join(' ')).toMatch(/^(1 ){6,}(1\+ ){10,}2$/);
  }, 120_000);
});

/**
 * Epochs 1…k without a gap, each with all its batches and events, the last with its checkpoint and model; and the middle of
 * the next with what came before it, or nothing of it. @returns `k`, or `k+` where there is such a middle.
 */
function expectWhole(directory: string, runId: string, atLeast: number): string {
  const library = openLibrary(directory);
  const { db } = library;
  expect(library.notices).toEqual([]);
  const history = runHistory(db, runId);
  const done = history.run.epochsDone;
  expect(done).toBeGreaterThanOrEqual(atLeast);
  expect(history.run.state).toBe('interrupted');
  expect(history.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: done }, (_, index) => index + 1));
  const middle = Number(db.prepare('SELECT count(*) FROM mid_checkpoints').pluck().get());
  expect(history.batches).toHaveLength(2 * done + middle);
  expect(history.events).toHaveLength(2 * done + middle);
  const fill = middle === 1 ? 100 + done : done;
  if (done + middle > 0) expect(latestCheckpoint(db, runId)?.tensors.every((byte) => byte === fill)).toBe(true);
  const kept = db.prepare('SELECT epoch FROM checkpoints ORDER BY epoch').pluck().all();
  expect(kept).toEqual([done - 1, done].filter((epoch) => epoch > 0));
  const counts = db
    .prepare(
      `SELECT count(*) FROM checkpoints WHERE byte_length <>
       (SELECT sum(length(bytes)) FROM checkpoint_chunks WHERE checkpoint_id = checkpoints.id)`,
    )
    .pluck()
    .get();
  expect(counts).toBe(0);
  if (done > 0) expect(loadModel(db, runId).weights.every((byte) => byte === done)).toBe(true);
  library.close();
  return middle === 1 ? `${done}+` : String(done);
}

function trainJob(id: string, runId: string) {
  const state = 'running' as const;
  return {
    id,
    kind: 'train',
    subject: 'x',
    subjectId: runId,
    state,
    progress: null,
    error: null,
    createdAt: 1,
    endedAt: null,
  };
}
