/**
 * The one door to SQLite. Opens a file with the pragmas that every connection needs, and offers the two kinds of
 * transaction: ordinary (synchronous=NORMAL, may lose the last commits to a power cut, never consistency) and durable
 * (FULL, on disk when it returns). Where waiting for the disk costs too much, an ordinary one is followed by `syncLog`.
 */
import { open } from 'node:fs/promises';
import SqliteDatabase from 'better-sqlite3';
import { CodedError } from '../contract';

export type Database = SqliteDatabase.Database;

/**
 * @param path of the file; it is created where it is missing unless `mustExist`.
 * @throws SqliteDatabase.SqliteError for a file that is not a database (`SQLITE_NOTADB`) or is damaged (`SQLITE_CORRUPT`).
 */
export function openDatabase(path: string, options: { mustExist?: boolean } = {}): Database {
  const db = new SqliteDatabase(path, { timeout: 5000, fileMustExist: options.mustExist ?? false });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    // macOS: fsync alone leaves data in the drive's cache.
    db.pragma('checkpoint_fullfsync = ON');
    db.pragma('fullfsync = ON');
    // Pages, 32 MiB: the log goes into the file once in several epochs of a usual network, not after each.
    db.pragma('wal_autocheckpoint = 8000');
    // Pages of big blobs that were replaced go back to the file system bit by bit, not at once.
    db.pragma('journal_size_limit = 67108864');
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** Opens a bare file with SQLite's defaults and no waiting, as a lock or to read a damaged copy. */
export function openPlainDatabase(path: string): Database {
  return new SqliteDatabase(path, { timeout: 0 });
}

/**
 * Runs `work` in one write transaction; a throw undoes all of it. Inside another transaction it becomes a part of that.
 * @throws CodedError `disk-full` or `library-locked` where SQLite says so.
 */
export function transaction<Result>(db: Database, work: () => Result): Result {
  try {
    return db.transaction(work).immediate();
  } catch (error) {
    throw codedStorageError(error, db.name);
  }
}

/** As `transaction`, but the commit is on disk (fsync) when it returns. Not inside another transaction. */
export function durableTransaction<Result>(db: Database, work: () => Result): Result {
  db.pragma('synchronous = FULL');
  try {
    return transaction(db, work);
  } finally {
    db.pragma('synchronous = NORMAL');
  }
}

/**
 * Brings onto the disk what was committed until now, while the caller goes on: all of it lies in the log or already in the
 * file. An ordinary transaction is durable when this has settled.
 * @throws CodedError `disk-full`
 */
export async function syncLog(db: Database): Promise<void> {
  try {
    const log = await open(`${db.name}-wal`, 'r+');
    try {
      await log.datasync();
    } finally {
      await log.close();
    }
  } catch (error) {
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw full ? new CodedError('disk-full', { path: db.name }, error) : error;
  }
}

/** SQLite's code of an error (`SQLITE_CORRUPT`), or null where it is not SQLite's. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof SqliteDatabase.SqliteError ? error.code : null;
}

/** A full disk or a locked library as a person's error; anything else unchanged. */
export function codedStorageError(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code?.startsWith('SQLITE_FULL')) return new CodedError('disk-full', { path }, error);
  if (code?.startsWith('SQLITE_BUSY')) return new CodedError('library-locked', { path }, error);
  return error;
}

/** Whether a write was refused for a reason that may pass: a full disk, or another process that holds the library. */
export function isPassingStorageError(error: unknown): boolean {
  if (error instanceof CodedError) return error.code === 'disk-full' || error.code === 'library-locked';
  return /^SQLITE_(FULL|BUSY|IOERR_SHMSIZE)/.test(sqliteCode(error) ?? '');
}
