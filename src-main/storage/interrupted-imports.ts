/**
 * Imports that were interrupted and can go on: the job's row with its input, and the folder of that job's name below the
 * temporary one, which holds what was finished. They end when they go on, when the person discards them, or with time.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError, importInputSchema, type ImportInput, type Job } from '../contract';
import { durableTransaction, transaction, type Database } from './database';
import { getJob, jobColumns, toJob, type JobRow } from './jobs';
import { fromNullableJson } from './json';
import type { Library } from './library';
import { ownerOf } from './owners';
import { undoMoves } from './unfinished';

/** So long an interrupted import waits for the person. */
export const daysKept = 14;
const MOST_AGE_MS = daysKept * 24 * 3600_000;

const waiting = "kind = 'import' AND state = 'interrupted' AND input IS NOT NULL";
export const interruptedImportsSql = `SELECT ${jobColumns} FROM jobs WHERE ${waiting} AND ended_at > ?
  ORDER BY ended_at DESC, id DESC`;

/** Those that can still go on, the last interrupted first. */
export function listInterruptedImports(db: Database, now = Date.now()): Job[] {
  return db
    .prepare<[number], JobRow>(interruptedImportsSql)
    .all(now - MOST_AGE_MS)
    .map(toJob);
}

/** When the app stops keeping it, in milliseconds since 1970. */
export function keptUntil(job: Job): number {
  return (job.endedAt ?? job.createdAt) + MOST_AGE_MS;
}

/** What an import was started with, however it ended. @throws CodedError `not-found` */
export function importInput(db: Database, id: string): ImportInput {
  const text = db.prepare<[string], string | null>("SELECT input FROM jobs WHERE id = ? AND kind = 'import'").pluck();
  const input = fromNullableJson(importInputSchema, text.get(id) ?? null, 'jobs.input');
  if (!input) throw new CodedError('not-found', { what: 'job', id });
  return input;
}

/**
 * Makes the row of an interrupted import that of a running one of this connection's owner: of two who want it, one gets it.
 * @returns the job as it runs now.
 * @throws CodedError `import-not-interrupted`
 */
export function takeUpImport({ db, paths }: Pick<Library, 'db' | 'paths'>, id: string): Job {
  return transaction(db, () => {
    const taken = db
      .prepare(
        `UPDATE jobs SET state = 'running', error = NULL, ended_at = NULL, owner = ? WHERE id = ? AND ${waiting}`,
      )
      .run(ownerOf(db), id);
    if (taken.changes === 0) throw new CodedError('import-not-interrupted', { id });
    undoMoves(db, paths, id);
    return getJob(db, id);
  });
}

/** Nothing of it stays, in the database and on disk. @throws CodedError `import-not-interrupted` */
export function discardImport({ db, paths }: Pick<Library, 'db' | 'paths'>, id: string): void {
  durableTransaction(db, () => {
    if (db.prepare(`DELETE FROM jobs WHERE id = ? AND ${waiting}`).run(id).changes === 0) {
      throw new CodedError('import-not-interrupted', { id });
    }
    undoMoves(db, paths, id);
  });
  rmSync(join(paths.temporary, id), { recursive: true, force: true });
}

/** Forgets the inputs of those that have waited too long. @returns the names of the folders that are still wanted */
export function expireImports(db: Database, now = Date.now()): Set<string> {
  db.prepare(`UPDATE jobs SET input = NULL WHERE ${waiting} AND ended_at <= ?`).run(now - MOST_AGE_MS);
  return new Set(listInterruptedImports(db, now).map(({ id }) => id));
}
