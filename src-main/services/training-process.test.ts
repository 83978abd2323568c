/** Training and prediction in processes of their own, as the app runs them: a kill loses no epoch, a model reopens bit by bit. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { generator } from '../catalog/random';
import type { ImportResult, LiveEvent, Prediction, PredictionInput } from '../contract';
import { latestCheckpoint } from '../storage/checkpoints';
import { getEvaluation, predictedRows } from '../storage/evaluations';
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
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  entry = await buildJobEntry('src-main/jobs/entry.ts');
}, 120_000);
afterAll(() => entry.remove());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-process-'));
  library = openLibrary(join(folder, 'library'));
  supervisor = new Supervisor({ library, resources: folder, launch: () => forkJob(entry.file), log: silent });
});
afterEach(async () => {
  await supervisor.shutdown(100);
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

/** 5,000 rows of six numbers, whose class is the sign pattern of two sums. */
async function importTable(): Promise<string> {
  const next = generator(3);
  const rows = Array.from({ length: 5000 }, () => {
    const values = Array.from({ length: 6 }, () => ((next() % 2001) - 1000) / 100);
    const [a, b, c, d] = values as [number, number, number, number];
    return [...values, `${a + b > 0 ? 'p' : 'q'}${c - d > 0 ? '1' : '2'}`].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['a,b,c,d,e,f,kind', ...rows].join('\n'));
  const input = { source: { kind: 'file', path }, name: null, target: 'kind' };
  const job = supervisor.start({ kind: 'import', input, subject: 'table', subjectId: null });
  return ((await supervisor.result(job.id)) as ImportResult).projectId;
}

function makeRun(projectId: string, epochs: number): string {
  const { data, network, settings } = getProject(library.db, projectId);
  const id = newId();
  const all = data && network && settings;
  if (!all) throw new Error('The import proposed nothing');
  const split = { kind: 'random' as const, seed: 1, validation: 0.1, test: 0.2, stratified: false };
  const chosen = { ...settings, epochs, earlyStopping: { enabled: false, patience: 1, restoreBest: false } };
  createRun(library.db, {
    id,
    projectId,
    name: id,
    data: { ...data, split },
    datasetName: 't',
    network,
    settings: chosen,
  });
  return id;
}

function startTraining(runId: string, onLive: (event: LiveEvent, jobId: string) => void = () => undefined) {
  const job = supervisor.start({ kind: 'train', input: { runId }, subject: 'run', subjectId: runId });
  supervisor.onLive(job.id, (event) => onLive(event, job.id));
  return supervisor.result(job.id);
}

test('a model reopened in a new process gives bit-equal probabilities on 1,000 test rows', async () => {
  const runId = makeRun(await importTable(), 2);
  await startTraining(runId);
  expect(getEvaluation(library.db, runId)?.rows).toBe(1000);
  const pages = [0, 500].map((offset) =>
    predictedRows(library.db, { runId, actual: null, predicted: null, offset, limit: 500 }),
  );
  const rows = pages.flatMap((page) => page.rows).sort((a, b) => a.index - b.index);
  const inputs = rows.map(({ index }): PredictionInput => ({ kind: 'row', index }));
  const job = supervisor.start({ kind: 'predict', input: { runId }, subject: 'run', subjectId: runId });
  supervisor.result(job.id).catch(() => undefined);
  const answers = (await supervisor.ask(job.id, { inputs })) as Prediction[];
  expect(answers.map(({ outputs }) => outputs.map(({ value }) => value))).toEqual(rows.map(({ outputs }) => outputs));
}, 120_000);

test('killed in its third epoch it keeps two, and resumed it ends as if nothing had happened', async () => {
  const projectId = await importTable();
  const [whole, killed] = [makeRun(projectId, 4), makeRun(projectId, 4)];
  await startTraining(whole);

  const children: ReturnType<typeof forkJob>[] = [];
  await supervisor.shutdown(100);
  const launch = () => {
    const child = forkJob(entry.file);
    children.push(child);
    return child;
  };
  supervisor = new Supervisor({ library, resources: folder, launch, log: silent });
  const death = startTraining(killed, (event) => {
    if (event.type === 'epoch' && event.epoch.epoch === 2) setImmediate(() => children.at(-1)?.kill());
  });
  await expect(death).rejects.toMatchObject({ code: 'job-killed' });
  const interrupted = runHistory(library.db, killed);
  expect(interrupted.run.state).toBe('interrupted');
  expect(interrupted.run.epochsDone).toBe(latestCheckpoint(library.db, killed)?.epoch);
  expect(interrupted.epochs.length).toBe(interrupted.run.epochsDone);
  expect(interrupted.epochs.length).toBeGreaterThanOrEqual(1);
  expect(interrupted.epochs.length).toBeLessThan(4);

  await startTraining(killed);
  const [a, b] = [whole, killed].map((id) => runHistory(library.db, id));
  expect(b?.epochs.map(({ metrics }) => metrics)).toEqual(a?.epochs.map(({ metrics }) => metrics));
  expect(loadModel(library.db, killed).info.sha256).toBe(loadModel(library.db, whole).info.sha256);
}, 120_000);
