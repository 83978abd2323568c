/** How a run lies in its row, and the queries of the lists. */
import type { z } from 'zod';
import {
  bestSchema,
  dataSetupSchema,
  engineSchema,
  metricValuesSchema,
  networkSpecSchema,
  runParentSchema,
  runSchema,
  trainingSettingsSchema,
  wireErrorSchema,
  type Run,
  type RunState,
  type RunTimes,
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
  engine: string | null;
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
  search_id: string | null;
  search_trial: number | null;
  queued_at: number | null;
  waited: number;
  begun_at: number | null;
  trained: number;
  parent: string | null;
}

export const listAllRunsSql = 'SELECT * FROM runs WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC';
export const listProjectRunsSql =
  'SELECT * FROM runs WHERE deleted_at IS NULL AND project_id = ? ORDER BY created_at DESC, id DESC';

/** Runs of one project repeat their setup, network and settings: each text is read once per list. */
class Remembered<Schema extends z.ZodType> {
  readonly #values = new Map<string, z.output<Schema>>();

  constructor(
    private readonly schema: Schema,
    private readonly column: string,
  ) {}

  read(text: string): z.output<Schema> {
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    const value = fromJson(this.schema, text, this.column);
    this.#values.set(text, value);
    return value;
  }
}

export function newMemory() {
  return {
    data: new Remembered(dataSetupSchema, 'runs.data'),
    network: new Remembered(networkSpecSchema, 'runs.network'),
    settings: new Remembered(trainingSettingsSchema, 'runs.settings'),
  };
}

/** @param memory shared by the rows of one list, which then share the values that are equal. */
export function toRun(row: RunRow, memory = newMemory()): Run {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    note: row.note,
    state: row.state,
    data: memory.data.read(row.data),
    datasetName: row.dataset_name,
    network: memory.network.read(row.network),
    settings: memory.settings.read(row.settings),
    backend: row.backend,
    parameterCount: row.parameter_count,
    engine: fromNullableJson(engineSchema, row.engine, 'runs.engine'),
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    times: timesOf(row),
    parent: fromNullableJson(runParentSchema, row.parent, 'runs.parent'),
    epochsDone: row.epochs_done,
    best: fromNullableJson(bestSchema, row.best, 'runs.best'),
    last: fromNullableJson(metricValuesSchema, row.last, 'runs.last'),
    test: fromNullableJson(metricValuesSchema, row.test, 'runs.test'),
    error: fromNullableJson(wireErrorSchema, row.error, 'runs.error'),
    jobId: row.job_id,
    sparkline: fromJson(runSchema.shape.sparkline, row.sparkline, 'runs.sparkline'),
    ...(row.search_id === null ? {} : { search: { id: row.search_id, trial: row.search_trial } }),
  };
}

export function timesOf({ queued_at, waited, begun_at, trained }: RunRow): RunTimes {
  return { queuedAt: queued_at, waited, begunAt: begun_at, trained };
}
