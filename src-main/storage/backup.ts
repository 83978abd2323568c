/** Copies of the library before it is changed in form: whole, synced to disk, the last three kept. */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database';
import { formatOf } from './migrate';

const kept = 3;
const pattern = /^library-format\d+-\d{8}T\d{9}Z\.sqlite$/;

/**
 * Writes `library-format<n>-<time>.sqlite` into the folder. `VACUUM INTO` reads one consistent state, WAL included.
 * @returns the path of the copy.
 */
export function backUp(db: Database, folder: string, now = new Date()): string {
  mkdirSync(folder, { recursive: true });
  const time = now.toISOString().replace(/[-:.]/g, '');
  const path = join(folder, `library-format${formatOf(db)}-${time}.sqlite`);
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  db.prepare('VACUUM INTO ?').run(partial);
  sync(partial);
  renameSync(partial, path);
  if (process.platform !== 'win32') sync(folder);
  dropOld(folder);
  return path;
}

/** Paths of the backups, the newest first. */
export function listBackups(folder: string): string[] {
  const timeOf = (name: string) => name.replace(/^library-format\d+-/, '');
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort((a, b) => timeOf(b).localeCompare(timeOf(a)))
    .map((name) => join(folder, name));
}

function dropOld(folder: string): void {
  for (const path of listBackups(folder).slice(kept)) rmSync(path, { force: true });
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
