/**
 * Runs with a pretrained network over a real library: what it makes of the rows is computed once and kept, another size or
 * other pictures are something else, and what was interrupted leaves nothing; the saved model is small and takes raw pixels.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generator } from '../../catalog/random';
import type { FieldValues, ImportResult, LayerSpec, Prediction, TrainingSettings } from '../../contract';
import { predictedRows } from '../../storage/evaluations';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { loadModel } from '../../storage/models';
import { getProject } from '../../storage/projects';
import { createRun, runHistory } from '../../storage/runs';
import type { JobContext } from '../definition';
import { importJob } from '../kinds/import';
import { predictJob } from '../kinds/predict';
import { trainJob } from '../kinds/train';

const side = 12;
const pictures = 40;
let folder: string;
let library: Library;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-part-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function contextOf(changes: Partial<JobContext> = {}): JobContext {
  const nothing = () => undefined;
  return {
    ...{ jobId: 'job-1', library, resources: resolve('resources'), signal: new AbortController().signal },
    ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
    ...changes,
  };
}

/** Grey pictures, dark or bright by their class, of which the last ones are the test part. @returns the project */
async function importPictures(seed: number): Promise<string> {
  const next = generator(seed);
  const header = (magic: number, ...sizes: number[]) => {
    const bytes = Buffer.alloc(4 + 4 * sizes.length);
    [magic, ...sizes].forEach((value, place) => bytes.writeUInt32BE(value, 4 * place));
    return bytes;
  };
  for (const [name, count] of [
    ['train', pictures],
    ['t10k', 8],
  ] as const) {
    const pixels = Buffer.from(
      Array.from({ length: count * side * side }, (_, at) => {
        return (next() % 100) + (Math.floor(at / side / side) % 2) * 120;
      }),
    );
    writeFileSync(join(folder, `${name}-images-idx3-ubyte`), Buffer.concat([header(0x803, count, side, side), pixels]));
    const labels = Buffer.from(Array.from({ length: count }, (_, at) => at % 2));
    writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), Buffer.concat([header(0x801, count), labels]));
  }
  const source = { kind: 'file', path: join(folder, 'train-images-idx3-ubyte') } as const;
  return ((await importJob.run({ source, name: null, target: null }, contextOf())) as ImportResult).projectId;
}

function makeRun(projectId: string, fields: FieldValues, changes: Partial<TrainingSettings> = {}, split = {}): string {
  const { data: chosenData, settings } = getProject(library.db, projectId);
  const data = { ...chosenData!, split: { ...chosenData!.split, ...split } };
  const id = newId();
  const layers: LayerSpec[] = [
    { id: 'seen', type: 'efficientnet-lite0', fields: { side: 32, ...fields } },
    { id: 'answer', type: 'dense', fields: { units: 2, activation: 'linear' } },
  ];
  const chosen = { ...settings!, epochs: 3, batchSize: 16, learningRate: 0.01, ...changes };
  createRun(library.db, {
    ...{ id, projectId, name: id, data, datasetName: 'pictures' },
    network: { layers },
    settings: chosen,
  });
  return id;
}

async function eventsOf(runId: string, context = contextOf()): Promise<string[]> {
  await trainJob.run({ runId }, context);
  return runHistory(library.db, runId).events.map(({ code }) => code);
}

const kept = () => readdirSync(join(library.paths.cache, 'tensors')).length;

async function predict(runId: string, inputs: readonly unknown[]): Promise<Prediction[]> {
  const ending = new AbortController();
  let ask: ((question: unknown) => Promise<unknown>) | undefined;
  const job = predictJob.run({ runId }, contextOf({ signal: ending.signal, onAsk: (answer) => void (ask = answer) }));
  // A job that ends before it can be asked must not leave the test waiting for it.
  try {
    const asking = expect.poll(() => ask !== undefined, { timeout: 20_000 }).toBe(true);
    await Promise.race([asking, job.then(() => Promise.reject(new Error('The job ended by itself')))]);
    return (await ask?.({ inputs })) as Prediction[];
  } finally {
    ending.abort();
    await job.catch(() => undefined);
  }
}

test('features are computed once, and again only for another size or other pictures', async () => {
  const projectId = await importPictures(1);
  const first = makeRun(projectId, {});
  expect(await eventsOf(first)).toContain('features-made');
  const again = await eventsOf(makeRun(projectId, {}, { seed: 2 }));
  expect(again).toContain('features-found');
  expect(again).not.toContain('features-made');
  expect(kept()).toBe(1);
  expect(await eventsOf(makeRun(projectId, { side: 40 }))).toContain('features-made');
  expect(await eventsOf(makeRun(await importPictures(2), {}))).toContain('features-made');
  expect(kept()).toBe(3);
  // Both runs of the same seed begin alike: what was kept is what was computed.
  const losses = (runId: string) => runHistory(library.db, runId).epochs.map(({ metrics }) => metrics['loss']);
  const repeated = makeRun(projectId, {});
  await eventsOf(repeated);
  expect(losses(repeated)).toEqual(losses(first));
}, 60_000);

test('changed copies of training pictures are kept for the augmentation, their number and the split', async () => {
  const projectId = await importPictures(1);
  const flips = (probability: number) => ({ type: 'flip', fields: { probability } });
  const mixup = { type: 'mixup', fields: {} };
  const trainWith = async (fields: FieldValues, changes: Partial<TrainingSettings>, split = {}) => {
    const runId = makeRun(projectId, fields, { epochs: 1, ...changes }, split);
    const events = await eventsOf(runId);
    const { epochs } = runHistory(library.db, runId);
    return { made: events.filter((code) => code.startsWith('copies-')), loss: epochs[0]?.metrics['loss'] };
  };
  const two = { copies: 2 };
  const first = await trainWith(two, { augmentation: [flips(0.5)] });
  expect(first.made).toEqual(['copies-made']);
  expect(kept()).toBe(2);
  // What mixes examples is done anew in each step, on what the copies gave.
  expect((await trainWith(two, { seed: 2, augmentation: [flips(0.5), mixup] })).made).toEqual(['copies-found']);
  expect(await trainWith(two, { augmentation: [flips(0.5)] })).toEqual({ ...first, made: ['copies-found'] });
  expect((await trainWith({ copies: 3 }, { augmentation: [flips(0.5)] })).made).toEqual(['copies-made']);
  expect((await trainWith(two, { augmentation: [flips(0.4)] })).made).toEqual(['copies-made']);
  expect((await trainWith(two, { augmentation: [flips(0.5)] }, { seed: 9 })).made).toEqual(['copies-made']);
  expect(kept()).toBe(5);
}, 60_000);

test('features that were damaged on disk are noticed and computed again', async () => {
  const projectId = await importPictures(1);
  await eventsOf(makeRun(projectId, {}));
  const path = join(library.paths.cache, 'tensors', readdirSync(join(library.paths.cache, 'tensors'))[0]!);
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
  writeFileSync(path, bytes);
  expect(await eventsOf(makeRun(projectId, {}))).toContain('features-made');
  bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
  expect(readFileSync(path).equals(bytes)).toBe(true);
}, 60_000);

test.each(['frozen', 'last'])(
  '%s: the saved model is its trained part, and answers raw pixels the same',
  async (trained) => {
    const runId = makeRun(await importPictures(1), { trained });
    await eventsOf(runId);
    const { info, weights } = loadModel(library.db, runId);
    expect(info.pretrained).toEqual([{ layer: 'efficientnet-lite0', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(weights.byteLength).toBe(4 * (2 * 1280 + 2 + (trained === 'last' ? 2_434_688 : 0)));
    expect(info.inputShape).toEqual([side, side, 1]);
    const { rows } = predictedRows(library.db, { runId, actual: null, predicted: null, offset: 0, limit: 8 });
    const answers = await predict(
      runId,
      rows.map(({ index }) => ({ kind: 'row', index })),
    );
    rows.forEach(({ outputs, predicted }, at) => {
      expect(answers[at]?.predicted).toBe(predicted);
      outputs.forEach((value, place) => expect(answers[at]?.outputs[place]?.value).toBeCloseTo(value, 4));
    });
  },
  60_000,
);

test('a cancel or a stop in the middle of the features leaves nothing behind, and the run can be trained', async () => {
  const projectId = await importPictures(1);
  const cancelled = new AbortController();
  const runId = makeRun(projectId, {});
  const context = contextOf({
    signal: cancelled.signal,
    progress: ({ stage, done }) => stage === 'features' && done > 0 && cancelled.abort(),
  });
  await expect(trainJob.run({ runId }, context)).rejects.toThrow();
  expect(runHistory(library.db, runId).run.state).toBe('stopped');
  expect(kept()).toBe(0);
  let stop: (() => void) | undefined;
  const stopping = contextOf({
    onCommand: (listener) => void (stop = () => listener('stop')),
    progress: ({ stage, done }) => void (stage === 'features' && done > 0 && stop?.()),
  });
  expect(await trainJob.run({ runId }, stopping)).toEqual({ runId, state: 'stopped' });
  expect(kept()).toBe(0);
  expect(readdirSync(library.paths.temporary)).toEqual([]);
  expect(await eventsOf(runId)).toContain('finished');
}, 60_000);
