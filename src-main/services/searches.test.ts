/**
 * Searches as the window and the terminal have them, over real processes: killed in the middle and gone on with, the best made
 * anew with seeds and held against the person's own run.
 */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ContractHandlers, Run, Search, SearchPlan, Trial } from '../contract';
import { openLibrary } from '../storage/library';
import { join } from 'node:path';
import { readHere } from './data-reader';
import { GrantedFiles } from './files';
import { createServices } from './index';
import { buildJobEntry } from './testing/launch';
import { TrainingBench } from './testing/training';

let entry: Awaited<ReturnType<typeof buildJobEntry>>;
let bench: TrainingBench;
let services: ContractHandlers;
let projectId: string;
let plan: SearchPlan;

beforeAll(async () => {
  entry = await buildJobEntry('src-main/jobs/entry.ts');
  open();
  projectId = await bench.importTable();
  const proposed = await services.searches.propose({ projectId, minutes: null });
  plan = {
    ...proposed,
    settings: { ...proposed.settings, epochs: 6, batchSize: 64 },
    parameters: proposed.parameters.filter(({ path }) => path === 'settings.learningRate'),
    sampler: { type: 'tpe', fields: { startup: 2 } },
    pruner: { type: 'asha', fields: { reduction: 2 } },
    budget: { minutes: null, trials: 5 },
    finish: { seeds: 0, together: 1 },
  };
}, 120_000);
afterAll(async () => {
  await bench.close();
  rmSync(bench.folder, { recursive: true, force: true });
  await entry.remove();
});

/** As the app is opened. @param folder of an earlier bench; a fresh one if absent */
function open(folder?: string): void {
  bench = new TrainingBench(entry.file, folder);
  const { library, supervisor } = bench;
  const context = { library, supervisor, data: readHere(library), resources: bench.folder, files: new GrantedFiles() };
  services = createServices({ ...context, notify: () => undefined });
}

/** Until it has ended, or something else is so. */
async function until(
  id: string,
  isSo: (search: Search) => boolean = ({ endedAt }) => endedAt !== null,
): Promise<Search> {
  for (;;) {
    const search = await services.searches.get({ id });
    if (isSo(search)) return search;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function trialsOf(id: string): Promise<Trial[]> {
  return (await services.searches.trials({ id, since: 0 })).trials.sort((a, b) => a.number - b.number);
}

const asked = async (call: () => unknown) => call();
const learnt = (trials: readonly Trial[]) =>
  trials.map(({ number, state, values, curve, value }) => ({ number, state, values, curve, value }));

let whole: Search;

test('paused it waits and goes on; the best is made anew with seeds and held against the own run', async () => {
  const own = bench.makeRun(projectId, { epochs: 1, learningRate: 1e-5 });
  await bench.train(own);
  const { data } = await services.runs.get({ id: own });
  plan = { ...plan, data };
  const finish = { seeds: 2, together: 2 };
  const { id } = await services.searches.start({ projectId, plan: { ...plan, ownRunId: own, finish } });
  await services.searches.command({ id, command: 'pause' });
  await until(id, ({ state }) => state === 'paused');
  // Another window of the library.
  openLibrary(join(bench.folder, 'library')).close();
  expect((await services.searches.get({ id })).state).toBe('paused');
  await expect(asked(() => services.searches.remove({ id }))).rejects.toThrow(/search-active/);
  await services.searches.command({ id, command: 'continue' });
  whole = await until(id);
  expect(whole).toMatchObject({ state: 'finished', error: null, outcome: { ended: 'trials' } });

  const runs = await Promise.all(whole.runIds.map((runId) => services.runs.get({ id: runId })));
  expect(runs.map(({ state, settings }) => [state, settings.seed])).toEqual([
    ['finished', plan.settings.seed],
    ['finished', plan.settings.seed + 1],
  ]);
  const best = (await trialsOf(id))[whole.best! - 1]!;
  const chosen = await services.searches.configuration({ id, number: best.number });
  expect(chosen.settings.learningRate).toBe(best.values['settings.learningRate']);
  expect(runs[0]).toMatchObject({ ...chosen, search: { id, trial: best.number } });
  // The same seed and the same rows: the run is the trial anew, to its end.
  expect(runs[0]!.best!.value).toBeGreaterThanOrEqual(best.value!);
  const [verdict] = whole.outcome!.verdicts;
  expect(verdict).toMatchObject({ runId: runs[0]!.id, ownRunId: own, method: 'rows', verdict: 'better' });
  expect(verdict!.low).toBeGreaterThan(0);
  const { events } = await services.runs.history({ id: runs[0]!.id });
  expect(events.map(({ code }) => code)).toContain('from-search');
}, 120_000);

test('killed in the middle and gone on with, a search comes to the trials of one that nobody touched, and to more', async () => {
  const { id } = await services.searches.start({ projectId, plan });
  const child = bench.children.at(-1)!;
  await until(id, ({ counts }) => counts.finished + counts.pruned >= 2 && counts.running === 1);
  child.kill();
  const killed = await until(id);
  expect(killed).toMatchObject({ state: 'interrupted', error: { code: 'job-killed' }, counts: { interrupted: 1 } });
  await expect(asked(() => services.searches.command({ id, command: 'stop' }))).rejects.toThrow(/job-unknown/);
  const { plan: extended } = await services.searches.resume({ id, minutes: null, trials: 1 });
  expect(extended.budget).toEqual({ minutes: null, trials: 6 });
  expect(await until(id)).toMatchObject({ state: 'finished', counts: { interrupted: 0 } });
  const trials = await trialsOf(id);
  expect(trials).toHaveLength(6);
  expect(learnt(trials.slice(0, 5))).toEqual(learnt(await trialsOf(whole.id)));
  await expect(asked(() => services.searches.resume({ id, minutes: null, trials: null }))).rejects.toThrow(
    /search-spent/,
  );
  await services.searches.remove({ id });
  expect((await services.searches.list({ projectId })).map((search) => search.id)).toEqual([whole.id]);
}, 120_000);

/** Epochs of a run that can be met in its middle. */
const LONG = 50;

/** A search whose best is being made anew with two seeds, one after the other: the first has begun to learn. */
async function inItsEnding(): Promise<{ id: string; runs: readonly [string, string] }> {
  await services.app.setPreferences({ parallelRuns: 1 });
  const earlyStopping = { ...plan.settings.earlyStopping, enabled: false };
  const settings = { ...plan.settings, epochs: LONG, batchSize: 512, earlyStopping };
  const changes = { settings, budget: { minutes: null, trials: 2 }, finish: { seeds: 2, together: 2 } };
  const { id } = await services.searches.start({ projectId, plan: { ...plan, ...changes } });
  const { runIds } = await until(id, (search) => search.runIds.length === 2);
  const [first = '', second = ''] = runIds;
  await learning(first);
  return { id, runs: [first, second] };
}

async function untilRun(id: string, isSo: (run: Run) => boolean): Promise<Run> {
  for (;;) {
    const run = await services.runs.get({ id });
    if (isSo(run)) return run;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const learning = (id: string) => untilRun(id, ({ state, epochsDone }) => state === 'running' && epochsDone >= 2);

/** All runs that a search made, several together among them. */
function madeBy(id: string): unknown[] {
  const sql =
    "SELECT search_trial, settings ->> '$.seed' AS seed, state, epochs_done FROM runs WHERE search_id = ? ORDER BY created_at, id";
  return bench.library.db.prepare(sql).all(id);
}

async function isWhole(id: string, runs: readonly string[]): Promise<void> {
  const { outcome, runIds } = await until(id, ({ state }) => state === 'finished');
  expect(runIds).toEqual(runs);
  const ended = await Promise.all(runs.map((runId) => services.runs.get({ id: runId })));
  expect(ended.map(({ state, epochsDone }) => [state, epochsDone])).toEqual(runs.map(() => ['finished', LONG]));
  expect(madeBy(id)).toHaveLength(outcome!.together ? 3 : 2);
}

test('while the best is made anew it can be paused, stopped and killed: going on neither loses nor doubles a run', async () => {
  const { id, runs } = await inItsEnding();
  const [first, second] = runs;
  const before = (await services.searches.get({ id })).outcome!.together;
  await services.searches.command({ id, command: 'pause' });
  await untilRun(first, ({ state }) => state === 'paused');
  expect((await services.searches.get({ id })).state).toBe('paused');
  expect((await services.queue.view()).waiting).toEqual([]);
  await services.searches.command({ id, command: 'continue' });
  await learning(first);
  expect((await services.queue.view()).waiting.map(({ runId }) => runId)).toEqual([second]);

  await services.searches.command({ id, command: 'stop' });
  await until(id, ({ state }) => state === 'stopped');
  await services.searches.resume({ id, minutes: null, trials: null });
  for (const runId of runs) {
    await untilRun(runId, ({ state }) => state === 'running');
    bench.children.at(-1)!.kill();
    await untilRun(runId, ({ state }) => state === 'interrupted');
  }
  expect(await until(id)).toMatchObject({ state: 'interrupted', error: { code: 'job-killed' } });
  await services.searches.resume({ id, minutes: null, trials: null });
  await isWhole(id, runs);
  expect((await services.searches.get({ id })).outcome!.together).toEqual(before);
}, 120_000);

test('where the app ends meanwhile the search is interrupted, not finished, and its runs wait for it alone', async () => {
  const { id, runs } = await inItsEnding();
  const { folder } = bench;
  await bench.supervisor.shutdown();
  bench.library.close();
  open(folder);
  expect((await services.searches.get({ id })).state).toBe('interrupted');
  expect((await services.queue.view()).waiting).toEqual([]);
  await services.searches.resume({ id, minutes: null, trials: null });
  await isWhole(id, runs);
}, 120_000);
