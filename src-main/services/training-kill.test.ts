/**
 * Real training processes, ended by SIGKILL in the middle of an epoch and started again: the weights they end with are those
 * of a run that nobody touched. `engine/exact-resume.test.ts` holds the table of all optimizers, in one process.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { optimizers } from '../catalog';
import { generator } from '../catalog/random';
import type { ImportResult, LayerSpec, LiveEvent, TrainingSettings } from '../contract';
import { latestCheckpoint } from '../storage/checkpoints';
import { newId } from '../storage/ids';
import { openLibrary, type Library } from '../storage/library';
import { loadModel } from '../storage/models';
import { getProject } from '../storage/projects';
import { createRun, runHistory } from '../storage/runs';
import { Supervisor } from './supervisor';
import { buildJobEntry, forkJob } from './testing/launch';

let entry: Awaited<ReturnType<typeof buildJobEntry>>;
let folder: string;
let library: Library;
let supervisor: Supervisor;
let projectId: string;
const children: ReturnType<typeof forkJob>[] = [];

beforeAll(async () => {
  entry = await buildJobEntry('src-main/jobs/entry.ts');
  folder = mkdtempSync(join(tmpdir(), 'tandem-kill-'));
  library = openLibrary(join(folder, 'library'));
  const launch = () => {
    const child = forkJob(entry.file);
    children.push(child);
    return child;
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  supervisor = new Supervisor({ library, resources: folder, launch, log });
  projectId = await importTable();
}, 120_000);
afterAll(async () => {
  await supervisor.shutdown(100);
  library.close();
  rmSync(folder, { recursive: true, force: true });
  await entry.remove();
});

const rows = 800;
const batchSize = 16;
const split = { kind: 'random' as const, seed: 1, validation: 0.1, test: 0.1, stratified: false };
const stepsPerEpoch = Math.ceil((0.8 * rows) / batchSize);
const epochs = 3;

/** Rows of four numbers, whose class is the sign of a sum. */
async function importTable(): Promise<string> {
  const next = generator(3);
  const lines = Array.from({ length: rows }, () => {
    const values = Array.from({ length: 4 }, () => ((next() % 2001) - 1000) / 100);
    return [...values, (values[0] ?? 0) + (values[1] ?? 0) > 0 ? 'p' : 'q'].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['a,b,c,d,kind', ...lines].join('\n'));
  const input = { source: { kind: 'file', path }, name: null, target: 'kind' };
  const job = supervisor.start({ kind: 'import', input, subject: 'table', subjectId: null });
  return ((await supervisor.result(job.id)) as ImportResult).projectId;
}

interface Case {
  readonly optimizer: string;
  readonly dropout: boolean;
}
/** Optimizers with several tensors of state for each weight, with one and with none. */
const cases: Case[] = [
  { optimizer: 'amsgrad', dropout: true },
  { optimizer: 'rmsprop', dropout: true },
  { optimizer: 'adam', dropout: false },
  { optimizer: 'sgd', dropout: true },
];

function makeRun({ optimizer, dropout }: Case): string {
  const { data, settings } = getProject(library.db, projectId);
  if (!data || !settings) throw new Error('The import proposed nothing');
  const chosen: TrainingSettings = {
    ...settings,
    ...{ epochs, batchSize },
    learningRate: optimizers.get(optimizer).defaultLearningRate,
    optimizer: { type: optimizer, fields: optimizer === 'rmsprop' ? { momentum: 0.5 } : {} },
    earlyStopping: { enabled: false, patience: 1, restoreBest: false },
  };
  const layers: LayerSpec[] = [
    { id: 'a', type: 'dense', fields: { units: 8 } },
    { id: 'n', type: 'batch-normalization', fields: {} },
    ...(dropout ? [{ id: 'd', type: 'dropout', fields: { rate: 0.3 } }] : []),
    { id: 'o', type: 'dense', fields: { units: 2, activation: 'linear' } },
  ];
  const id = newId();
  createRun(library.db, {
    ...{ id, projectId, name: id, data: { ...data, split }, datasetName: 't' },
    network: { layers },
    settings: chosen,
  });
  return id;
}

/** Keeps every step's state and kills the process as it says so past a step, until that has hit the middle of an epoch. */
async function killInEpoch(runId: string): Promise<number> {
  for (let after = Math.floor(1.3 * stepsPerEpoch); ;) {
    const input = { runId, rhythm: { seconds: 0, share: 1e9 } };
    const job = supervisor.start({ kind: 'train', input, subject: 'run', subjectId: runId });
    const child = children.at(-1);
    supervisor.onLive(job.id, (event: LiveEvent) => {
      if (event.type === 'checkpoint' && event.step > after) child?.kill();
    });
    await expect(supervisor.result(job.id)).rejects.toThrow();
    const { run } = runHistory(library.db, runId);
    expect(run.state).toBe('interrupted');
    const checkpoint = latestCheckpoint(library.db, runId);
    if (checkpoint && checkpoint.step % stepsPerEpoch !== 0) {
      expect(run.epochsDone).toBe(Math.floor(checkpoint.step / stepsPerEpoch));
      return checkpoint.step;
    }
    after = checkpoint?.step ?? 0;
  }
}

/** From where the run stands to its end. */
async function train(runId: string): Promise<void> {
  const job = supervisor.start({ kind: 'train', input: { runId }, subject: 'run', subjectId: runId });
  await supervisor.result(job.id);
}

/** What must be equal. */
function outcome(runId: string) {
  const history = runHistory(library.db, runId);
  return {
    weights: loadModel(library.db, runId).info.sha256,
    epochs: history.epochs.map(({ metrics }) => metrics),
    batches: history.batches,
    test: history.run.test,
  };
}

test(`killed in the middle of an epoch and resumed, ${cases.length} runs end with the weights of runs that were not`, async () => {
  const waiting = [...cases];
  const killedAt: number[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [whole, killed] = [makeRun(next), makeRun(next)];
      killedAt.push(await killInEpoch(killed));
      await train(killed);
      await train(whole);
      expect(outcome(killed), JSON.stringify(next)).toEqual(outcome(whole));
    }
  };
  await Promise.all([work(), work()]);
  expect(killedAt).toHaveLength(cases.length);
  expect(killedAt.every((step) => step > stepsPerEpoch && step < epochs * stepsPerEpoch)).toBe(true);
}, 300_000);
