/** A device that takes batches only up to a size: the run says so, halves, goes on, and ends; nothing of the tries stays. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generator } from '../../catalog/random';
import { describeEvent, type LiveEvent, type TrainingSettings } from '../../contract';
import { loadTensorFlow, type TensorFlow } from '../../engine/tf';
import { latestCheckpoint } from '../../storage/checkpoints';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { loadModel } from '../../storage/models';
import { getProject } from '../../storage/projects';
import { createRun, getRun, runHistory } from '../../storage/runs';
import type { JobContext } from '../definition';
import { importJob } from '../kinds/import';
import { trainJob } from '../kinds/train';
import { isOutOfMemory } from './batch-memory';

interface Binding {
  runSavedModel(id: number, inputs: number[], names: string, outputs: string): unknown;
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
}

let folder: string;
let library: Library;
let tf: TensorFlow;
let holder: { binding: Binding };
let native: Binding;
/** Largest batch that fits, and sessions of graphs that are open. */
const counts = { limit: Infinity, open: 0, holdsData: true };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-batch-'));
  library = openLibrary(join(folder, 'library'));
  ({ tf } = await loadTensorFlow());
  holder = tf.backend() as unknown as { binding: Binding };
  native = holder.binding;
  holder.binding = watched(native);
  counts.limit = Infinity;
  counts.holdsData = true;
});
afterEach(() => {
  holder.binding = native;
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

/** From now on training steps of larger batches fail as TensorFlow fails them. */
function limitBatch(limit: number): void {
  counts.limit = limit;
}

/** The native binding, whose functions can't be replaced one by one, behind one that counts and refuses. */
function watched(binding: Binding): Binding {
  const own: Partial<Binding> = {
    runSavedModel(id, inputs, names, outputs) {
      const size = Number(/train_(\d+)x/.exec(names)?.[1] ?? 0);
      const fits = size <= counts.limit && (counts.holdsData || !names.includes('inputs/value'));
      if (fits) return binding.runSavedModel(id, inputs, names, outputs);
      throw new Error(
        `Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[${size},64] and type float`,
      );
    },
    loadSavedModel(graph, tags) {
      counts.open += 1;
      return binding.loadSavedModel(graph, tags);
    },
    deleteSavedModel(id) {
      counts.open -= 1;
      binding.deleteSavedModel(id);
    },
  };
  return new Proxy(own as Binding, { get: (target, name) => Reflect.get(target, name) ?? Reflect.get(binding, name) });
}

function contextOf(onLive: (event: LiveEvent) => void = () => undefined) {
  const told: { stop: () => void } = { stop: () => undefined };
  const context: JobContext = {
    jobId: 'job-1',
    library,
    resources: folder,
    signal: new AbortController().signal,
    progress: () => undefined,
    live: onLive,
    state: () => undefined,
    onCommand: (listener) => void (told.stop = () => listener('stop')),
    onAsk: () => undefined,
  };
  return { context, told };
}

const train = (runId: string, onLive?: (event: LiveEvent) => void) =>
  trainJob.run({ runId }, contextOf(onLive).context);
const atEpoch = (number: number, act: () => void) => (event: LiveEvent) => {
  if (event.type === 'epoch' && event.epoch.epoch === number) act();
};

async function importTable(): Promise<string> {
  const next = generator(7);
  const rows = Array.from({ length: 600 }, () => {
    const [x, y] = [(next() % 1000) / 100, (next() % 1000) / 100];
    return [x, y, x > y ? 'above' : 'below'].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['x,y,kind', ...rows].join('\n'));
  const source = { kind: 'file' as const, path };
  const made = await importJob.run({ source, name: null, target: 'kind' }, contextOf().context);
  return (made as { projectId: string }).projectId;
}

function makeRun(projectId: string, changes: Partial<TrainingSettings>): string {
  const { data, network, settings } = getProject(library.db, projectId);
  const id = newId();
  const earlyStopping = { ...settings!.earlyStopping, enabled: false, restoreBest: false };
  createRun(library.db, {
    id,
    projectId,
    name: id,
    data: data!,
    datasetName: 'table',
    network: network!,
    settings: { ...settings!, epochs: 4, batchSize: 128, earlyStopping, ...changes },
  });
  return id;
}

const halvings = (runId: string) =>
  runHistory(library.db, runId)
    .events.filter(({ code }) => code === 'batch-halved')
    .map(({ parameters }) => parameters);

test('from the first step: halved until it fits, and then as if that batch had been chosen', async () => {
  const projectId = await importTable();
  const chosen = makeRun(projectId, { batchSize: 32 });
  await train(chosen);
  const tensors = tf.memory().numTensors;
  const halved = makeRun(projectId, { batchSize: 128 });
  limitBatch(40);
  expect(await train(halved)).toEqual({ runId: halved, state: 'finished' });
  expect(halvings(halved)).toEqual([
    { from: 128, to: 64 },
    { from: 64, to: 32 },
  ]);
  expect(getRun(library.db, halved)).toMatchObject({ state: 'finished', epochsDone: 4, settings: { batchSize: 32 } });
  expect(loadModel(library.db, halved).info.sha256).toBe(loadModel(library.db, chosen).info.sha256);
  expect(runHistory(library.db, halved).batches).toEqual(runHistory(library.db, chosen).batches);
  expect(tf.memory().numTensors).toBe(tensors);
  expect(counts.open).toBe(0);
  for (const event of runHistory(library.db, halved).events) {
    for (const locale of ['en', 'zh'] as const) expect(describeEvent(event, locale)).not.toMatch(/[{}]/);
  }
});

test('in the middle: complete epochs stay, and a resume afterwards is exact', async () => {
  const projectId = await importTable();
  const [whole, parted] = [makeRun(projectId, {}), makeRun(projectId, {})];
  await train(
    whole,
    atEpoch(2, () => limitBatch(100)),
  );
  limitBatch(Infinity);
  expect(getRun(library.db, whole)).toMatchObject({ state: 'finished', epochsDone: 4, settings: { batchSize: 64 } });
  expect(halvings(whole)).toEqual([{ from: 128, to: 64 }]);
  const rows = runHistory(library.db, whole).epochs;
  expect(rows.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
  const perEpoch = Math.ceil(trainingRows(whole) / 64);
  expect(latestCheckpoint(library.db, whole)?.step).toBe(4 * perEpoch);

  const { context, told } = contextOf((event) => {
    atEpoch(2, () => limitBatch(100))(event);
    atEpoch(3, () => told.stop())(event);
  });
  expect(await trainJob.run({ runId: parted }, context)).toMatchObject({ state: 'stopped' });
  limitBatch(Infinity);
  await train(parted);
  expect(runHistory(library.db, parted).epochs.map(({ metrics }) => metrics)).toEqual(
    rows.map(({ metrics }) => metrics),
  );
  expect(loadModel(library.db, parted).info.sha256).toBe(loadModel(library.db, whole).info.sha256);
});

test('where even the smallest batch does not fit, it ends with a clear error', async () => {
  const runId = makeRun(await importTable(), { batchSize: 60 });
  limitBatch(4);
  await expect(train(runId)).rejects.toMatchObject({ code: 'out-of-memory', parameters: { batchSize: 15 } });
  const { run } = runHistory(library.db, runId);
  expect(run).toMatchObject({ state: 'failed', error: { code: 'out-of-memory' }, settings: { batchSize: 15 } });
  expect(halvings(runId)).toEqual([
    { from: 60, to: 30 },
    { from: 30, to: 15 },
  ]);
});

test('where the data itself does not fit, it ends too, and leaves nothing behind', async () => {
  const runId = makeRun(await importTable(), { batchSize: 32 });
  const tensors = tf.memory().numTensors;
  counts.holdsData = false;
  await expect(train(runId)).rejects.toMatchObject({ code: 'out-of-memory' });
  expect(counts.open).toBe(0);
  expect(tf.memory().numTensors).toBe(tensors);
});

test('a batch larger than the data counts as the data', async () => {
  const runId = makeRun(await importTable(), { batchSize: 4096 });
  const rows = trainingRows(runId);
  limitBatch(rows - 1);
  await train(runId);
  expect(halvings(runId)).toEqual([{ from: rows, to: Math.floor(rows / 2) }]);
});

test.each([
  ['Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[400000000]', true],
  ['Array buffer allocation failed', true],
  ['failed to allocate memory', true],
  ['Invalid TF_Status: 3\nMessage: Incompatible shapes', false],
])('%s → %s', (message, expected) => expect(isOutOfMemory(new Error(message))).toBe(expected));

/** Of the split that the import proposes. */
function trainingRows(runId: string): number {
  const { events } = runHistory(library.db, runId);
  const started = events.find(({ code }) => code === 'training-started');
  if (started) return Number(started.parameters['rows']);
  const { split } = getRun(library.db, runId).data;
  return split.kind === 'random' ? Math.round(600 * (1 - split.validation - split.test)) : NaN;
}
