/**
 * A run that begins with a checkpoint of another. All it needs is copied as it is made: what happens to the other one harms
 * nothing. With the optimizer's state it is what the other was after that epoch, its history with it; without, it is a new
 * run whose first weights are given, as a checkpoint of the epoch before the first.
 */
import { z } from 'zod';
import { bestSchema, type KeptEpoch, type MetricValues, type Run, type RunParent } from '../contract';
import { transaction, type Database } from './database';
import { fromJson, toJson } from './json';
import { sparkline } from './run-epochs';
import { countExtremes } from './run-extremes';
import { createRun, getRun, type NewRun } from './runs';

const stateSchema = z.looseObject({ best: bestSchema.nullable().optional() });

/** Newest first. */
export function keptEpochs(db: Database, runId: string): KeptEpoch[] {
  const best = getRun(db, runId).best?.epoch;
  return db
    .prepare<[string], { epoch: number; bytes: number }>(
      'SELECT epoch, byte_length AS bytes FROM checkpoints WHERE run_id = ? AND epoch > 0 ORDER BY epoch DESC',
    )
    .all(runId)
    .map(({ epoch, bytes }, at) => ({ epoch, bytes, isBest: epoch === best, isLast: at === 0 }));
}

export interface NewBranch {
  readonly run: NewRun;
  readonly parent: RunParent;
  /** Early stopping counts anew, as it would have to where what it watches was changed. */
  readonly waitsAnew: boolean;
  /** What is best is judged anew. */
  readonly judgesAnew: boolean;
}

/** @throws CodedError `not-found`; the parent's epoch must be one of `keptEpochs` */
export function createBranch(db: Database, { run, parent, waitsAnew, judgesAnew }: NewBranch): Run {
  return transaction(db, () => {
    createRun(db, run);
    db.prepare('UPDATE runs SET parent = ? WHERE id = ?').run(toJson(parent), run.id);
    const state = stateOf(db, parent);
    if (parent.withOptimizer) {
      const best = judgesAnew ? null : copyModel(db, run.id, parent, state.best ?? null);
      copyHistory(db, run.id, parent, best);
      const waited = waitsAnew ? { waited: 0 } : {};
      copyCheckpoint(db, run.id, parent, { ...state, best, ...waited, ...(judgesAnew ? { watched: null } : {}) });
    } else {
      const manifest = state['manifest'];
      copyCheckpoint(
        db,
        run.id,
        parent,
        { v: 2, manifest, best: null, waited: 0, weightsOnly: true },
        { atBeginning: true },
      );
    }
    return getRun(db, run.id);
  });
}

function stateOf(db: Database, { runId, epoch }: RunParent) {
  const text = db
    .prepare<[string, number], string>('SELECT state FROM checkpoints WHERE run_id = ? AND epoch = ?')
    .pluck()
    .get(runId, epoch);
  return fromJson(stateSchema, text ?? '{}', 'checkpoints.state');
}

/** Bytes go from row to row inside SQLite; their sha256 is checked as the branch begins. */
function copyCheckpoint(
  db: Database,
  id: string,
  { runId, epoch }: RunParent,
  state: object,
  { atBeginning = false } = {},
): void {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO checkpoints (run_id, epoch, step, state, byte_length, sha256)
       SELECT @id, iif(@first, 0, epoch), iif(@first, 0, step), @state, byte_length, sha256
       FROM checkpoints WHERE run_id = @runId AND epoch = @epoch`,
    )
    .run({ id, runId, epoch, first: Number(atBeginning), state: toJson(state) });
  db.prepare(
    `INSERT INTO checkpoint_chunks (checkpoint_id, number, bytes) SELECT ?, number, bytes FROM checkpoint_chunks
     WHERE checkpoint_id = (SELECT id FROM checkpoints WHERE run_id = ? AND epoch = ?)`,
  ).run(lastInsertRowid, runId, epoch);
}

/**
 * The model that was saved by that epoch, where it is the parent's still. Of a better one that came in its place no weights
 * are left: then the epoch that the branch begins with is the best, and its model is saved as training begins.
 * @returns the best epoch from which the branch goes on
 */
function copyModel(db: Database, id: string, { runId, epoch }: RunParent, best: Run['best']): Run['best'] {
  if (!best) return null;
  const saved = db
    .prepare<[string], number>("SELECT info ->> '$.epoch' FROM models WHERE run_id = ?")
    .pluck()
    .get(runId);
  if (saved !== undefined && saved <= epoch && (saved === best.epoch || saved === epoch)) {
    db.prepare(
      `INSERT INTO models (run_id, info, preparation, network, manifest, byte_length, sha256)
       SELECT @id, json_set(info, '$.runId', @id), preparation, network, manifest, byte_length, sha256
       FROM models WHERE run_id = @runId`,
    ).run({ id, runId });
    db.prepare(
      'INSERT INTO model_chunks (run_id, number, bytes) SELECT ?, number, bytes FROM model_chunks WHERE run_id = ?',
    ).run(id, runId);
    return best;
  }
  const value = metricsAt(db, runId, epoch)[best.metric];
  return value === undefined ? null : { ...best, value, epoch };
}

function copyHistory(db: Database, id: string, { runId, epoch }: RunParent, best: Run['best']): void {
  const columns = 'epoch, metrics, seconds, examples_per_second, learning_rate, memory, cores';
  db.prepare(
    `INSERT INTO epochs (run_id, ${columns}) SELECT ?, ${columns} FROM epochs WHERE run_id = ? AND epoch <= ?`,
  ).run(id, runId, epoch);
  db.prepare(
    `INSERT INTO batches (run_id, step, epoch, loss) SELECT ?, step, epoch, loss FROM batches WHERE run_id = ?
     AND step <= (SELECT step FROM checkpoints WHERE run_id = ? AND epoch = ?)`,
  ).run(id, runId, runId, epoch);
  countExtremes(db, id);
  db.prepare('UPDATE runs SET epochs_done = ?, best = ?, last = ?, sparkline = ? WHERE id = ?').run(
    ...[epoch, toJson(best), toJson(metricsAt(db, runId, epoch)), toJson(sparkline(db, id, epoch)), id],
  );
}

function metricsAt(db: Database, runId: string, epoch: number): MetricValues {
  const text = db
    .prepare<[string, number], string>('SELECT metrics FROM epochs WHERE run_id = ? AND epoch = ?')
    .pluck()
    .get(runId, epoch);
  return JSON.parse(text ?? '{}') as MetricValues;
}
