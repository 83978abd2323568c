/** Jobs: one row per slow thing that was started, kept after its end for the activity list. */
import {
  CodedError,
  progressSchema,
  wireErrorSchema,
  type Job,
  type JobState,
  type Progress,
  type WireError,
} from '../contract';
import type { Database } from './database';
import { fromNullableJson, toJson } from './json';
import { ownerOf } from './owners';

export interface JobRow {
  id: string;
  kind: string;
  subject: string;
  subject_id: string | null;
  state: JobState;
  progress: string | null;
  error: string | null;
  created_at: number;
  ended_at: number | null;
}

export const jobColumns = 'id, kind, subject, subject_id, state, progress, error, created_at, ended_at';
const selection = `SELECT ${jobColumns} FROM jobs`;
export const listJobsSql = `${selection} ORDER BY created_at DESC, id DESC LIMIT ?`;

/**
 * The row remembers the process that inserts it (the connection's owner), so that its death can be told later.
 * @param input what it was started with
 */
export function insertJob(db: Database, job: Job, input: unknown = null): void {
  db.prepare(
    `INSERT INTO jobs (id, kind, subject, subject_id, state, progress, error, created_at, ended_at, owner, input)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    job.id,
    job.kind,
    job.subject,
    job.subjectId,
    job.state,
    toJson(job.progress),
    toJson(job.error),
    job.createdAt,
    job.endedAt,
    ownerOf(db),
    toJson(input),
  );
}

/** Changes only what is named. @throws CodedError `not-found` */
export function updateJob(
  db: Database,
  id: string,
  changes: { state?: JobState; progress?: Progress | null; error?: WireError | null; endedAt?: number | null },
): void {
  const result = db
    .prepare(
      `UPDATE jobs SET state = coalesce(?, state), progress = coalesce(?, progress), error = coalesce(?, error),
       ended_at = coalesce(?, ended_at) WHERE id = ?`,
    )
    .run(changes.state ?? null, toJson(changes.progress), toJson(changes.error), changes.endedAt ?? null, id);
  if (result.changes === 0) throw new CodedError('not-found', { what: 'job', id });
}

/** How far a job is, as it says itself while it works; without a row nothing is written. */
export function noteProgress(db: Database, id: string, progress: Progress): void {
  db.prepare('UPDATE jobs SET progress = ? WHERE id = ?').run(toJson(progress), id);
}

/** @throws CodedError `not-found` */
export function getJob(db: Database, id: string): Job {
  const row = db.prepare<[string], JobRow>(`${selection} WHERE id = ?`).get(id);
  if (!row) throw new CodedError('not-found', { what: 'job', id });
  return toJob(row);
}

/** Newest first. */
export function listJobs(db: Database, limit: number): Job[] {
  return db.prepare<[number], JobRow>(listJobsSql).all(limit).map(toJob);
}

export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    subjectId: row.subject_id,
    state: row.state,
    progress: fromNullableJson(progressSchema, row.progress, 'jobs.progress'),
    error: fromNullableJson(wireErrorSchema, row.error, 'jobs.error'),
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}
