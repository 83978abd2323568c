/** Trials of searches: a row each with its curve as bytes, written as it begins, after epochs and as it ends. */
import {
  CodedError,
  fieldValuesSchema,
  trialSchema,
  wireErrorSchema,
  type FieldValues,
  type Trial,
  type TrialState,
  type WireError,
} from '../contract';
import { transaction, type Database } from './database';
import { fromJson, fromNullableJson, toJson } from './json';

interface TrialRow {
  number: number;
  state: TrialState;
  choices: string;
  curve: Uint8Array;
  value: number | null;
  measures: string;
  seconds: number;
  error: string | null;
  revision: number;
}

export const changedTrialsSql =
  'SELECT * FROM search_trials WHERE search_id = ? AND revision > ? ORDER BY revision LIMIT ?';

/** A trial that begins, or begins anew after an interruption, with nothing of what it had. */
export function beginTrial(db: Database, searchId: string, number: number, values: FieldValues): void {
  transaction(db, () => {
    db.prepare('DELETE FROM search_trials WHERE search_id = ? AND number = ?').run(searchId, number);
    db.prepare(
      `INSERT INTO search_trials (search_id, number, state, choices, curve, value, measures, seconds, error, revision)
       VALUES (?, ?, 'running', ?, ?, NULL, '{}', 0, NULL, ?)`,
    ).run(searchId, number, toJson(values), new Uint8Array(), nextRevision(db, searchId));
  });
}

/** What a trial has come to, and what its search has taken. @throws CodedError `not-found` */
export function keepTrial(db: Database, searchId: string, trial: Trial, searchSeconds: number): void {
  transaction(db, () => {
    const { changes } = db
      .prepare(
        `UPDATE search_trials SET state = ?, curve = ?, value = ?, measures = ?, seconds = ?, error = ?, revision = ?
         WHERE search_id = ? AND number = ?`,
      )
      .run(
        trial.state,
        curveBytes(trial.curve),
        trial.value,
        toJson(trial.measures),
        trial.seconds,
        toJson(trial.error),
        nextRevision(db, searchId),
        searchId,
        trial.number,
      );
    if (changes === 0) throw notFound(searchId, trial.number);
    db.prepare('UPDATE searches SET seconds = ? WHERE id = ?').run(searchSeconds, searchId);
  });
}

/** All, in the order of their beginning. */
export function listTrials(db: Database, searchId: string): Trial[] {
  const sql = 'SELECT * FROM search_trials WHERE search_id = ? ORDER BY number';
  return db.prepare<[string], TrialRow>(sql).all(searchId).map(toTrial);
}

/** @throws CodedError `not-found` */
export function getTrial(db: Database, searchId: string, number: number): Trial {
  const sql = 'SELECT * FROM search_trials WHERE search_id = ? AND number = ?';
  const row = db.prepare<[string, number], TrialRow>(sql).get(searchId, number);
  if (!row) throw notFound(searchId, number);
  return toTrial(row);
}

/** Those that changed after a revision, the earliest change first, at most so many, and the revision of the last. */
export function changedTrials(
  db: Database,
  searchId: string,
  since: number,
  most: number,
): { readonly trials: Trial[]; readonly since: number; readonly more: boolean } {
  const rows = db.prepare<[string, number, number], TrialRow>(changedTrialsSql).all(searchId, since, most + 1);
  const taken = rows.slice(0, most);
  return { trials: taken.map(toTrial), since: taken.at(-1)?.revision ?? since, more: rows.length > most };
}

/** Ends what still runs, as where its process is gone. */
export function endRunningTrials(
  db: Database,
  searchId: string,
  state: 'interrupted' | 'failed',
  error: WireError | null,
): void {
  const running = db
    .prepare<[string], number>("SELECT number FROM search_trials WHERE search_id = ? AND state = 'running'")
    .pluck()
    .all(searchId);
  for (const number of running) {
    db.prepare('UPDATE search_trials SET state = ?, error = ?, revision = ? WHERE search_id = ? AND number = ?').run(
      state,
      toJson(error),
      nextRevision(db, searchId),
      searchId,
      number,
    );
  }
}

function nextRevision(db: Database, searchId: string): number {
  const sql = 'UPDATE searches SET revision = revision + 1 WHERE id = ? RETURNING revision';
  const revision = db.prepare<[string], number>(sql).pluck().get(searchId);
  if (revision === undefined) throw new CodedError('not-found', { what: 'search', id: searchId });
  return revision;
}

function curveBytes(curve: readonly number[]): Uint8Array {
  return new Uint8Array(Float64Array.from(curve).buffer);
}

/** Copied, as SQLite's bytes need not lie at a multiple of eight. */
function toCurve(bytes: Uint8Array): number[] {
  return Array.from(new Float64Array(new Uint8Array(bytes).buffer));
}

function toTrial(row: TrialRow): Trial {
  return {
    number: row.number,
    state: row.state,
    values: fromJson(fieldValuesSchema, row.choices, 'search_trials.choices'),
    curve: toCurve(row.curve),
    value: row.value,
    measures: fromJson(trialSchema.shape.measures, row.measures, 'search_trials.measures'),
    seconds: row.seconds,
    error: fromNullableJson(wireErrorSchema, row.error, 'search_trials.error'),
  };
}

function notFound(searchId: string, number: number): CodedError {
  return new CodedError('not-found', { what: 'trial', id: `${searchId}, ${number}` });
}
