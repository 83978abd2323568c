/** The train and predict jobs over a real library: imported rows, real training, exact resume, figures of saved weights. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generator } from '../../catalog/random';
import {
  describeEvent,
  liveEventSchema,
  type JobCommand,
  type LiveEvent,
  type Prediction,
  type TrainingSettings,
} from '../../contract';
import { latestCheckpoint } from '../../storage/checkpoints';
import { getEvaluation, predictedRows } from '../../storage/evaluations';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { loadModel } from '../../storage/models';
import { getProject } from '../../storage/projects';
import { probeOverview } from '../../storage/probes';
import { createRun, getRun, runHistory } from '../../storage/runs';
import type { JobContext } from '../definition';
import { importJob } from './import';
import { predictJob } from './predict';
import { trainJob } from './train';

let folder: string;
let library: Library;
let live: LiveEvent[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-train-'));
  library = openLibrary(join(folder, 'library'));
  live = [];
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Told {
  command?: (command: Exclude<JobCommand, 'cancel'>) => void;
  ask?: (question: unknown) => Promise<unknown>;
  states: string[];
}

function contextOf(onLive: (event: LiveEvent) => void = () => undefined, signal = new AbortController().signal) {
  const told: Told = { states: [] };
  const context: JobContext = {
    jobId: 'job-1',
    library,
    resources: folder,
    signal,
    progress: () => undefined,
    live(event) {
      live.push(liveEventSchema.parse(event));
      onLive(event);
    },
    state: (state) => void told.states.push(state),
    onCommand: (listener) => void (told.command = listener),
    onAsk: (answer) => void (told.ask = answer),
  };
  return { context, told };
}

/** A table of 600 rows: a class and a number, both of which follow from x, y and a colour. */
function writeTable(): string {
  const next = generator(11);
  const rows = Array.from({ length: 600 }, () => {
    const [x, y] = [(next() % 1000) / 100, (next() % 1000) / 100];
    const colour = ['red', 'green', 'blue'][next() % 3]!;
    const kind = x > y ? 'above' : colour === 'red' ? 'ember' : 'below';
    return [x, y, colour, kind, (100 + 20 * x - 5 * y).toFixed(2)].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['x,y,colour,kind,price', ...rows].join('\n'));
  return path;
}

async function makeRun(target: string, changes: Partial<TrainingSettings> = {}): Promise<string> {
  const source = { kind: 'file' as const, path: writeTable() };
  const { projectId } = (await importJob.run({ source, name: null, target }, contextOf().context)) as {
    projectId: string;
  };
  const { data, network, settings } = getProject(library.db, projectId);
  const id = newId();
  const chosen = { ...settings!, epochs: 4, ...changes };
  createRun(library.db, {
    id,
    projectId,
    name: id,
    data: data!,
    datasetName: 'table',
    network: network!,
    settings: chosen,
  });
  return id;
}

const train = (runId: string, context = contextOf().context) => trainJob.run({ runId }, context);
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a classification', () => {
  test('leaves epochs, events, checkpoint, model, evaluation and test figures', async () => {
    const runId = await makeRun('kind', { epochs: 12, learningRate: 0.01 });
    expect(await train(runId)).toEqual({ runId, state: 'finished' });
    const { run, epochs, batches, events, seq } = runHistory(library.db, runId);
    expect(run).toMatchObject({ state: 'finished', backend: 'tensorflow-cpu', epochsDone: 12 });
    expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(Object.keys(epochs[0]!.metrics)).toEqual(['loss', 'accuracy', 'validation.loss', 'validation.accuracy']);
    expect(batches.length).toBeGreaterThan(12);
    expect(run.test!['accuracy']).toBeGreaterThan(0.85);
    expect(events.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['training-started', 'tested-beside-baseline', 'finished']),
    );
    for (const event of events) {
      for (const locale of ['en', 'zh'] as const) expect(describeEvent(event, locale)).not.toMatch(/[{}]/);
    }

    const evaluation = getEvaluation(library.db, runId)!;
    const { total, rows } = predictedRows(library.db, { runId, actual: null, predicted: null, offset: 0, limit: 500 });
    expect(total).toBe(evaluation.rows);
    expect(evaluation.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(evaluation.rows);
    const right = rows.filter(({ actual, predicted }) => actual === predicted).length;
    expect(right / total).toBeCloseTo(evaluation.metrics['accuracy']!, 6);

    // What always answers the most frequent class of the training rows, "above", stands beside it.
    expect(evaluation.baseline).toMatchObject({ kind: 'majority', label: 'above' });
    const [accuracy] = evaluation.scores;
    const constant = rows.filter(({ actual }) => actual === 'above').length / total;
    expect(accuracy).toMatchObject({ id: 'accuracy', value: right / total, baseline: constant });
    expect(run.test).toMatchObject({ accuracy: right / total, 'baseline.accuracy': constant });
    expect(accuracy!.interval!.low).toBeGreaterThan(constant);
    expect(evaluation.curves).toMatchObject({ kind: 'classes', classes: [{ label: 'above' }, {}, {}] });

    // Live messages are numbered without a gap, and the history ends where they do.
    expect(live.map((event) => event.seq)).toEqual(live.map((_, i) => i + 1));
    expect(seq).toBe(live.at(-1)!.seq);
    expect(live.at(-1)).toMatchObject({ type: 'state', state: 'finished' });
  });

  test('whose network has learnt nothing is said to be no better than the baseline', async () => {
    const runId = await makeRun('kind', { epochs: 1, learningRate: 1e-7 });
    await train(runId);
    const warnings = runHistory(library.db, runId).events.filter(({ level }) => level === 'warning');
    expect(warnings.map(({ code }) => code)).toContain('baseline-not-beaten');
  });

  test('keeps the best epoch, or the last where that is asked', async () => {
    const settings = {
      epochs: 8,
      learningRate: 0.05,
      earlyStopping: { enabled: false, patience: 1, restoreBest: true },
    };
    const best = await makeRun('kind', settings);
    await train(best);
    expect(loadModel(library.db, best).info.epoch).toBe(getRun(library.db, best).best!.epoch);
    const last = await makeRun('kind', {
      ...settings,
      earlyStopping: { ...settings.earlyStopping, restoreBest: false },
    });
    await train(last);
    expect(loadModel(library.db, last).info.epoch).toBe(8);
  });

  const ruled: Partial<TrainingSettings> = {
    optimizer: { type: 'adamw', fields: {} },
    schedule: { type: 'plateau', fields: { patience: 1 } },
    clipping: { kind: 'norm', limit: 0.5 },
    classWeights: 'balanced',
  };
  test.each([
    ['as settings begin', {}],
    ['with a schedule, clipping and class weights', ruled],
  ])('%s, stopped after two epochs and resumed equals one that was not, bit by bit', async (_name, rules) => {
    const changes = { ...rules, epochs: 5, earlyStopping: { enabled: false, patience: 1, restoreBest: false } };
    const [whole, parted] = [await makeRun('kind', changes), await makeRun('kind', changes)];
    await train(whole);
    const { context, told } = contextOf((event) => {
      if (event.type === 'epoch' && event.epoch.epoch === 2) told.command!('stop');
    });
    expect(await trainJob.run({ runId: parted }, context)).toEqual({ runId: parted, state: 'stopped' });
    expect(getRun(library.db, parted)).toMatchObject({ state: 'stopped', epochsDone: 2 });
    await train(parted);
    const [a, b] = [whole, parted].map((id) => runHistory(library.db, id));
    expect(b!.epochs.map(({ metrics }) => metrics)).toEqual(a!.epochs.map(({ metrics }) => metrics));
    expect(b!.batches).toEqual(a!.batches);
    expect(b!.run.state).toBe('finished');
    const [one, other] = [whole, parted].map((id) => latestCheckpoint(library.db, id)!);
    expect(hash(other!.tensors)).toBe(hash(one!.tensors));
    expect(loadModel(library.db, parted).info.sha256).toBe(loadModel(library.db, whole).info.sha256);
    expect(b!.events.map(({ code }) => code)).toEqual(expect.arrayContaining(['stopped', 'resumed', 'finished']));
    // What it read of itself on the way is the same, too.
    const [read, again] = [whole, parted].map((id) => {
      const { probe, tracks, said } = probeOverview(library.db, id, 0);
      return { probe, said, tracks: tracks.map(({ epoch, layers }) => ({ epoch, layers })) };
    });
    expect(again).toEqual(read);
    expect(read!.tracks.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(b!.events.map(({ seq }) => seq)).size).toBe(b!.events.length);
  });

  test('stopped within an epoch it keeps whole epochs as its figures, and goes on from that very step', async () => {
    const changes = { epochs: 3, batchSize: 16, earlyStopping: { enabled: false, patience: 1, restoreBest: false } };
    const [whole, parted] = [await makeRun('kind', changes), await makeRun('kind', changes)];
    await train(whole);
    const stepsPerEpoch = latestCheckpoint(library.db, whole)!.step / 3;
    const { context, told } = contextOf((event) => {
      if (event.type === 'checkpoint' && event.step > 1.2 * stepsPerEpoch) told.command!('stop');
    });
    const rhythm = { seconds: 0, share: 1e9 };
    expect(await trainJob.run({ runId: parted, rhythm }, context)).toEqual({ runId: parted, state: 'stopped' });
    const stopped = runHistory(library.db, parted);
    expect(stopped.run).toMatchObject({ state: 'stopped', epochsDone: 1, engine: { kind: 'compiled', reason: null } });
    expect(stopped.epochs).toHaveLength(1);
    const { step } = latestCheckpoint(library.db, parted)!;
    expect(step % stepsPerEpoch).toBeGreaterThan(0);
    expect(stopped.events.find(({ code }) => code === 'stopped-within')?.parameters).toEqual({
      ...{ epoch: 2, step, epochs: 1 },
    });
    expect(stopped.batches.at(-1)!.step).toBe(step);
    await train(parted);
    const [a, b] = [whole, parted].map((id) => runHistory(library.db, id));
    expect(b!.epochs.map(({ metrics }) => metrics)).toEqual(a!.epochs.map(({ metrics }) => metrics));
    expect(b!.batches).toEqual(a!.batches);
    expect(loadModel(library.db, parted).info.sha256).toBe(loadModel(library.db, whole).info.sha256);
  });

  test('a pause within an epoch keeps its place', async () => {
    const runId = await makeRun('kind', { epochs: 2, batchSize: 8 });
    const at: number[] = [];
    let hasPaused = false;
    const { context, told } = contextOf((event) => {
      if (event.type === 'batch' && !hasPaused) {
        hasPaused = true;
        told.command!('pause');
      }
      if (event.type !== 'checkpoint') return;
      at.push(latestCheckpoint(library.db, runId)!.step);
      told.command!('resume');
    });
    await trainJob.run({ runId }, context);
    expect(at).toHaveLength(1);
    expect(getRun(library.db, runId)).toMatchObject({ state: 'finished', epochsDone: 2 });
  });

  test('pauses and goes on, as the library and the host see it', async () => {
    const runId = await makeRun('kind', { epochs: 3 });
    const { context, told } = contextOf((event) => {
      if (event.type === 'epoch' && event.epoch.epoch === 1) told.command!('pause');
      if (event.type !== 'state' || event.state !== 'paused') return;
      setImmediate(() => {
        expect(getRun(library.db, runId).state).toBe('paused');
        told.command!('resume');
      });
    });
    await trainJob.run({ runId }, context);
    expect(told.states).toEqual(['paused', 'running']);
    expect(getRun(library.db, runId)).toMatchObject({ state: 'finished', epochsDone: 3 });
  });

  test('a diverging loss fails with its cause, and keeps the last good model where there is one', async () => {
    // The decay multiplies weights by 1 − rate at each step; without it ReLUs may die before anything overflows.
    const optimizer = { type: 'sgd', fields: { momentum: 0, weightDecay: 1 } };
    for (const [learningRate, batchSize, code] of [
      [100, 32, 'loss-not-finite-first-epoch'],
      // One step an epoch.
      [3, 600, 'loss-not-finite'],
    ] as const) {
      const runId = await makeRun('kind', {
        ...{ epochs: 200, learningRate, batchSize, optimizer },
        earlyStopping: { enabled: false, patience: 1, restoreBest: false },
      });
      await expect(train(runId)).rejects.toMatchObject({ code });
      const { run, events } = runHistory(library.db, runId);
      expect(run.state).toBe('failed');
      expect(run.error).toMatchObject({ code, parameters: { learningRate, epoch: run.epochsDone + 1 } });
      expect(events.at(-1)).toMatchObject({ code, level: 'error' });
      if (code === 'loss-not-finite-first-epoch')
        expect(() => loadModel(library.db, runId)).toThrow(/no-model|without/);
      else {
        const { info, weights } = loadModel(library.db, runId);
        expect(info.epoch).toBe(run.epochsDone);
        expect(new Float32Array(weights.buffer).every(Number.isFinite)).toBe(true);
      }
      const newest = latestCheckpoint(library.db, runId);
      expect(newest?.epoch ?? 0).toBe(run.epochsDone);
      if (newest) expect(newest.state).toMatchObject({ part: null });
    }
  });

  test('a cancel ends as stopped and throws', async () => {
    const runId = await makeRun('kind', { epochs: 1000 });
    const abort = new AbortController();
    const { context } = contextOf((event) => {
      if (event.type === 'epoch' && event.epoch.epoch === 2) abort.abort(new Error('cancelled'));
    }, abort.signal);
    await expect(trainJob.run({ runId }, context)).rejects.toThrow('cancelled');
    expect(getRun(library.db, runId)).toMatchObject({ state: 'stopped', epochsDone: 2 });
  });
});

describe('a regression', () => {
  test('is measured and predicted in the unit of its column', async () => {
    const runId = await makeRun('price', { epochs: 40, learningRate: 0.01 });
    await train(runId);
    const { metrics, confusion } = getEvaluation(library.db, runId)!;
    // Prices spread over 50 to 300; a network that has learnt x and y is off by a few.
    expect(metrics['mean-absolute-error']).toBeLessThan(8);
    expect(metrics['root-mean-squared-error']).toBeGreaterThanOrEqual(metrics['mean-absolute-error']!);
    expect(confusion).toEqual([]);
    const { rows } = predictedRows(library.db, { runId, actual: null, predicted: null, offset: 0, limit: 5 });
    for (const { actual } of rows) expect(actual).toBeGreaterThan(40);

    const [answer] = await ask(runId, [{ kind: 'values', values: { x: 5, y: 2, colour: 'red', kind: 'above' } }]);
    expect(Math.abs((answer!.predicted as number) - 190)).toBeLessThan(25);
  });
});

async function ask(runId: string, inputs: object[]): Promise<Prediction[]> {
  const abort = new AbortController();
  const { context, told } = contextOf(undefined, abort.signal);
  const job = predictJob.run({ runId }, context);
  while (!told.ask) await new Promise((resolve) => setImmediate(resolve));
  const answers = (await told.ask({ inputs })) as Prediction[];
  abort.abort(new Error('cancelled'));
  await expect(job).rejects.toThrow('cancelled');
  return answers;
}

describe('predict', () => {
  test('answers with the probabilities that the evaluation saved, and refuses what does not fit', async () => {
    const runId = await makeRun('kind', { epochs: 2 });
    await train(runId);
    const { rows } = predictedRows(library.db, { runId, actual: null, predicted: null, offset: 0, limit: 500 });
    const ordered = rows.toSorted((a, b) => a.index - b.index);
    const answers = await ask(
      runId,
      ordered.map(({ index }) => ({ kind: 'row', index })),
    );
    expect(answers.map(({ outputs }) => outputs.map(({ value }) => value))).toEqual(
      ordered.map(({ outputs }) => outputs),
    );
    expect(answers.map(({ predicted }) => predicted)).toEqual(ordered.map(({ predicted }) => predicted));
    await expect(ask(runId, [{ kind: 'pixels', pixels: new Uint8Array(4) }])).rejects.toMatchObject({
      code: 'input-not-values',
    });
  });

  test('a run without a complete epoch has no model', async () => {
    const runId = await makeRun('kind');
    await expect(predictJob.run({ runId }, contextOf().context)).rejects.toMatchObject({ code: 'run-without-model' });
  });
});
