/** Numbered migrations: one file each under `migrations/`, each in a transaction of its own with the new `user_version`. */
import { CodedError } from '../contract';
import { transaction, type Database } from './database';

export interface Migration {
  /** The format it leads to; the file's number. */
  readonly version: number;
  up(db: Database): void;
}

const found = import.meta.glob<Migration>(['./migrations/*.ts', '!./migrations/*.test.ts'], {
  eager: true,
  import: 'migration',
});

/** In order, without a gap. */
export const migrations: readonly Migration[] = Object.values(found).sort((a, b) => a.version - b.version);

/** The format that this version of the app reads and writes. */
export const currentFormat = migrations.length;

export function formatOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** @throws CodedError `library-newer` where the library was written by a later version of the app. */
export function refuseNewer(db: Database): void {
  const format = formatOf(db);
  if (format > currentFormat) throw new CodedError('library-newer', { found: format, known: currentFormat });
}

/**
 * Brings a library to the current format. The version is read again inside each transaction, so that two processes that
 * open one library at the same moment do not both migrate it.
 * @param upTo stops earlier, for tests and fixtures.
 */
export function migrate(db: Database, upTo = currentFormat): void {
  for (const migration of migrations) {
    if (migration.version > upTo) break;
    transaction(db, () => {
      if (formatOf(db) >= migration.version) return;
      migration.up(db);
      db.pragma(`user_version = ${migration.version}`);
    });
  }
}
