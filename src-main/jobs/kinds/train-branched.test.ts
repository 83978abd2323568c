/** Runs that begin with what an earlier one had learnt: exactly as that went on, or with its weights alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generator } from '../../catalog/random';
import { settingDefaults, type RunParent, type TrainingSettings } from '../../contract';
import { createBranch, keptEpochs } from '../../storage/branches';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { loadModel } from '../../storage/models';
import { getProject } from '../../storage/projects';
import { purgeRun } from '../../storage/run-bytes';
import { createRun, getRun, runHistory, setRunsDeleted } from '../../storage/runs';
import type { JobContext } from '../definition';
import { importJob } from './import';
import { trainJob } from './train';

let folder: string;
let library: Library;
let projectId: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-branched-'));
  library = openLibrary(join(folder, 'library'));
  const next = generator(11);
  const rows = Array.from({ length: 400 }, () => {
    const [x, y] = [(next() % 1000) / 100, (next() % 1000) / 100];
    return [x, y, x > y ? 'above' : 'below'].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['x,y,kind', ...rows].join('\n'));
  const source = { kind: 'file' as const, path };
  ({ projectId } = (await importJob.run({ source, name: null, target: 'kind' }, context())) as { projectId: string });
});
afterAll(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function context(): JobContext {
  const nothing = () => undefined;
  return {
    ...{ jobId: 'job-1', library, resources: folder, signal: new AbortController().signal },
    ...{ live: nothing, progress: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
  };
}

function newRun(changes: Partial<TrainingSettings>) {
  const { data, network, settings } = getProject(library.db, projectId);
  const id = newId();
  const earlyStopping = { enabled: false, patience: 9, restoreBest: false };
  const chosen = {
    ...settings!,
    ...settingDefaults,
    batchSize: 32,
    epochs: 6,
    keepEvery: 2,
    earlyStopping,
    ...changes,
  };
  return { id, projectId, name: id, datasetName: 'table', data: data!, network: network!, settings: chosen };
}

async function trained(changes: Partial<TrainingSettings> = {}): Promise<string> {
  const { id } = createRun(library.db, newRun(changes));
  await trainJob.run({ runId: id }, context());
  return id;
}

function branchOf(runId: string, epoch: number, withOptimizer: boolean, changes: Partial<TrainingSettings> = {}) {
  const parent: RunParent = { runId, name: 'parent', epoch, withOptimizer };
  const run = newRun(changes);
  return createBranch(library.db, { run, parent, waitsAnew: false, judgesAnew: false }).id;
}
const train = (runId: string) => trainJob.run({ runId }, context());
const lossesOf = (runId: string) => runHistory(library.db, runId).epochs.map(({ metrics }) => metrics);
const hashOf = (runId: string) => loadModel(library.db, runId).info.sha256;

test('from any kept epoch it becomes, bit for bit, what the other became, though that is gone', async () => {
  const original = await trained();
  const [expected, weights, points] = [lossesOf(original), hashOf(original), runHistory(library.db, original).batches];
  expect(keptEpochs(library.db, original).map(({ epoch }) => epoch)).toEqual(expect.arrayContaining([6, 5, 4, 2]));
  const branch = branchOf(original, 4, true);
  expect(getRun(library.db, branch)).toMatchObject({
    ...{ state: 'queued', epochsDone: 4, last: expected[3] },
    parent: { runId: original, epoch: 4, withOptimizer: true },
  });
  setRunsDeleted(library.db, [original], true);
  purgeRun(library.db, original);
  await train(branch);
  expect(lossesOf(branch)).toEqual(expected);
  expect(runHistory(library.db, branch).batches).toEqual(points);
  expect(hashOf(branch)).toBe(weights);
});

test('without the optimizer it begins at its first epoch with the weights of the other', async () => {
  const original = await trained();
  const branch = branchOf(original, 4, false, { learningRate: 1e-7, epochs: 1 });
  expect(getRun(library.db, branch)).toMatchObject({ epochsDone: 0, best: null });
  await train(branch);
  const [loss, before] = [lossesOf(branch)[0]!['validation.loss']!, lossesOf(original)[3]!['validation.loss']!];
  // Adam's first steps are as long as the learning rate, 1e-7, for each weight.
  expect(Math.abs(loss - before)).toBeLessThan(1e-4);
  expect(runHistory(library.db, branch).events.map(({ code }) => code)).not.toContain('resumed');
  const other = await trained({ learningRate: 1e-7, epochs: 1 });
  expect(Math.abs(lossesOf(other)[0]!['validation.loss']! - before)).toBeGreaterThan(1e-2);
});

test('the best model so far comes along; where it was replaced, the epoch that is begun with is the best', async () => {
  const restoreBest = { enabled: false, patience: 9, restoreBest: true };
  const original = await trained({ earlyStopping: restoreBest });
  const best = getRun(library.db, original).best!.epoch;
  const late = branchOf(original, 6, true, { earlyStopping: restoreBest, learningRate: 1e-7, epochs: 7 });
  expect([getRun(library.db, late).best!.epoch, hashOf(late)]).toEqual([best, hashOf(original)]);
  const early = branchOf(original, 2, true, { earlyStopping: restoreBest, learningRate: 1e-7, epochs: 3 });
  const { best: own } = getRun(library.db, early);
  expect(own!.epoch).toBe(2);
  await train(early);
  const { info } = loadModel(library.db, early);
  expect([info.runId, info.epoch]).toEqual([early, getRun(library.db, early).best!.epoch]);
});
