/** A run with everything that hangs on it, as it leaves a library and enters another. */
import { z } from 'zod';
import {
  CodedError,
  type Evaluation,
  type Probe,
  type ProbeReading,
  type RunHistory,
  type RunSummary,
} from '../contract';
import { latestCheckpoint, saveCheckpoint, type Checkpoint } from './checkpoints';
import type { Database } from './database';
import { evaluatedRows, getEvaluation, saveEvaluation, type EvaluatedRows } from './evaluations';
import { toJson } from './json';
import { loadModel, saveModel, type NewModel } from './models';
import { readProbe, saveProbe } from './probes';
import { insertEpochs, runHistory } from './run-epochs';
import { countExtremes } from './run-extremes';
import { DamagedBytes } from './blobs';

export interface WholeRun extends RunHistory {
  readonly marks: Pick<RunSummary, 'tags' | 'starred' | 'archived'>;
  readonly model: NewModel | null;
  readonly evaluation: { readonly figures: Evaluation; readonly rows: EvaluatedRows } | null;
  /** Where it would go on; those of earlier epochs stay behind. */
  readonly checkpoint: Checkpoint | null;
  readonly probe: { readonly probe: Probe; readonly readings: readonly ProbeReading[] } | null;
}

const marksSchema = z.object({ tags: z.string(), starred: z.number(), archived: z.number() });

/** Everything in one consistent reading. @throws CodedError `not-found`; Error where a model's bytes are damaged */
export function readWholeRun(db: Database, id: string): WholeRun {
  return db.transaction(() => {
    const history = runHistory(db, id);
    const row = db.prepare<[string]>('SELECT tags, starred, archived FROM runs WHERE id = ?').get(id);
    const { tags, starred, archived } = marksSchema.parse(row);
    const figures = getEvaluation(db, id);
    return {
      ...history,
      marks: { tags: JSON.parse(tags) as string[], starred: starred === 1, archived: archived === 1 },
      model: modelOf(db, id),
      evaluation: figures && { figures, rows: evaluatedRows(db, id) },
      checkpoint: checkpointOf(db, id),
      probe: readProbe(db, id),
    };
  })();
}

/** Null where no epoch was completed. */
function modelOf(db: Database, id: string): NewModel | null {
  try {
    return loadModel(db, id);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'run-without-model') return null;
    throw error;
  }
}

/** A damaged one is none: the run would begin anew without it. */
function checkpointOf(db: Database, id: string): Checkpoint | null {
  try {
    return latestCheckpoint(db, id);
  } catch (error) {
    if (error instanceof DamagedBytes) return null;
    throw error;
  }
}

/** Part of the caller's transaction. The run's `projectId`, `name` and ids are those that it is to have here. */
export function insertWholeRun(db: Database, whole: WholeRun): void {
  const { run, marks, epochs, batches, events, seq, model, evaluation, checkpoint, probe } = whole;
  insertRow(db, whole);
  insertEpochs(db, run.id, { epochs, batches, events });
  countExtremes(db, run.id);
  if (model) saveModel(db, model);
  if (evaluation) saveEvaluation(db, evaluation.figures, evaluation.rows);
  if (checkpoint) saveCheckpoint(db, run.id, checkpoint, { best: null, every: 0 });
  for (const reading of probe?.readings ?? []) if (probe) saveProbe(db, run.id, { probe: probe.probe, reading });
  db.prepare('UPDATE runs SET tags = ?, starred = ?, archived = ?, seq = ? WHERE id = ?').run(
    ...[toJson(marks.tags), Number(marks.starred), Number(marks.archived), seq, run.id],
  );
}

function insertRow(db: Database, { run }: WholeRun): void {
  db.prepare(
    `INSERT INTO runs (id, project_id, name, note, state, data, dataset_name, network, settings, backend, parameter_count,
     engine, created_at, started_at, ended_at, epochs_done, best, last, test, error, sparkline, parent, trained,
     waited)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    ...[run.id, run.projectId, run.name, run.note, run.state, toJson(run.data), run.datasetName, toJson(run.network)],
    ...[toJson(run.settings), run.backend, run.parameterCount, toJson(run.engine), Math.round(run.createdAt)],
    ...[whole(run.startedAt), whole(run.endedAt), run.epochsDone, toJson(run.best), toJson(run.last), toJson(run.test)],
    ...[toJson(run.error), toJson(run.sparkline), toJson(run.parent)],
    ...[run.times.trained, run.times.waited],
  );
}

function whole(time: number | null): number | null {
  return time === null ? null : Math.round(time);
}

/** Whether a run with this id is kept, deleted, or not there. */
export function runPresence(db: Database, id: string): 'kept' | 'deleted' | 'absent' {
  const row = db.prepare<[string], { deleted_at: number | null }>('SELECT deleted_at FROM runs WHERE id = ?').get(id);
  if (!row) return 'absent';
  return row.deleted_at === null ? 'kept' : 'deleted';
}
