/** Projects, datasets, models, evaluations, jobs and preferences: what goes in comes out, checked. */
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Evaluation, Job } from '../contract';
import { findVersionBySource, getVersion, listDatasets } from './datasets';
import { getEvaluation, predictedRows, saveEvaluation } from './evaluations';
import { exampleCommit, exampleRun, exampleVersion, network, temporaryFolder } from './fixtures/examples';
import { newId } from './ids';
import { getJob, insertJob, listJobs, updateJob } from './jobs';
import { openLibrary, type Library } from './library';
import { getModelInfo, loadModel, saveModel } from './models';
import { getPreference, setPreference } from './preferences';
import {
  archiveProject,
  bestsByProject,
  findProjectByDataset,
  getProject,
  listProjects,
  openProject,
  updateProject,
} from './projects';
import { commitEpoch } from './runs';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
beforeEach(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
});
afterEach(() => {
  library.close();
  folder.dispose();
});

test('ids are in order of time and never the same', () => {
  expect(newId(2_000_000_000_000) > newId(1_999_999_999_999)).toBe(true);
  expect(newId(0)).toMatch(/^0{10}[0-9a-hjkmnp-tv-z]{16}$/);
  expect(new Set(Array.from({ length: 1000 }, () => newId(1))).size).toBe(1000);
});

test('projects are opened, changed, archived and found', () => {
  const { db } = library;
  const first = exampleRun(db);
  const second = exampleRun(db, 'second');
  expect(listProjects(db)).toHaveLength(2);
  db.prepare('UPDATE projects SET opened_at = 0').run();
  openProject(db, first.projectId);
  expect(listProjects(db)[0]?.id).toBe(first.projectId);
  const changed = updateProject(db, first.projectId, { name: 'Birds' });
  expect(changed).toMatchObject({ name: 'Birds', network, runCount: 1 });
  archiveProject(db, first.projectId, true);
  expect(listProjects(db).map(({ id }) => id)).toEqual([second.projectId]);
  expect(findProjectByDataset(db, changed.datasetId)?.id).toBe(first.projectId);
  expect(() => getProject(db, 'nobody')).toThrow(/no project "nobody"/);
  commitEpoch(db, exampleCommit(first.id, 1));
  expect(bestsByProject(db, null).get(first.projectId)).toEqual([{ metric: 'validation.loss', value: 1.1, epoch: 1 }]);
});

test('a dataset version comes back as it went in', () => {
  const { db } = library;
  const run = exampleRun(db);
  const [dataset] = listDatasets(db);
  expect(dataset).toMatchObject({ name: 'Penguins', sample: 'penguins', rowCount: 4, bytes: 100 });
  const version = exampleVersion(run.data.versionId, dataset!.id);
  expect(getVersion(db, run.data.versionId)).toEqual(version);
  expect(findVersionBySource(db, 'a'.repeat(64))).toEqual(version);
  expect(findVersionBySource(db, 'b'.repeat(64))).toBeNull();
});

test('weights come back bit by bit, and a changed bit is noticed', () => {
  const { db } = library;
  const run = exampleRun(db);
  expect(() => loadModel(db, run.id)).toThrow(/run-without-model/);
  expect(() => loadModel(db, 'nobody')).toThrow(/not-found/);
  const { info, preparation, manifest } = exampleCommit(run.id, 1).bestModel!;
  const weights = new Uint8Array(randomBytes((5 << 20) + 12));
  saveModel(db, { info, preparation, manifest, network, weights });
  const loaded = loadModel(db, run.id);
  expect(Buffer.compare(loaded.weights, weights)).toBe(0);
  expect(new Float32Array(loaded.weights.buffer).length).toBe(weights.length / 4);
  expect(loaded).toMatchObject({ preparation, manifest, network });
  const sha256 = createHash('sha256').update(weights).digest('hex');
  expect(getModelInfo(db, run.id)).toMatchObject({ bytes: weights.length, sha256 });
  db.prepare('UPDATE model_chunks SET bytes = zeroblob(length(bytes)) WHERE number = 2').run();
  expect(() => loadModel(db, run.id)).toThrow(/sha256/);
});

test('predicted rows are filtered by cell and come with the surest first', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  const target = { kind: 'classes' as const, classes: ['Adelie', 'Gentoo'] };
  const evaluation: Evaluation = {
    runId: id,
    part: 'test',
    rows: 4,
    metrics: { accuracy: 0.75 },
    confusion: [
      [2, 1],
      [0, 1],
    ],
    target,
    scores: [{ id: 'accuracy', value: 0.75, interval: { low: 0.3006, high: 0.9544 }, baseline: 0.75 }],
    baseline: { kind: 'majority', label: 'Adelie', shares: [0.75, 0.25] },
    curves: { kind: 'classes', classes: [], reliability: [] },
    ranking: null,
  };
  expect(getEvaluation(db, id)).toBeNull();
  expect(() => predictedRows(db, { runId: id, actual: null, predicted: null, offset: 0, limit: 1 })).toThrow(
    /not-found/,
  );
  saveEvaluation(db, evaluation, {
    indices: Int32Array.of(10, 20, 30, 40),
    actual: Float32Array.of(0, 0, 0, 1),
    outputs: Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.125, 0.875, 0, 1),
  });
  expect(getEvaluation(db, id)).toEqual(evaluation);
  const all = predictedRows(db, { runId: id, actual: null, predicted: null, offset: 0, limit: 10 });
  expect(all.rows.map((row) => row.index)).toEqual([40, 30, 10, 20]);
  const cell = predictedRows(db, { runId: id, actual: 0, predicted: 1, offset: 0, limit: 10 });
  expect(cell).toEqual({
    total: 1,
    rows: [{ index: 30, actual: 'Adelie', predicted: 'Gentoo', outputs: [0.125, 0.875] }],
  });
  const page = predictedRows(db, { runId: id, actual: 0, predicted: null, offset: 1, limit: 1 });
  expect([page.total, page.rows[0]?.index]).toEqual([3, 10]);
  // As versions before there were scores wrote it.
  db.prepare(
    "UPDATE evaluations SET evaluation = json_remove(evaluation, '$.scores', '$.baseline', '$.curves', '$.ranking')",
  ).run();
  expect(getEvaluation(db, id)).toEqual({ ...evaluation, scores: [], baseline: null, curves: null });
});

test('predicted numbers come with the largest errors first', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  const target = { kind: 'number' as const, unit: null };
  const later = { scores: [], baseline: null, curves: null, ranking: null };
  saveEvaluation(
    db,
    { runId: id, part: 'test', rows: 3, metrics: { mae: 1 }, confusion: [], target, ...later },
    {
      indices: Int32Array.of(1, 2, 3),
      actual: Float32Array.of(10, NaN, 10),
      outputs: Float32Array.of(11, 5, 20),
    },
  );
  const { rows } = predictedRows(db, { runId: id, actual: null, predicted: null, offset: 0, limit: 10 });
  expect(rows.map(({ index, actual, predicted }) => [index, actual, predicted])).toEqual([
    [3, 10, 20],
    [1, 10, 11],
    [2, null, 5],
  ]);
});

test('jobs are listed newest first, with their progress and end', () => {
  const { db } = library;
  const job: Job = {
    id: 'a',
    kind: 'import',
    subject: 'penguins.csv',
    subjectId: null,
    state: 'running',
    progress: null,
    error: null,
    createdAt: 1,
    endedAt: null,
  };
  insertJob(db, job);
  insertJob(db, { ...job, id: 'b', createdAt: 2 });
  const progress = { stage: 'reading', done: 5, total: 10, unit: 'rows', rate: 2.5, etaSeconds: 2 };
  updateJob(db, 'a', { progress });
  updateJob(db, 'a', { state: 'failed', error: { code: 'csv-empty', parameters: {} }, endedAt: 9 });
  expect(getJob(db, 'a')).toMatchObject({ state: 'failed', progress, error: { code: 'csv-empty' }, endedAt: 9 });
  expect(listJobs(db, 10).map(({ id }) => id)).toEqual(['b', 'a']);
  expect(() => updateJob(db, 'nobody', { state: 'finished' })).toThrow(/not-found/);
});

test('a preference that no longer fits gives the fallback', () => {
  const { db } = library;
  const theme = z.enum(['light', 'dark']);
  expect(getPreference(db, 'theme', theme, 'light')).toBe('light');
  setPreference(db, 'theme', 'dark');
  expect(getPreference(db, 'theme', theme, 'light')).toBe('dark');
  setPreference(db, 'theme', 'sepia');
  expect(getPreference(db, 'theme', theme, 'light')).toBe('light');
});
