/** What the ends of epochs and of a run take beside training: saving what was learnt, and measuring the test rows. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tasks } from '../../catalog';
import { evaluateRows } from '../../engine/evaluate';
import type { FitControl } from '../../engine/fit-control';
import { meanExample, reconstructionErrors } from '../../engine/reconstruction';
import type { Step } from '../../engine/step';
import { evaluationBatch } from '../../engine/training-data';
import { scoresOf } from './measure-test';
import { buildNetwork, measuresOf, type Trainee } from './training-step';

/** Test rows that are measured at most; the others are worked out from them. */
const MOST_TESTED = 8 * evaluationBatch;

/** @returns seconds, those that the first time took more, and bytes of a checkpoint and of the weights alone */
export async function measureSaving(step: Step, temporary: string) {
  const started = performance.now();
  // The first time brings about what later ones find.
  await saveOnce(step, temporary);
  const began = performance.now();
  const sizes = await saveOnce(step, temporary);
  const seconds = (performance.now() - began) / 1000;
  return { ...sizes, seconds, first: Math.max(0, (began - started) / 1000 - seconds) };
}

/** As an epoch is kept: read, hashed, written and flushed; into a file that is gone again. */
async function saveOnce(step: Step, temporary: string): Promise<{ state: number; weights: number }> {
  const { tensors } = await step.readState();
  const { weights } = await step.readWeights();
  await mkdir(temporary, { recursive: true });
  const path = join(temporary, `preflight-${randomUUID()}`);
  try {
    for (const bytes of [tensors, weights]) {
      createHash('sha256').update(bytes).digest();
      await writeFile(path, bytes, { flush: true, flag: 'a' });
    }
  } finally {
    await rm(path, { force: true });
  }
  return { state: tensors.length, weights: weights.length };
}

/**
 * A network of the kind that will be saved, on test rows, with the scores of as many as there are.
 * @returns seconds, and bytes of the predictions that are kept
 * @throws the control's reason where it is aborted
 */
export async function measureTesting(trainee: Trainee, control: FitControl) {
  const { prepared, loaded, run, part } = trainee;
  if (prepared.target.kind === 'reconstruction') return measureAnomalyTesting(trainee, control);
  const { test } = prepared.parts;
  if (test.length === 0) return { seconds: 0, predictions: 0 };
  const began = performance.now();
  const model = buildNetwork(trainee);
  const targetScale = prepared.preparation.targetScale;
  const finished = { tf: loaded.tf, model, task: tasks.get(run.data.task), targetScale };
  const evaluate = (rows: Int32Array) =>
    evaluateRows(finished, measuresOf(trainee), part.data, prepared.target, rows, control);
  try {
    const { outputs } = await evaluate(test.subarray(0, evaluationBatch));
    const tried = performance.now();
    const more = test.subarray(evaluationBatch, MOST_TESTED);
    if (more.length > 0) await evaluate(more);
    const perRow = more.length > 0 ? (performance.now() - tried) / more.length : 0;
    const untried = test.length - Math.min(test.length, MOST_TESTED);
    scoreAll(trainee, outputs);
    const seconds = (performance.now() - began + untried * perRow) / 1000;
    const width = outputs.length / Math.min(test.length, evaluationBatch);
    return { seconds, predictions: 4 * test.length * (4 + width) };
  } finally {
    model.dispose();
  }
}

/** Errors are measured of all rows outside training, and the mean of those within. */
async function measureAnomalyTesting(trainee: Trainee, control: FitControl) {
  const { prepared, loaded, run, part } = trainee;
  const { parts, anomalies } = prepared;
  const known = (anomalies?.validation.length ?? 0) + (anomalies?.test.length ?? 0);
  const rows = parts.validation.length + parts.test.length + known;
  const model = buildNetwork(trainee);
  const finished = {
    ...{ tf: loaded.tf, model, task: tasks.get(run.data.task) },
    targetScale: prepared.preparation.targetScale,
  };
  const tried = parts.training.subarray(0, evaluationBatch);
  try {
    const mean = await meanExample(loaded.tf, part.data, tried, control);
    const began = performance.now();
    await reconstructionErrors(finished, part.data, tried, mean, control);
    const seconds = ((performance.now() - began) / 1000 / Math.max(1, tried.length)) * rows;
    return { seconds, predictions: 4 * 5 * (parts.test.length + (anomalies?.test.length ?? 0)) };
  } finally {
    model.dispose();
  }
}

/** Scores of all test rows, whose outputs are those of the first ones over and over: it takes as long as it will. */
function scoreAll({ prepared }: Trainee, first: Float32Array): void {
  const { targets, parts, preparation } = prepared;
  const { mean, standardDeviation } = preparation.targetScale;
  const width = first.length / Math.min(parts.test.length, evaluationBatch);
  const outputs = Float32Array.from({ length: parts.test.length * width }, (_, i) => first[i % first.length] ?? 0);
  const actual = Float32Array.from(parts.test, (row) => (targets[row] ?? NaN) * standardDeviation + mean);
  scoresOf(prepared, { outputs, actual }, parts.test, null);
}
