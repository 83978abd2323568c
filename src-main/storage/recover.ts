/**
 * What happens to a damaged library: its files are moved aside untouched, a new one is made, and from a copy of the old
 * one every row that can still be read is taken over. Rows whose owner could not be read go too, and a model or
 * checkpoint that misses bytes, so that the new library is whole in itself.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openPlainDatabase, sqliteCode, type Database } from './database';

/** Whether the file is sound as far as SQLite's quick check sees. @throws what is no damage, e.g. a lock */
export function isSound(db: Database): boolean {
  try {
    return db.pragma('quick_check(1)', { simple: true }) === 'ok';
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB');
}

/** Moves the database with its -wal and -shm into a new folder under `damaged`. @returns where the database lies now */
export function setAside(database: string, damaged: string, now = new Date()): string {
  const folder = join(damaged, now.toISOString().replace(/[-:.]/g, ''));
  mkdirSync(folder, { recursive: true });
  // The main file last: until then a restart finds the damage again instead of an empty library.
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(database + suffix)) renameSync(database + suffix, join(folder, basename(database) + suffix));
  }
  return join(folder, basename(database));
}

/**
 * Takes over what can be read.
 * @param db the new library, migrated and empty.
 * @param damaged the file set aside; it is copied into `scratch` first, as opening it would change it.
 * @returns rows taken over, by table.
 */
export function recoverRows(db: Database, damaged: string, scratch: string): Record<string, number> {
  mkdirSync(scratch, { recursive: true });
  const copy = join(scratch, 'damaged.sqlite');
  for (const suffix of ['', '-wal']) {
    if (existsSync(damaged + suffix)) copyFileSync(damaged + suffix, copy + suffix);
  }
  const taken: Record<string, number> = {};
  try {
    const source = openPlainDatabase(copy);
    try {
      db.pragma('foreign_keys = OFF');
      for (const table of tablesOf(db)) taken[table] = copyTable(source, db, table);
      dropIncomplete(db);
    } finally {
      source.close();
      db.pragma('foreign_keys = ON');
    }
  } finally {
    for (const name of readdirSync(scratch)) {
      if (name.startsWith('damaged.sqlite')) rmSync(join(scratch, name), { force: true });
    }
  }
  return taken;
}

function tablesOf(db: Database): string[] {
  return db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
}

function columnsOf(db: Database, table: string): string[] {
  return db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
}

/** Row by row, until the damage stops the reading; rows that break a constraint are left. */
function copyTable(source: Database, db: Database, table: string): number {
  let count = 0;
  try {
    const known = new Set(columnsOf(source, table));
    const columns = columnsOf(db, table).filter((column) => known.has(column));
    if (columns.length === 0) return 0;
    const list = columns.map((column) => `"${column}"`).join(', ');
    const places = columns.map(() => '?').join(', ');
    const insert = db.prepare<unknown[]>(`INSERT OR IGNORE INTO "${table}" (${list}) VALUES (${places})`);
    const rows = source.prepare<[], unknown[]>(`SELECT ${list} FROM "${table}"`).raw().iterate();
    db.transaction(() => {
      try {
        for (const row of rows) count += insert.run(...row).changes;
      } catch (error) {
        // What was read so far is kept; only damage ends a table early.
        if (!isDamage(error)) throw error;
      }
    })();
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  return count;
}

/** Removes what refers to rows that are gone, then models, checkpoints and epochs that are not whole. */
function dropIncomplete(db: Database): void {
  db.transaction(() => {
    dropOrphans(db);
    for (const [table, key, chunks, owner] of [
      ['models', 'run_id', 'model_chunks', 'run_id'],
      ['checkpoints', 'id', 'checkpoint_chunks', 'checkpoint_id'],
      ['mid_checkpoints', 'run_id', 'mid_checkpoint_chunks', 'run_id'],
      ['trial_weights', 'id', 'trial_weight_chunks', 'weights_id'],
    ]) {
      db.exec(`DELETE FROM ${table} WHERE byte_length <>
        (SELECT coalesce(sum(length(bytes)), 0) FROM ${chunks} WHERE ${chunks}.${owner} = ${table}.${key})`);
    }
    dropOrphans(db);
    db.exec('UPDATE runs SET epochs_done = (SELECT count(*) FROM epochs WHERE epochs.run_id = runs.id)');
  })();
}

function dropOrphans(db: Database): void {
  for (;;) {
    const broken = db
      .prepare<[], { child: string; parent: string }>(
        `SELECT child.name AS child, reference."table" AS parent, reference."from" AS "from", reference."to" AS "to"
         FROM sqlite_schema AS child JOIN pragma_foreign_key_list(child.name) AS reference WHERE child.type = 'table'`,
      )
      .all() as { child: string; parent: string; from: string; to: string }[];
    let removed = 0;
    for (const { child, parent, from, to } of broken) {
      removed += db
        .prepare(`DELETE FROM "${child}" WHERE "${from}" NOT IN (SELECT "${to}" FROM "${parent}")`)
        .run().changes;
    }
    if (removed === 0) return;
  }
}
