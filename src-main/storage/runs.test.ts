/** Runs: their life in the library, epoch by epoch, and the lists that must stay quick. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodedError } from '../contract';
import { dropDamagedCheckpoints, latestCheckpoint } from './checkpoints';
import {
  exampleCommit,
  exampleEpoch,
  examplePart,
  exampleRest,
  exampleRun,
  network,
  settings,
  temporaryFolder,
} from './fixtures/examples';
import { newId } from './ids';
import { openLibrary, type Library } from './library';
import { loadModel } from './models';
import { newRunName } from './names';
import { shrinkBatch } from './run-batch';
import {
  appendEvents,
  commitEpoch,
  commitPart,
  createRun,
  findRuns,
  getRun,
  listRuns,
  queueRun,
  runHistory,
  setRunsDeleted,
  setRunState,
  setTestMetrics,
  startRun,
  updateRun,
} from './runs';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
beforeEach(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
});
afterEach(() => {
  library.close();
  folder.dispose();
});

test('a run is kept as it was made and goes through its states', () => {
  const { db } = library;
  const run = exampleRun(db);
  expect(run).toMatchObject({ state: 'queued', network, settings, epochsDone: 0, best: null, startedAt: null });
  startRun(db, run.id, { backend: 'tensorflow-cpu', parameterCount: 58, jobId: 'job' });
  expect(getRun(db, run.id)).toMatchObject({ state: 'running', parameterCount: 58, jobId: 'job', endedAt: null });
  setRunState(db, run.id, 'failed', { code: 'out-of-memory', parameters: { batchSize: 32 } });
  const failed = getRun(db, run.id);
  expect(failed.error).toEqual({ code: 'out-of-memory', parameters: { batchSize: 32 } });
  expect(failed.endedAt).toBeTypeOf('number');
  queueRun(db, run.id);
  expect(getRun(db, run.id)).toMatchObject({ state: 'queued', error: null, endedAt: null });
});

test('an epoch brings metrics, batches, events, checkpoint and model together', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  for (const epoch of [1, 2, 3]) commitEpoch(db, exampleCommit(id, epoch));
  appendEvents(db, id, [{ seq: 10, time: 5000, level: 'warning', code: 'paused', parameters: {} }], 12);
  const history = runHistory(db, id);
  expect(history.epochs).toEqual([1, 2, 3].map(exampleEpoch));
  expect(history.batches.map((point) => point.step)).toEqual([5, 10, 15, 20, 25, 30]);
  expect(history.events.map((event) => event.seq)).toEqual([3, 6, 9, 10]);
  expect(history.seq).toBe(12);
  expect(history.run).toMatchObject({
    epochsDone: 3,
    best: { metric: 'validation.loss', epoch: 3 },
    sparkline: [1.1, 1.1 / 2, 1.1 / 3],
  });
  expect(latestCheckpoint(db, id)).toMatchObject({ epoch: 3, step: 30, state: { epoch: 3, seed: 7 } });
  expect(db.prepare('SELECT epoch FROM checkpoints ORDER BY epoch').pluck().all()).toEqual([2, 3]);
  expect(loadModel(db, id).info.epoch).toBe(3);
});

test('an epoch that cannot be written whole is not written at all', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  commitEpoch(db, exampleCommit(id, 1));
  const broken = { ...exampleCommit(id, 2), batches: [{ step: 20, epoch: 2, loss: NaN }] };
  expect(() => commitEpoch(db, broken)).toThrow(/NOT NULL/);
  expect(runHistory(db, id).epochs).toHaveLength(1);
  expect(latestCheckpoint(db, id)?.epoch).toBe(1);
  expect(() => commitEpoch(db, exampleCommit(id, 1))).toThrow(/UNIQUE/);
  expect(() => commitEpoch(db, exampleCommit('nobody', 1))).toThrow(CodedError);
});

test('going on from a checkpoint drops what came after it', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  commitEpoch(db, exampleCommit(id, 1));
  commitEpoch(db, exampleCommit(id, 2));
  db.prepare('DELETE FROM checkpoints WHERE epoch = 2').run();
  startRun(db, id, { backend: 'cpu', parameterCount: 1, jobId: 'again' });
  const history = runHistory(db, id);
  expect(history.epochs.map((epoch) => epoch.epoch)).toEqual([1]);
  expect(history.batches.map((point) => point.step)).toEqual([5, 10]);
  expect(history.run.epochsDone).toBe(1);
  commitEpoch(db, { ...exampleCommit(id, 2), events: [] });
  expect(runHistory(db, id).epochs).toHaveLength(2);
});

test('the middle of an epoch is kept beside whole epochs, until the next is whole', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  const kept = () => db.prepare('SELECT epoch FROM checkpoints ORDER BY epoch').pluck().all();
  commitPart(db, examplePart(id, 0));
  expect(latestCheckpoint(db, id)).toMatchObject({ epoch: 0, step: 5 });
  expect(runHistory(db, id)).toMatchObject({ epochs: [], batches: [{ step: 5 }], seq: 1, run: { epochsDone: 0 } });
  for (const epoch of [1, 2]) commitEpoch(db, exampleRest(id, epoch));
  const later = examplePart(id, 2);
  commitPart(db, later);
  commitPart(db, {
    ...later,
    ...{ batches: [], events: [] },
    checkpoint: { ...later.checkpoint, step: 28, tensors: new Uint8Array([1, 2, 3, 4]) },
  });
  expect(kept()).toEqual([1, 2]);
  expect(latestCheckpoint(db, id)).toMatchObject({ epoch: 2, step: 28, tensors: new Uint8Array([1, 2, 3, 4]) });
  expect(db.prepare('SELECT count(*) FROM mid_checkpoint_chunks').pluck().get()).toBe(1);

  // Going on keeps the points up to there, and drops what came after.
  db.prepare('INSERT INTO batches (run_id, step, epoch, loss) VALUES (?, 29, 2.9, 1)').run(id);
  startRun(db, id, { backend: 'cpu', parameterCount: 1, jobId: 'again' });
  expect(runHistory(db, id).batches.at(-1)?.step).toBe(25);
  expect(runHistory(db, id).run.epochsDone).toBe(2);
  commitEpoch(db, exampleRest(id, 3));
  expect(latestCheckpoint(db, id)).toMatchObject({ epoch: 3, step: 30 });
  expect(db.prepare('SELECT count(*) FROM mid_checkpoints').pluck().get()).toBe(0);
  expect(() => commitPart(db, examplePart('nobody', 1))).toThrow(/not-found/);
});

test('a damaged checkpoint gives way to the one before it', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  for (const epoch of [1, 2]) commitEpoch(db, exampleCommit(id, epoch));
  commitPart(db, { ...examplePart(id, 2), batches: [], events: [] });
  db.exec('UPDATE mid_checkpoint_chunks SET bytes = zeroblob(length(bytes))');
  const second = db.prepare('SELECT id FROM checkpoints WHERE epoch = 2').pluck().get();
  db.prepare('DELETE FROM checkpoint_chunks WHERE checkpoint_id = ?').run(second);
  expect(() => latestCheckpoint(db, id)).toThrow(/damaged/);
  expect(dropDamagedCheckpoints(db, id)).toEqual([
    { epoch: 2, step: 25 },
    { epoch: 2, step: 20 },
  ]);
  expect(latestCheckpoint(db, id)).toMatchObject({ epoch: 1, step: 10 });
  startRun(db, id, { backend: 'cpu', parameterCount: 1, jobId: 'again' });
  expect(runHistory(db, id)).toMatchObject({ run: { epochsDone: 1 }, epochs: [{ epoch: 1 }] });
  expect(dropDamagedCheckpoints(db, id)).toEqual([]);
});

test('the last two checkpoints are kept, and the best one however long ago', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  const kept = () => db.prepare('SELECT epoch FROM checkpoints ORDER BY epoch').pluck().all();
  const best = (epoch: number) => ({ metric: 'validation.loss', value: 1, epoch });
  for (const epoch of [1, 2, 3, 4, 5]) {
    commitEpoch(db, { ...exampleCommit(id, epoch), best: best(Math.min(epoch, 2)) });
    commitPart(db, { ...examplePart(id, epoch), batches: [], events: [] });
  }
  expect(kept()).toEqual([2, 4, 5]);
  commitEpoch(db, { ...exampleCommit(id, 6), best: best(6) });
  expect(kept()).toEqual([5, 6]);
});

test('name, note, deletion and its undo', () => {
  const { db } = library;
  const run = exampleRun(db);
  const other = createRun(db, { ...run, id: newId(), name: 'other' });
  expect(updateRun(db, run.id, { note: 'good' })).toMatchObject({ name: 'calm-otter', note: 'good' });
  setRunsDeleted(db, [run.id], true);
  expect(listRuns(db, null).map((kept) => kept.id)).toEqual([other.id]);
  expect(() => setRunsDeleted(db, [other.id, 'nobody'], true)).toThrow(/no run "nobody"/);
  expect(listRuns(db, run.projectId)).toHaveLength(1);
  setRunsDeleted(db, [run.id], false);
  expect(listRuns(db, run.projectId)).toHaveLength(2);
  setTestMetrics(db, run.id, { accuracy: 0.5 });
  expect(getRun(db, run.id).test).toEqual({ accuracy: 0.5 });
});

test('runs are found by id, unique beginning or name', () => {
  const { db } = library;
  const run = exampleRun(db);
  const second = createRun(db, { ...run, id: `${run.id}x`, name: 'other' });
  expect(findRuns(db, run.id).map(({ id }) => id)).toEqual([run.id]);
  expect(findRuns(db, run.id.slice(0, 20)).map(({ id }) => id)).toEqual([run.id, second.id]);
  expect(findRuns(db, 'other').map(({ id }) => id)).toEqual([second.id]);
  expect(findRuns(db, 'no%')).toEqual([]);
});

test('new names are not taken', () => {
  const names = Array.from({ length: 200 }, () => {
    const name = newRunName(library.db);
    exampleRun(library.db, name);
    return name;
  });
  expect(new Set(names).size).toBe(200);
});

describe('constraints', () => {
  test.each([
    ['an unknown state', "UPDATE runs SET state = 'walking'", /CHECK/],
    ['broken JSON', "UPDATE runs SET settings = '{'", /CHECK/],
    ['an empty name', "UPDATE runs SET name = ''", /CHECK/],
    ['a run without a project', "UPDATE runs SET project_id = 'nobody'", /FOREIGN KEY/],
    ['a text where a number belongs', "UPDATE runs SET created_at = 'today'", /cannot store TEXT/],
    ['a dataset that a project uses', 'DELETE FROM datasets', /FOREIGN KEY/],
  ])('%s is refused', (_, sql, message) => {
    exampleRun(library.db);
    expect(() => library.db.exec(sql)).toThrow(message);
  });
});

test('five thousand runs are listed in less than half a second', () => {
  const { db } = library;
  const run = exampleRun(db);
  db.transaction(() => {
    for (let index = 0; index < 5000; index += 1) createRun(db, { ...run, id: newId(), name: `run-${index}` });
    db.prepare('UPDATE runs SET best = ?, last = ?, sparkline = ?').run(
      '{"metric":"validation.accuracy","value":0.9,"epoch":7}',
      '{"loss":0.1,"accuracy":0.9,"validation.loss":0.2,"validation.accuracy":0.9}',
      JSON.stringify(Array.from({ length: 20 }, (_, epoch) => 1 / (epoch + 3))),
    );
  })();
  // Processor time of this process: other work on the machine is no matter of the list.
  const times = [1, 2, 3, 4, 5].map(() => {
    const start = process.cpuUsage();
    expect(listRuns(db, null)).toHaveLength(5001);
    return process.cpuUsage(start).user / 1000;
  });
  expect(Math.min(...times)).toBeLessThan(500);
});

test('where the batch shrinks, the middle of an epoch goes with its points of the curve', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  commitEpoch(db, exampleCommit(id, 1));
  commitPart(db, examplePart(id, 1));
  shrinkBatch(db, id, { batchSize: 8, stepsPerEpoch: 20 });
  expect(getRun(db, id).settings.batchSize).toBe(8);
  expect(latestCheckpoint(db, id)).toMatchObject({ epoch: 1, step: 20 });
  expect(runHistory(db, id).batches.map(({ step }) => step)).toEqual([5, 10]);
});
