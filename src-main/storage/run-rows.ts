/** How a run lies in its row, and the queries of the lists. */
import {
  bestSchema,
  dataSetupSchema,
  metricValuesSchema,
  networkSpecSchema,
  runSchema,
  trainingSettingsSchema,
  wireErrorSchema,
  type Run,
  type RunState,
} from '../contract';
import { fromJson, fromNullableJson } from './json';

export interface RunRow {
  id: string;
  project_id: string;
  name: string;
  note: string;
  state: RunState;
  data: string;
  dataset_name: string;
  network: string;
  settings: string;
  backend: string | null;
  parameter_count: number | null;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  epochs_done: number;
  best: string | null;
  last: string | null;
  test: string | null;
  error: string | null;
  job_id: string | null;
  sparkline: string;
  seq: number;
}

export const listAllRunsSql = 'SELECT * FROM runs WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC';
export const listProjectRunsSql =
  'SELECT * FROM runs WHERE deleted_at IS NULL AND project_id = ? ORDER BY created_at DESC, id DESC';

export function toRun(row: RunRow): Run {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    note: row.note,
    state: row.state,
    data: fromJson(dataSetupSchema, row.data, 'runs.data'),
    datasetName: row.dataset_name,
    network: fromJson(networkSpecSchema, row.network, 'runs.network'),
    settings: fromJson(trainingSettingsSchema, row.settings, 'runs.settings'),
    backend: row.backend,
    parameterCount: row.parameter_count,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    epochsDone: row.epochs_done,
    best: fromNullableJson(bestSchema, row.best, 'runs.best'),
    last: fromNullableJson(metricValuesSchema, row.last, 'runs.last'),
    test: fromNullableJson(metricValuesSchema, row.test, 'runs.test'),
    error: fromNullableJson(wireErrorSchema, row.error, 'runs.error'),
    jobId: row.job_id,
    sparkline: fromJson(runSchema.shape.sparkline, row.sparkline, 'runs.sparkline'),
  };
}
