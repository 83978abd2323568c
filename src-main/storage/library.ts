/**
 * The library: one SQLite file and the folders beside it. The owner (app or terminal) makes it sound before anything
 * else happens: sets a damaged one aside, migrates an old one after a backup, and marks as interrupted what the death
 * of an earlier owner left running. A job opens it as it is.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError, type ErrorCode, type TextParameters, type WireError } from '../contract';
import { backUp } from './backup';
import { codedStorageError, openDatabase, transaction, type Database } from './database';
import { expireImports } from './interrupted-imports';
import { currentFormat, formatOf, migrate, refuseNewer } from './migrate';
import { becomeOwner, livingOwners } from './owners';
import { isDamage, isSound, recoverRows, setAside } from './recover';
import { expireRuns } from './run-bytes';
import { markInterruptedSearches } from './searches';
import { removeUnfinishedExports, undoUnfinishedImports } from './unfinished';

interface LibraryPaths {
  readonly database: string;
  readonly blobs: string;
  readonly versions: string;
  readonly backups: string;
  readonly cache: string;
  /** For what is not yet whole; swept when an owner opens the library and no other has it open, but for interrupted imports. */
  readonly temporary: string;
}

interface LibraryNotice {
  readonly code: string;
  readonly parameters: Record<string, string | number>;
}

export interface Library {
  readonly db: Database;
  readonly directory: string;
  readonly paths: LibraryPaths;
  /** What the person must know of the opening, e.g. `library-damaged`. */
  readonly notices: readonly LibraryNotice[];
  /** Names of the processes that have it open as owners, this one's among them; for a job none. */
  owners(): ReadonlySet<string>;
  close(): void;
}

function pathsOf(directory: string): LibraryPaths & { damaged: string; owners: string } {
  return {
    database: join(directory, 'library.sqlite'),
    blobs: join(directory, 'blobs'),
    versions: join(directory, 'versions'),
    backups: join(directory, 'backups'),
    cache: join(directory, 'cache'),
    temporary: join(directory, 'tmp'),
    damaged: join(directory, 'damaged'),
    owners: join(directory, 'owners'),
  };
}
type Paths = ReturnType<typeof pathsOf>;

/**
 * @param directory absolute; an owner makes it where it is missing.
 * @throws CodedError `library-newer`, `library-locked` (a damaged library that another process has open), `disk-full`
 */
export function openLibrary(directory: string, options: { role: 'owner' | 'job' } = { role: 'owner' }): Library {
  const paths = pathsOf(directory);
  try {
    return options.role === 'owner' ? openAsOwner(directory, paths) : openAsJob(directory, paths);
  } catch (error) {
    throw codedStorageError(error, paths.database);
  }
}

function openAsJob(directory: string, paths: Paths): Library {
  const db = openDatabase(paths.database, { mustExist: true });
  try {
    refuseNewer(db);
    if (formatOf(db) !== currentFormat) {
      throw new Error(`The library has format ${formatOf(db)}; a job reads ${currentFormat} only`);
    }
  } catch (error) {
    db.close();
    throw error;
  }
  return { db, directory, paths, notices: [], owners: () => new Set(), close: () => db.close() };
}

function openAsOwner(directory: string, paths: Paths): Library {
  for (const folder of [directory, paths.blobs, paths.versions, paths.backups, paths.cache, paths.temporary]) {
    mkdirSync(folder, { recursive: true });
  }
  const notices: LibraryNotice[] = [];
  const db = openSound(paths, notices);
  try {
    refuseNewer(db);
    if (formatOf(db) > 0 && formatOf(db) < currentFormat) backUp(db, paths.backups);
    migrate(db);
    const { others, release } = becomeOwner(db, paths.owners);
    try {
      markInterrupted(db, others);
      if (others.size === 0) {
        undoUnfinishedImports(db, paths);
        removeUnfinishedExports(paths);
        expireRuns(db);
        sweep(paths.temporary, expireImports(db));
      }
    } catch (error) {
      release();
      throw error;
    }
    const close = () => {
      // Lets SQLite keep what it learned of the tables for better plans.
      db.pragma('optimize');
      db.close();
      release();
    };
    return { db, directory, paths, notices, owners: () => livingOwners(paths.owners), close };
  } catch (error) {
    if (db.open) db.close();
    throw error;
  }
}

/** A connection to a sound database: the one there, or a new one where that is damaged. */
function openSound(paths: Paths, notices: LibraryNotice[]): Database {
  const isNew = !existsSync(paths.database);
  try {
    const db = openDatabase(paths.database);
    if (isNew || isSound(db)) return db;
    db.close();
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  if (livingOwners(paths.owners).size > 0) throw new CodedError('library-locked', { path: paths.database });
  const aside = setAside(paths.database, paths.damaged);
  const db = openDatabase(paths.database);
  try {
    migrate(db);
    const taken = recoverRows(db, aside, paths.temporary);
    const parameters: TextParameters = { path: aside, runs: taken['runs'] ?? 0, datasets: taken['datasets'] ?? 0 };
    notices.push({ code: 'library-damaged', parameters: { ...parameters } });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Jobs of owners that are gone, and runs whose job is gone, end here as `interrupted`; their complete epochs stay. Runs that wait
 * in the queue go on waiting. When a process died is not known: its run trained until the last thing it logged, at least.
 */
function markInterrupted(db: Database, living: ReadonlySet<string>): void {
  const now = Date.now();
  const ended = { code: 'app-ended', parameters: {} } satisfies WireError & { code: ErrorCode };
  const cause = JSON.stringify(ended);
  transaction(db, () => {
    db.prepare(
      `UPDATE jobs SET state = 'interrupted', error = ?, ended_at = ? WHERE state IN ('running', 'paused')
       AND (owner IS NULL OR owner NOT IN (SELECT value FROM json_each(?)))`,
    ).run(cause, now, JSON.stringify([...living]));
    // A queued run without a job may be one that another owner is starting at this moment: it gets ten seconds.
    db.prepare(
      `UPDATE runs SET state = 'interrupted', error = ?, ended_at = ?, begun_at = NULL, queued_at = NULL,
       trained = trained + max(0, coalesce((SELECT max(time) FROM events WHERE run_id = runs.id) - begun_at, 0))
       WHERE state IN ('queued', 'running', 'paused') AND NOT EXISTS (SELECT 1 FROM run_queue WHERE run_id = runs.id)
       AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.subject_id = runs.id AND jobs.kind = 'train'
         AND jobs.state IN ('running', 'paused'))
       AND (state <> 'queued' OR created_at < ? OR ? = 0)`,
    ).run(cause, now, now - 10_000, living.size);
    markInterruptedSearches(db, ended, living.size === 0);
  });
}

/** @param kept names of folders of interrupted imports. */
function sweep(folder: string, kept: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    if (!kept.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
