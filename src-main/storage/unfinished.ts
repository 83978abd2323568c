/**
 * What work left outside the temporary folder when it was killed: an import, the making of a version or its deletion in its last
 * moment, an export anywhere in its writing. Before any of them does so it notes it in a folder of its own below the temporary
 * one; a note whose version is not in the database, or that names a half-written export, says what to take back or away.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { Database } from './database';

/** Name of the note in a folder of one import or deletion under the temporary folder. */
export const MOVES_NOTE = 'moves.json';

/** Name of the note of an export, in its job's folder. */
export const EXPORT_NOTE = 'export.json';

const exportSchema = z.object({
  /** Where it is written until it is whole; absolute. */
  work: z.string(),
});
export type UnfinishedExport = z.infer<typeof exportSchema>;

const movesSchema = z.object({
  versionId: z.string().regex(/^[0-9a-z]{26}$/),
  blobs: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
});
export type Moves = z.infer<typeof movesSchema>;

interface Folders {
  readonly temporary: string;
  readonly versions: string;
  readonly blobs: string;
}

/** To be called by the only owner, before it sweeps the temporary folder. */
export function undoUnfinishedImports(db: Database, paths: Folders): void {
  for (const folder of readdirSync(paths.temporary)) undoMoves(db, paths, folder);
}

/**
 * What a folder's note says was moved goes back into the folder, from where an interrupted import goes on or is swept. Where
 * its version is in the database, all is in its place.
 * @param folder its name below the temporary one.
 */
export function undoMoves(db: Database, paths: Folders, folder: string): void {
  const note = join(paths.temporary, folder, MOVES_NOTE);
  if (!existsSync(note)) return;
  const moves = readNote(note, movesSchema);
  if (moves && !db.prepare('SELECT 1 FROM versions WHERE id = ?').get(moves.versionId)) {
    const own = (kind: string, name: string) => join(paths.temporary, folder, kind, name);
    moveBack(join(paths.versions, moves.versionId), own('versions', moves.versionId));
    for (const blob of moves.blobs) {
      const isUsed = db.prepare('SELECT 1 FROM versions WHERE instr(columns, ?) > 0').get(blob);
      if (!isUsed) moveBack(join(paths.blobs, blob), own('blobs', blob));
    }
  }
  rmSync(note, { force: true });
}

/** @param to is not there, unless the move away from it never happened. */
function moveBack(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(dirname(to), { recursive: true });
  if (existsSync(to)) rmSync(from, { recursive: true, force: true });
  else renameSync(from, to);
}

/** To be called by the only owner, before it sweeps the temporary folder. */
export function removeUnfinishedExports(paths: { readonly temporary: string }): void {
  for (const folder of readdirSync(paths.temporary)) {
    const note = join(paths.temporary, folder, EXPORT_NOTE);
    if (!existsSync(note)) continue;
    const work = readNote(note, exportSchema)?.work ?? '';
    // Only what an export of this job names so: a note can take nothing else away.
    const isOwn = isAbsolute(work) && basename(work).startsWith('.') && work.endsWith(`.${folder}.part`);
    if (isOwn) removeIfAllowed(work);
  }
}

/** A disk that was made read-only since, or is another person's now, keeps its leftover: the library opens all the same. */
function removeIfAllowed(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^(EACCES|EPERM|EROFS|EBUSY|ENOTDIR|EIO)$/.test(code)) throw error;
  }
}

/** Null for a note that was not written to its end: then nothing had been moved yet. */
function readNote<Note>(path: string, schema: z.ZodType<Note>): Note | null {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
