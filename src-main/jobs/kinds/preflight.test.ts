/** The pre-flight over a real library: what it says, that nothing else comes of it, and that a run says it beside its own. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generator } from '../../catalog/random';
import { CodedError, estimatesIn, secondsOf, type Preflight, type PreflightInput } from '../../contract';
import { readPreflight } from '../../data/preflight-file';
import { loadTensorFlow } from '../../engine/tf';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { getProject } from '../../storage/projects';
import { createRun, runHistory } from '../../storage/runs';
import type { JobContext } from '../definition';
import { importJob } from './import';
import { preflightJob } from './preflight';
import { trainJob } from './train';

let folder: string;
let library: Library;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-preflight-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function contextOf(abort = new AbortController(), onProgress: (stage: string) => void = () => undefined): JobContext {
  return {
    ...{ jobId: 'job-1', library, resources: folder, signal: abort.signal },
    progress: ({ stage }) => onProgress(stage),
    ...{ live: () => undefined, state: () => undefined, onCommand: () => undefined, onAsk: () => undefined },
  };
}

/** 900 rows of two numbers, whose class says which is larger. */
async function importTable(epochs: number): Promise<PreflightInput> {
  const next = generator(5);
  const rows = Array.from({ length: 900 }, () => {
    const [x, y] = [(next() % 1000) / 100, (next() % 1000) / 100];
    return [x, y, x > y ? 'above' : 'below'].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['x,y,kind', ...rows].join('\n'));
  const source = { kind: 'file' as const, path };
  const made = await importJob.run({ source, name: null, target: 'kind' }, contextOf());
  const { projectId } = made as { projectId: string };
  const { data, network, settings } = getProject(library.db, projectId);
  const earlyStopping = { ...settings!.earlyStopping, enabled: false };
  return { projectId, data: data!, network: network!, settings: { ...settings!, epochs, earlyStopping } };
}

async function train(input: PreflightInput) {
  const id = newId();
  createRun(library.db, { ...input, id, name: id, datasetName: 'table' });
  await trainJob.run({ runId: id }, contextOf());
  return runHistory(library.db, id);
}

function list(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

test('what it measured stands in the log of the run that follows, beside what that took', async () => {
  const input = await importTable(6);
  const before = library.db.prepare('SELECT total_changes() AS changes').get();
  const preflight = (await preflightJob.run(input, contextOf())) as Preflight;
  const { tf } = await loadTensorFlow();
  const tensors = tf.memory().numTensors;
  expect(preflight.estimate.batches).toBeGreaterThanOrEqual(20);
  expect(preflight.estimate.epochs).toBe(6);
  // Nothing in the library has changed, and of what was tried nothing lies about.
  expect(library.db.prepare('SELECT total_changes() AS changes').get()).toEqual(before);
  expect(list(join(library.directory, 'tmp'))).toEqual([]);

  const { run, events } = await train(input);
  const { before: expected, took } = estimatesIn(events);
  expect(run.state).toBe('finished');
  expect(took!.epochs).toBe(6);
  expect(took!.disk).toBeGreaterThanOrEqual(expected!.disk!.low);
  expect(took!.disk).toBeLessThanOrEqual(expected!.disk!.high);
  expect(expected!.disk!.high).toBeLessThan(2 * expected!.disk!.low);
  expect(took!.memory).toBeLessThan(expected!.memory!.high);
  // Both processes share their TensorFlow here, so that the figures are small: they are of one size all the same.
  const { low, high } = secondsOf(expected!, took!.epochs);
  expect(took!.seconds).toBeGreaterThan(low / 8);
  expect(took!.seconds).toBeLessThan(8 * high);
  expect(tf.memory().numTensors).toBe(tensors);

  // Another learning rate is another run: nothing was measured of it.
  const other = { ...input, settings: { ...input.settings, learningRate: 0.02 } };
  expect(await readPreflight(library, other)).toBeNull();
  expect(estimatesIn((await train(other)).events).before).toBeNull();
});

test('a run that was not measured says what its own first batches let expect', async () => {
  const input = await importTable(60);
  const { events } = await train(input);
  const { before, begun, took } = estimatesIn(events);
  expect(before).toBeNull();
  expect(begun!.batches).toBeGreaterThanOrEqual(20);
  expect(begun!.epochs).toBe(60);
  const { value } = secondsOf(begun!, 60);
  // Wide, for machines that do other things meanwhile: `npm run bench -- --only preflight` has the figures.
  expect(value).toBeGreaterThan(took!.seconds / 8);
  expect(value).toBeLessThan(8 * took!.seconds);
});

test.each(['prepare', 'measure'])('cancelled while it comes to “%s”, it leaves nothing', async (when) => {
  const input = await importTable(6);
  const { tf } = await loadTensorFlow();
  const tensors = tf.memory().numTensors;
  const abort = new AbortController();
  const context = contextOf(abort, (stage) => {
    if (stage === when) abort.abort(new CodedError('job-cancelled'));
  });
  await expect(preflightJob.run(input, context)).rejects.toMatchObject({ code: 'job-cancelled' });
  expect(await readPreflight(library, input)).toBeNull();
  expect(list(join(library.directory, 'tmp'))).toEqual([]);
  expect(tf.memory().numTensors).toBe(tensors);
});

test('settings that no run could have are refused', async () => {
  const input = await importTable(6);
  const settings = { ...input.settings, loss: 'mean-squared-error' };
  await expect(preflightJob.run({ ...input, settings }, contextOf())).rejects.toMatchObject({ code: 'field-invalid' });
});
