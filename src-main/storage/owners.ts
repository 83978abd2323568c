/**
 * Which processes have a library open as its owner (the app, a terminal). Each holds an exclusive SQLite lock on a small
 * file of its own under `owners/`; the operating system drops the lock when the process dies, however it dies, and no
 * process id has to be trusted. Jobs remember their owner's name, so that those of a dead owner are told from live ones.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openPlainDatabase, sqliteCode, transaction, type Database } from './database';
import { newId } from './ids';

const byConnection = new WeakMap<Database, string>();

/** The owner that a connection belongs to; null for a job's own connection. */
export function ownerOf(db: Database): string | null {
  return byConnection.get(db) ?? null;
}

/** A connection that nobody holds is closed by the garbage collector, and its lock with it. */
const held = new Set<Database>();

/** Takes a lock. @returns its release, which also removes the file; null where another process holds it. */
function lock(path: string): (() => void) | null {
  const db = openPlainDatabase(path);
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  held.add(db);
  return () => {
    held.delete(db);
    db.close();
    rmSync(path, { force: true });
  };
}

/** Names of the owners that live, those in this process included. Files of dead ones are removed. */
export function livingOwners(folder: string): Set<string> {
  mkdirSync(folder, { recursive: true });
  const living = new Set<string>();
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.lock')) continue;
    const release = lock(join(folder, file));
    if (release) release();
    else living.add(file.slice(0, -'.lock'.length));
  }
  return living;
}

/**
 * Makes this process an owner. The whole is one write transaction of the library, so that another process that looks at
 * the same moment cannot take the fresh file for a dead one's.
 * @returns the other living owners, and the release.
 */
export function becomeOwner(db: Database, folder: string): { others: Set<string>; release: () => void } {
  return transaction(db, () => {
    const others = livingOwners(folder);
    const name = newId();
    const release = lock(join(folder, `${name}.lock`));
    if (!release) throw new Error(`The lock ${name} is taken`);
    byConnection.set(db, name);
    return { others, release };
  });
}
