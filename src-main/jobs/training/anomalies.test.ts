/** A table with known anomalies from import to answers: ordinary rows train, the threshold is chosen by the others, and predicted by. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { proposeThreshold, tasks } from '../../catalog';
import { generator } from '../../catalog/random';
import type { DataSetup, Prediction, TrainingSettings } from '../../contract';
import { describeSetup } from '../../data/describe';
import { fitData } from '../../data/prepare';
import { getVersion } from '../../storage/datasets';
import { getEvaluation, predictedRows, replaceEvaluation } from '../../storage/evaluations';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { getProject } from '../../storage/projects';
import { createRun } from '../../storage/runs';
import type { JobContext } from '../definition';
import { importJob } from '../kinds/import';
import { predictJob } from '../kinds/predict';
import { trainJob } from '../kinds/train';

let folder: string;
let library: Library;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-anomalies-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function contextOf(signal = new AbortController().signal) {
  const told: { ask?: (question: unknown) => Promise<unknown> } = {};
  const context: JobContext = {
    ...{ jobId: 'job-1', library, resources: folder, signal },
    progress: () => undefined,
    live: () => undefined,
    state: () => undefined,
    onCommand: () => undefined,
    onAsk: (answer) => void (told.ask = answer),
  };
  return { context, told };
}

/** b is twice a on ordinary days, and a wide range of others where something is wrong; c means nothing. */
async function importTable(): Promise<DataSetup> {
  const next = generator(3);
  const uniform = () => next() / 2 ** 32;
  const rows = Array.from({ length: 400 }, (_, row) => {
    const [a, isWrong] = [uniform(), row % 20 === 0];
    const b = isWrong ? 2 * ((a + 0.3 + 0.4 * uniform()) % 1) : 2 * a + 0.02 * uniform();
    return [a.toFixed(4), b.toFixed(4), (a + 0.01 * uniform()).toFixed(4), isWrong ? 'broken' : 'ok'].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['a,b,c,state', ...rows].join('\n'));
  const source = { kind: 'file' as const, path };
  const made = await importJob.run({ source, name: null, target: 'state' }, contextOf().context);
  return getProject(library.db, (made as { projectId: string }).projectId).data!;
}

async function train(data: DataSetup, own: Partial<TrainingSettings> = {}): Promise<string> {
  const task = tasks.get(data.task);
  const { inputShape, target } = await describeSetup(library, getVersion(library.db, data.versionId), data);
  const id = newId();
  createRun(library.db, {
    ...{ id, name: id, data, datasetName: 'table' },
    projectId: library.db.prepare<[], { id: string }>('SELECT id FROM projects').get()!.id,
    network: task.presets.tiny(inputShape, target, { codes: null, rows: 400 }),
    settings: { ...task.defaultSettings(target, 400), epochs: 40, learningRate: 0.01, ...own },
  });
  await trainJob.run({ runId: id }, contextOf().context);
  return id;
}

test('known anomalies teach nothing, choose the threshold, and are found', async () => {
  const data = await importTable();
  expect(data.task).toBe('table-anomaly');
  const { parts, anomalies, targets } = await fitData(library, getVersion(library.db, data.versionId), data);
  for (const rows of Object.values(parts)) expect([...rows].every((row) => targets[row] === 0)).toBe(true);
  expect(anomalies!.validation.length + anomalies!.test.length).toBe(20);
  expect(anomalies!.test).toHaveLength(3);

  const runId = await train(data);
  const evaluation = getEvaluation(library.db, runId)!;
  const { anomaly, scores } = evaluation;
  expect(evaluation.rows).toBe(parts.test.length + 3);
  expect(scores[0]).toMatchObject({ id: 'roc-auc' });
  expect(scores[0]!.value).toBeGreaterThan(0.95);
  expect(anomaly).toMatchObject({ rule: 'best-f1', chosenOn: 'validation', isKnown: true });
  const { ordinaryErrors, anomalousErrors, ordinary, anomalous } = anomaly!.chosen;
  const weight = ((20 / 380) * ordinary) / anomalous;
  expect(anomaly!.proposed).toBeCloseTo(proposeThreshold(ordinaryErrors, anomalousErrors, weight).threshold, 4);

  // The most unusual row first, told by the column that is wrong.
  const query = { runId, actual: null, predicted: null, offset: 0, limit: 1 };
  const [first] = predictedRows(library.db, query).rows;
  expect(first).toMatchObject({ actual: 'anomalous', predicted: 'anomalous' });
  expect(await ask(runId, first!.index)).toMatchObject({
    predicted: 'anomalous',
    anomaly: { threshold: anomaly!.threshold },
  });

  replaceEvaluation(library.db, { ...evaluation, anomaly: { ...anomaly!, threshold: 1e6 } });
  expect(predictedRows(library.db, query).rows[0]!.predicted).toBe('ordinary');
  expect((await ask(runId, first!.index)).predicted).toBe('ordinary');
});

test('without a target all rows are ordinary and only errors are measured', async () => {
  const data = await importTable();
  const types = { state: 'ignored' as const };
  const runId = await train({ ...data, target: '', types, split: { ...data.split, validation: 0 } });
  const { anomaly, scores, rows } = getEvaluation(library.db, runId)!;
  expect(anomaly).toMatchObject({ rule: 'percentile', chosenOn: 'training', isKnown: false });
  expect(scores.map(({ id }) => id)).toEqual(['reconstruction-error', 'false-alarms']);
  const [first] = predictedRows(library.db, { runId, actual: null, predicted: null, offset: 0, limit: rows }).rows;
  expect(first!.actual).toBeNull();
});

test('by distance from known examples: one number in the test and in answers, with the errors beside it', async () => {
  const data = await importTable();
  const runId = await train(data, { anomalyScore: 'neighbours' });
  const evaluation = getEvaluation(library.db, runId)!;
  const { anomaly, scores } = evaluation;
  const { training } = (await fitData(library, getVersion(library.db, data.versionId), data)).parts;
  expect(anomaly).toMatchObject({ score: 'neighbours', neighbours: { layer: 'dense-1', count: training.length } });
  expect(anomaly!.test.ordinaryErrors.every((distance) => distance >= 0 && distance <= 2)).toBe(true);
  expect(scores.map(({ id }) => id)).toContain('reconstruction-error');

  const query = { runId, actual: null, predicted: null, offset: 0, limit: 1 };
  const [first] = predictedRows(library.db, query).rows;
  const { score, error, threshold } = (await ask(runId, first!.index)).anomaly!;
  expect({ score, threshold }).toEqual({ score: 'neighbours', threshold: anomaly!.threshold });
  expect(error).toBeCloseTo(first!.outputs[0]!, 5);
  // Errors of another run that ranks by them are the same: only what ranks is another.
  const other = getEvaluation(library.db, await train(data))!;
  const errorOf = (of: typeof scores) => of.find(({ id }) => id === 'reconstruction-error')!.value;
  expect(errorOf(scores)).toBeCloseTo(errorOf(other.scores), 6);
});

async function ask(runId: string, index: number): Promise<Prediction> {
  const abort = new AbortController();
  const { context, told } = contextOf(abort.signal);
  const job = predictJob.run({ runId }, context);
  while (!told.ask) await new Promise((resolve) => setImmediate(resolve));
  const [answer] = (await told.ask({ inputs: [{ kind: 'row', index }] })) as Prediction[];
  abort.abort(new Error('cancelled'));
  await expect(job).rejects.toThrow('cancelled');
  return answer!;
}
