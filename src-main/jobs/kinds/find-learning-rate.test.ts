/** What is suggested for a sample trains better than a hundred times and a hundredth of it, and the search changes no run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RateRange, TrainingSettings } from '../../contract';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { loadModel } from '../../storage/models';
import { getProject } from '../../storage/projects';
import { createRun, getRun, runHistory } from '../../storage/runs';
import type { JobContext } from '../definition';
import { findLearningRateJob } from './find-learning-rate';
import { importJob } from './import';
import { trainJob } from './train';

let folder: string;
let library: Library;
let projectId: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-rates-'));
  library = openLibrary(join(folder, 'library'));
  const input = { source: { kind: 'sample' as const, id: 'penguins' }, name: null, target: null };
  ({ projectId } = (await importJob.run(input, context())) as { projectId: string });
});
afterAll(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function context(): JobContext {
  const nothing = () => undefined;
  const resources = resolve(import.meta.dirname, '../../../resources');
  return {
    ...{ jobId: 'job', library, resources, signal: new AbortController().signal },
    ...{ live: nothing, progress: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
  };
}

function setup(changes: Partial<TrainingSettings> = {}) {
  const { data, network, settings } = getProject(library.db, projectId);
  const earlyStopping = { ...settings!.earlyStopping, enabled: false };
  return {
    projectId,
    data: data!,
    network: network!,
    settings: { ...settings!, earlyStopping, epochs: 5, ...changes },
  };
}

async function trained(changes: Partial<TrainingSettings> = {}): Promise<string> {
  const id = newId();
  createRun(library.db, { ...setup(changes), id, name: id, datasetName: 'Penguins' });
  await trainJob.run({ runId: id }, context()).catch(() => undefined);
  return id;
}

/** After the last epoch; infinite where the loss was no number. */
function lossOf(id: string): number {
  const loss = runHistory(library.db, id).epochs.at(-1)?.metrics['validation.loss'];
  return getRun(library.db, id).state === 'finished' ? (loss ?? Infinity) : Infinity;
}

test('on penguins the suggestion is the better choice by far', async () => {
  const before = await trained();
  const { steepest } = (await findLearningRateJob.run(setup(), context())) as RateRange;
  const again = await trained();
  expect(loadModel(library.db, again).info.sha256).toBe(loadModel(library.db, before).info.sha256);
  const rates = [steepest!, Math.min(100, steepest! * 100), steepest! / 100];
  const losses: number[] = [];
  for (const learningRate of rates) losses.push(lossOf(await trained({ learningRate })));
  expect(losses[0]).toBeLessThan(losses[1]!);
  expect(losses[0]).toBeLessThan(losses[2]!);
});
