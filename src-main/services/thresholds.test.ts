/** A threshold that is moved: what is counted follows, what is ranked stays, and all of it is kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptErrors, startingSettings } from '../catalog';
import type { Evaluation } from '../contract';
import { insertDataset } from '../storage/datasets';
import { getEvaluation, predictedRows, saveEvaluation } from '../storage/evaluations';
import { openLibrary, type Library } from '../storage/library';
import { createRun, getRun } from '../storage/runs';
import { createProject } from '../storage/projects';
import { setThreshold } from './thresholds';

let folder: string;
let library: Library;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-thresholds-'));
  library = openLibrary(join(folder, 'library'));
  const split = { kind: 'random', seed: 1, validation: 0.1, test: 0.1, stratified: true } as const;
  const data = { versionId: 'version', task: 'table-anomaly', target: 'state', types: {}, split };
  insertDataset(library.db, { id: 'd', name: 'readings', sample: null });
  createProject(library.db, { id: 'p', name: 'p', datasetId: 'd', data: null, network: null, settings: null });
  createRun(library.db, {
    ...{ id: 'run', projectId: 'p', name: 'calm-otter', data, datasetName: 'readings', network: { layers: [] } },
    settings: startingSettings('reconstruction-error', { batchSize: 32, epochs: 1 }),
  });
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

test('what is counted follows the threshold, what is ranked stays', () => {
  const errors = keptErrors(Float64Array.of(1, 2, 3), Float64Array.of(4));
  const evaluation: Evaluation = {
    ...{ runId: 'run', part: 'test', rows: 4, metrics: {}, confusion: [], curves: null, ranking: null },
    target: { kind: 'reconstruction', size: 9, known: { ordinary: ['ok'], anomalous: ['broken'] } },
    scores: [{ id: 'roc-auc', value: 1, interval: null, baseline: 0.5 }],
    baseline: { kind: 'mean-example' },
    anomaly: {
      score: 'error',
      ...{ threshold: 3.5, proposed: 3.5, rule: 'best-f1', chosenOn: 'validation', chosen: errors, test: errors },
      ...{ isKnown: true, baselineThreshold: 1 },
    },
  };
  const outputs = Float32Array.of(1, 4, 2, 3);
  saveEvaluation(library.db, evaluation, {
    indices: Int32Array.of(0, 1, 2, 3),
    actual: Float32Array.of(0, 1, 0, 0),
    outputs,
  });
  setThreshold(library, 'run', 2.5);
  const kept = getEvaluation(library.db, 'run')!;
  expect(kept.anomaly).toMatchObject({ threshold: 2.5, proposed: 3.5 });
  const values = Object.fromEntries(kept.scores.map(({ id, value }) => [id, value]));
  expect(values).toEqual({ 'roc-auc': 1, 'anomaly-recall': 1, 'anomaly-precision': 0.5, 'false-alarms': 1 / 3 });
  expect(getRun(library.db, 'run').test).toMatchObject({ 'anomaly-precision': 0.5 });
  const { rows } = predictedRows(library.db, { runId: 'run', actual: null, predicted: null, offset: 0, limit: 4 });
  expect(rows.map(({ index, predicted }) => [index, predicted])).toEqual([
    [1, 'anomalous'],
    [3, 'anomalous'],
    [2, 'ordinary'],
    [0, 'ordinary'],
  ]);
});

test('a run that was not measured has no threshold', () => {
  expect(() => setThreshold(library, 'run', 1)).toThrow(expect.objectContaining({ code: 'model-without-threshold' }));
});
