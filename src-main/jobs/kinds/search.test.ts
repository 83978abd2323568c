/** The search job over a real library: trials that are kept as they go, ended and gone on with, and never see a test row. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { applyTrial } from '../../catalog';
import { generator } from '../../catalog/random';
import type { JobCommand, SearchPlan, Trial } from '../../contract';
import { buildModel } from '../../engine/build';
import { loadTensorFlow, type TensorFlow } from '../../engine/tf';
import { setModelWeights } from '../../engine/weights';
import { getEvaluation } from '../../storage/evaluations';
import { newId } from '../../storage/ids';
import { insertJob } from '../../storage/jobs';
import { openLibrary, type Library } from '../../storage/library';
import { getProject } from '../../storage/projects';
import { getRun } from '../../storage/runs';
import { changedTrials, listTrials } from '../../storage/search-trials';
import { createSearch, getSearch, startSearch } from '../../storage/searches';
import { listTrialWeights } from '../../storage/trial-weights';
import type { JobContext } from '../definition';
import { openSavedModel } from '../training/saved-model';
import { importJob } from './import';
import { searchJob } from './search';

let folder: string;
let library: Library;
let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-search-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

type Command = Exclude<JobCommand, 'cancel'>;

function contextOf(changes: Partial<JobContext> = {}) {
  const told: { command?: (command: Command) => void } = {};
  const context: JobContext = {
    jobId: newId(),
    library,
    resources: folder,
    signal: new AbortController().signal,
    progress: () => undefined,
    live: () => undefined,
    state: () => undefined,
    onCommand: (listener) => void (told.command = listener),
    onAsk: () => undefined,
    ...changes,
  };
  return { context, told };
}

/** Rows of two numbers and a class that follows from them; every fifth is a validation row, every other fifth a test row. */
function tableOf(rows: number, { spoilt = false, noise = 0 } = {}): string {
  const next = generator(11);
  const lines = Array.from({ length: rows }, (_, row) => {
    const [x, y] = [(next() % 1000) / 100, (next() % 1000) / 100];
    const part = ['training', 'validation', 'training', 'test', 'training'][row % 5]!;
    const isSpoilt = spoilt && part === 'test';
    const isWrong = next() % 100 < noise || isSpoilt;
    const kind = x > y !== isWrong ? 'above' : 'below';
    return [isSpoilt ? 1e6 * x : x, y, kind, part].join(',');
  });
  return ['x,y,kind,split', ...lines].join('\n');
}

async function importTable(text: string): Promise<string> {
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  const source = { kind: 'file' as const, path };
  const { projectId } = (await importJob.run({ source, name: null, target: 'kind' }, contextOf().context)) as {
    projectId: string;
  };
  return projectId;
}

const split = { kind: 'given' as const, seed: 1, stratified: false, validation: 0, column: 'split' };

function planOf(projectId: string, changes: Partial<SearchPlan> = {}): SearchPlan {
  const { data, settings } = getProject(library.db, projectId);
  return {
    data: { ...data!, types: { split: 'ignored' }, split },
    network: {
      layers: [
        { id: 'hidden', type: 'dense', fields: { units: 8 } },
        { id: 'output', type: 'dense', fields: { units: 2, activation: 'linear' } },
      ],
    },
    settings: { ...settings!, epochs: 4, batchSize: 32, seed: 5 },
    parameters: [
      { path: 'settings.learningRate', range: { kind: 'number', minimum: 1e-3, maximum: 0.1, scale: 'log' } },
      { path: 'layer.hidden.units', range: { kind: 'integer', minimum: 2, maximum: 32, scale: 'log' } },
    ],
    sampler: { type: 'random', fields: {} },
    pruner: { type: 'none', fields: {} },
    metric: 'accuracy',
    second: null,
    limits: [],
    budget: { minutes: null, trials: 3 },
    seed: 3,
    finish: { seeds: 0, together: 1 },
    ownRunId: null,
    ...changes,
  };
}

function makeSearch(projectId: string, plan: SearchPlan): string {
  return createSearch(library.db, { id: newId(), projectId, name: newId(), plan }).id;
}

function search(id: string, changes: Partial<JobContext> = {}) {
  const { context, told } = contextOf(changes);
  const shown = { kind: 'search', subject: 's', subjectId: id, progress: null, error: null, endedAt: null };
  insertJob(library.db, { ...shown, id: context.jobId, state: 'running', createdAt: Date.now() });
  startSearch(library.db, id, context.jobId);
  return { told, end: searchJob.run({ searchId: id }, context) };
}

const learnt = (trials: readonly Trial[]) =>
  trials.map(({ number, state, values, curve, value, error }) => ({ number, state, values, curve, value, error }));

test('trials are kept with their curves and measures, and the best by the validation rows is named', async () => {
  const projectId = await importTable(tableOf(500));
  const id = makeSearch(projectId, planOf(projectId));
  await search(id).end;
  const trials = listTrials(library.db, id);
  expect(trials.map(({ state, curve }) => [state, curve.length])).toEqual(
    Array.from({ length: 3 }, () => ['finished', 4]),
  );
  for (const { curve, value, measures, values, seconds } of trials) {
    expect(value).toBe(Math.max(...curve));
    const units = Number(values['layer.hidden.units']);
    expect(measures).toMatchObject({ parameters: 5 * units + 2, bytes: 4 * (5 * units + 2) });
    expect(measures.latency).toBeGreaterThan(0);
    expect(seconds).toBeGreaterThan(0);
  }
  const found = getSearch(library.db, id);
  expect(found).toMatchObject({
    state: 'finished',
    counts: { finished: 3 },
    outcome: { ended: 'trials', together: null },
  });
  expect(trials[found.best! - 1]!.value).toBe(Math.max(...trials.map(({ value }) => value!)));
  // Who polls gets each once.
  const first = changedTrials(library.db, id, 0, 2);
  expect([first.trials.length, first.more]).toEqual([2, true]);
  const rest = changedTrials(library.db, id, first.since, 3);
  expect([...first.trials, ...rest.trials].map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(changedTrials(library.db, id, rest.since, 3)).toEqual({ trials: [], since: rest.since, more: false });
});

test('trials that share a compiled step learn what each would by itself', async () => {
  const projectId = await importTable(tableOf(200, { noise: 20 }));
  const base = planOf(projectId);
  const network = { layers: base.network.layers.toSpliced(1, 0, { id: 'd', type: 'dropout', fields: { rate: 0.2 } }) };
  const optimizer = { type: 'adamw', fields: {} };
  const settings = { ...base.settings, batchSize: 32, epochs: 3, optimizer };
  const shared = { network, settings, sampler: { type: 'grid', fields: {} }, metric: 'loss' };
  const rates = (...values: number[]): SearchPlan['parameters'] => [
    { path: 'settings.learningRate', range: { kind: 'choice', values } },
  ];
  const tried = async (parameters: SearchPlan['parameters']) => {
    const id = makeSearch(projectId, planOf(projectId, { ...shared, parameters }));
    await search(id).end;
    return listTrials(library.db, id).map(({ values, curve }) => ({ values, curve }));
  };
  let loaded = 0;
  const native = watchNative((binding) => ({
    loadSavedModel: (...call) => (loaded++, binding.loadSavedModel(...call)),
  }));
  const together = await tried(rates(0.1, 0.02, 0.004));
  native.end();
  expect(loaded).toBe(1);
  expect(new Set(together.map(({ curve }) => JSON.stringify(curve))).size).toBe(3);
  for (const one of together.slice(1))
    expect(await tried(rates(Number(one.values['settings.learningRate'])))).toEqual([one]);
});

/** The native binding with some calls replaced, until `end`. */
function watchNative(replaced: (binding: Native) => Partial<Native>) {
  const holder = tf.backend() as unknown as { binding: Native };
  const { binding } = holder;
  const own = replaced(binding);
  holder.binding = new Proxy(own as Native, { get: (_, key) => Reflect.get(own, key) ?? Reflect.get(binding, key) });
  return { end: () => void (holder.binding = binding) };
}
interface Native {
  loadSavedModel(...call: unknown[]): unknown;
  runSavedModel(id: number, inputs: unknown, names: string, outputs: string): unknown;
}

test('where a batch does not fit, a trial halves it as a run does, and says so', async () => {
  const projectId = await importTable(tableOf(200));
  const base = planOf(projectId);
  const sizes = (...values: number[]) => [{ path: 'settings.batchSize', range: { kind: 'choice' as const, values } }];
  const grid = { settings: base.settings, sampler: { type: 'grid', fields: {} } };
  const tried = async (parameters: SearchPlan['parameters']) => {
    const id = makeSearch(projectId, planOf(projectId, { ...grid, parameters }));
    await search(id).end;
    return listTrials(library.db, id);
  };
  const tensors = tf.memory().numTensors;
  const native = watchNative((binding) => ({
    runSavedModel(id, inputs, names, outputs) {
      if (Number(/train_(\d+)x/.exec(names)?.[1] ?? 0) <= 16) return binding.runSavedModel(id, inputs, names, outputs);
      throw new Error('Invalid TF_Status: 8\nMessage: OOM when allocating tensor');
    },
  }));
  const halved = await tried(sizes(16, 64)).finally(() => native.end());
  expect(halved.map(({ state, measures }) => [state, measures.batchSize])).toEqual([
    ['finished', undefined],
    ['finished', 16],
  ]);
  expect(halved[1]!.curve).toEqual(halved[0]!.curve);
  expect(tf.memory().numTensors).toBe(tensors);
  const none = watchNative(() => ({
    runSavedModel() {
      throw new Error('Invalid TF_Status: 8\nMessage: OOM when allocating tensor');
    },
  }));
  const [failed] = await tried(sizes(32)).finally(() => none.end());
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'out-of-memory' } });
});

test('no trial is any different where the test rows hold nonsense', async () => {
  const curves: unknown[] = [];
  for (const spoilt of [false, true]) {
    const projectId = await importTable(tableOf(500, { spoilt }));
    const id = makeSearch(projectId, planOf(projectId, { budget: { minutes: null, trials: 2 } }));
    await search(id).end;
    curves.push(learnt(listTrials(library.db, id)));
  }
  expect(curves[1]).toEqual(curves[0]);
});

test('stopped in the middle of a trial, it keeps what there is and goes on as if nothing had been', async () => {
  const projectId = await importTable(tableOf(500));
  const plan = planOf(projectId, {
    sampler: { type: 'tpe', fields: { startup: 2 } },
    pruner: { type: 'asha', fields: { reduction: 2 } },
    budget: { minutes: null, trials: 7 },
  });
  const whole = makeSearch(projectId, plan);
  await search(whole).end;
  const id = makeSearch(projectId, plan);
  const { told, end } = search(id, {
    progress: () => {
      const running = listTrials(library.db, id).at(-1);
      if (running?.number === 4 && running.state === 'running') told.command!('stop');
    },
  });
  await end;
  expect(getSearch(library.db, id)).toMatchObject({ state: 'stopped', outcome: { ended: 'stopped' } });
  expect(listTrials(library.db, id).map(({ state }) => state)).toEqual([
    expect.anything(),
    expect.anything(),
    expect.anything(),
    'interrupted',
  ]);
  await search(id).end;
  const trials = listTrials(library.db, id);
  expect(learnt(trials)).toEqual(learnt(listTrials(library.db, whole)));
  const pruned = trials.filter(({ state }) => state === 'pruned');
  expect(pruned.length).toBeGreaterThan(0);
  for (const { curve } of pruned) expect(curve.length).toBeLessThan(4);
  expect(getSearch(library.db, id)).toMatchObject({ state: 'finished', best: getSearch(library.db, whole).best });
});

test('what goes wrong in a trial is its own end, and a search in which nothing comes through ends', async () => {
  const projectId = await importTable(tableOf(200));
  const mixed = {
    parameters: [
      { path: 'settings.learningRate', range: { kind: 'choice' as const, values: [0.01, 100] } },
      { path: 'optimizer', range: { kind: 'choice' as const, values: ['sgd'] } },
      { path: 'loss', range: { kind: 'choice' as const, values: ['cross-entropy'] } },
    ],
  };
  const base = planOf(projectId);
  const explosive = {
    ...base.network,
    layers: base.network.layers.map((layer) => ({ ...layer, fields: { ...layer.fields, activation: 'linear' } })),
  };
  const id = makeSearch(projectId, { ...base, ...mixed, network: explosive, budget: { minutes: null, trials: 5 } });
  await search(id).end;
  const trials = listTrials(library.db, id);
  const failed = trials.filter(({ state }) => state === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.length).toBeLessThan(trials.length);
  for (const { values, error } of failed) {
    expect(values['settings.learningRate']).toBe(100);
    expect(error!.code).toMatch(/^loss-not-finite/);
  }
  expect(getSearch(library.db, id).state).toBe('finished');

  const lost = makeSearch(projectId, {
    ...{ ...base, network: explosive, budget: { minutes: null, trials: 50 } },
    parameters: mixed.parameters.map((one) => {
      return one.path === 'settings.learningRate' ? { ...one, range: { kind: 'choice', values: [100] } } : one;
    }),
  });
  await expect(search(lost).end).rejects.toThrow(/search-trials-fail/);
  const { state, error, counts } = getSearch(library.db, lost);
  expect([state, error?.code, counts.failed]).toEqual(['failed', 'search-trials-fail', 10]);
});

test('a trial above a limit is not trained, and no answer', async () => {
  const projectId = await importTable(tableOf(200));
  const limits = [{ measure: 'parameters' as const, most: 42 }];
  const id = makeSearch(projectId, planOf(projectId, { limits, budget: { minutes: null, trials: 5 } }));
  await search(id).end;
  for (const { values, state, curve } of listTrials(library.db, id)) {
    const fits = Number(values['layer.hidden.units']) <= 8;
    expect([state, curve.length]).toEqual(fits ? ['finished', 4] : ['pruned', 0]);
  }
  const best = getSearch(library.db, id).best!;
  expect(listTrials(library.db, id)[best - 1]!.measures.parameters).toBeLessThanOrEqual(42);
});

test('minutes are kept, with trials until they are over', async () => {
  const projectId = await importTable(tableOf(2000));
  const seconds = 5;
  const plan = planOf(projectId, { budget: { minutes: seconds / 60, trials: null } });
  const id = makeSearch(projectId, { ...plan, settings: { ...plan.settings, epochs: 200, batchSize: 16 } });
  const began = performance.now();
  await search(id).end;
  const took = (performance.now() - began) / 1000;
  // Of a minute it is 5 %; of so few seconds, what a busy machine takes to begin one trial, which may no longer fit, counts more.
  expect(took).toBeGreaterThan(0.8 * seconds);
  expect(took).toBeLessThan(1.1 * seconds);
  const found = getSearch(library.db, id);
  expect(found).toMatchObject({ state: 'finished', outcome: { ended: 'minutes' } });
  expect(Math.abs(found.seconds - took)).toBeLessThan(0.3);
});

test('several of the best answer together with the mean of what they say, as a run that is tested and can be used', async () => {
  const projectId = await importTable(tableOf(300, { noise: 20 }));
  const plan = planOf(projectId, {
    // Widths of which none is much better than another.
    parameters: [{ path: 'layer.hidden.units', range: { kind: 'choice', values: [16, 20, 24, 28, 32] } }],
    sampler: { type: 'grid', fields: {} },
    finish: { seeds: 0, together: 3 },
  });
  const settings = { ...plan.settings, epochs: 20, learningRate: 0.1 };
  const id = makeSearch(projectId, { ...plan, settings, metric: 'loss' });
  await search(id).end;
  const { together } = getSearch(library.db, id).outcome!;
  expect(together!.members.length).toBeGreaterThan(1);
  expect(together!.value).toBeLessThan(together!.alone);
  const run = getRun(library.db, together!.runId);
  expect(run).toMatchObject({ state: 'finished', epochsDone: 1, search: { id, trial: null } });
  expect(run.best).toEqual({
    metric: 'validation.loss',
    value: expect.closeTo(together!.value, 5) as number,
    epoch: 1,
  });
  expect(getEvaluation(library.db, run.id)!.rows).toBe(60);

  const { tf } = await loadTensorFlow();
  const saved = openSavedModel(tf, { library, resources: folder }, run.id);
  const rows = tf.tensor2d([0.3, -0.4, 1.2, 0.1, -2, 0.7], [3, 2]);
  const said = (saved.finished.model.predict(rows) as Tensor).arraySync() as number[][];
  const kept = listTrialWeights(library.db, id).filter(({ number }) => together!.members.includes(number));
  const answers = kept.map(({ number, weights }) => {
    const { network } = applyTrial(plan, listTrials(library.db, id)[number - 1]!.values);
    const model = buildModel(tf, network, [2], 2, 0);
    setModelWeights(tf, model, weights);
    return (model.predict(rows) as Tensor).arraySync() as number[][];
  });
  expect(answers).toHaveLength(together!.members.length);
  for (const [row, values] of said.entries()) {
    for (const [column, value] of values.entries()) {
      const mean = answers.reduce((sum, answer) => sum + answer[row]![column]!, 0) / answers.length;
      expect(value).toBeCloseTo(mean, 6);
    }
  }
});

test('trials leave nothing in memory', async () => {
  const projectId = await importTable(tableOf(60));
  const plan = planOf(projectId, { budget: { minutes: null, trials: 12 } });
  const id = makeSearch(projectId, { ...plan, settings: { ...plan.settings, epochs: 1 } });
  const { tf } = await loadTensorFlow();
  const counts = new Map<number, number>();
  await search(id, {
    progress: () => void counts.set(getSearch(library.db, id).counts.finished, tf.memory().numTensors),
  }).end;
  expect(getSearch(library.db, id).counts.finished).toBe(12);
  const after = tf.memory().numTensors;
  expect(Math.max(...[...counts].filter(([done]) => done > 5).map(([, count]) => count))).toBeLessThan(after + 100);
  expect(after).toBeLessThanOrEqual(counts.get(1) ?? after);
}, 60_000);
