/**
 * The last step of every job that makes a version: its files go from the job's folder to their places and its rows into
 * the database, as a whole or not at all, whenever the process is killed (storage/unfinished.ts takes away what is left).
 */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionFolder, type LibraryPaths } from '../data/paths';
import { durableTransaction } from '../storage/database';
import { MOVES_NOTE, type Moves } from '../storage/unfinished';
import type { JobContext } from './definition';

export interface StagedFiles {
  readonly versionId: string;
  /** Where they lie now. */
  readonly library: LibraryPaths;
  /** sha256 names of the blobs that came with it; those that the library has already stay where they are. */
  readonly blobs: readonly string[];
  /** The job's own folder below the temporary one. */
  readonly folder: string;
}

/**
 * @param insert writes the rows; what it throws undoes everything.
 * @returns what `insert` returned.
 */
export function keepVersion<Result>(staged: StagedFiles, context: JobContext, insert: () => Result): Result {
  return keepVersions([staged], context, insert);
}

/** Several at once, each from a folder of its own: all of them or none. */
export function keepVersions<Result>(
  all: readonly StagedFiles[],
  context: Pick<JobContext, 'library' | 'signal' | 'progress'>,
  insert: () => Result,
): Result {
  const { library, signal, progress } = context;
  progress({ stage: 'keep', done: 0, total: 1, unit: 'steps' });
  signal.throwIfAborted();
  const moved: Moves[] = [];
  try {
    return durableTransaction(library.db, () => {
      for (const staged of all) {
        const moves = planMoves(staged, library);
        moved.push(moves);
        move(staged, moves, library);
      }
      return insert();
    });
  } catch (error) {
    for (const { versionId, blobs } of moved) {
      rmSync(versionFolder(library, versionId), { recursive: true, force: true });
      for (const blob of blobs) rmSync(join(library.paths.blobs, blob), { force: true });
    }
    throw error;
  }
}

/** While no other process can write: a version that is just being deleted may take its blobs along. */
function planMoves({ versionId, blobs }: StagedFiles, { paths }: LibraryPaths): Moves {
  return { versionId, blobs: blobs.filter((blob) => !existsSync(join(paths.blobs, blob))) };
}

function move(staged: StagedFiles, moves: Moves, library: LibraryPaths): void {
  const { versionId, blobs } = moves;
  writeFileSync(join(staged.folder, MOVES_NOTE), JSON.stringify(moves), { flush: true });
  for (const blob of blobs) renameSync(join(staged.library.paths.blobs, blob), join(library.paths.blobs, blob));
  renameSync(versionFolder(staged.library, versionId), versionFolder(library, versionId));
}
