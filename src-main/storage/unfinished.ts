/**
 * What an import, the making of a version or its deletion left outside the temporary folder when it was killed in its last
 * moment. Before any of them moves files it notes them in a folder of its own; a note whose version is not in the database
 * says what to take away.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Database } from './database';

/** Name of the note in a folder of one import or deletion under the temporary folder. */
export const MOVES_NOTE = 'moves.json';

const movesSchema = z.object({
  versionId: z.string().regex(/^[0-9a-z]{26}$/),
  blobs: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
});
export type Moves = z.infer<typeof movesSchema>;

/** To be called by the only owner, before it sweeps the temporary folder. */
export function undoUnfinishedImports(
  db: Database,
  paths: { readonly temporary: string; readonly versions: string; readonly blobs: string },
): void {
  for (const folder of readdirSync(paths.temporary)) {
    const note = join(paths.temporary, folder, MOVES_NOTE);
    if (!existsSync(note)) continue;
    const moves = readNote(note);
    if (!moves) continue;
    if (db.prepare('SELECT 1 FROM versions WHERE id = ?').get(moves.versionId)) continue;
    rmSync(join(paths.versions, moves.versionId), { recursive: true, force: true });
    for (const blob of moves.blobs) {
      const isUsed = db.prepare('SELECT 1 FROM versions WHERE instr(columns, ?) > 0').get(blob);
      if (!isUsed) rmSync(join(paths.blobs, blob), { force: true });
    }
  }
}

/** Null for a note that was not written to its end: then nothing had been moved yet. */
function readNote(path: string): Moves | null {
  try {
    return movesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
