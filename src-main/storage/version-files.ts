/**
 * The end of a version's files. A note in the temporary folder (unfinished.ts) says what is to go, before the database
 * forgets the version: killed at any moment, the version is whole, or the next start takes the rest of its files away.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { VersionRemoval } from '../contract';
import { durableTransaction, transaction } from './database';
import { journalStamp } from './edits';
import { newId } from './ids';
import type { Library } from './library';
import { MOVES_NOTE, type Moves } from './unfinished';
import { blobsOfVersion, deleteVersion, isBlobShared, isOnlyVersion, versionUses } from './versions';

type Files = Pick<Library, 'db' | 'paths'>;

/** What deleting a version would free, and what stands against it. */
export function describeRemoval(library: Files, versionId: string): VersionRemoval {
  return {
    bytes: freedBytes(library, versionId),
    isLast: isOnlyVersion(library.db, versionId),
    pendingSteps: journalStamp(library.db, versionId).steps,
    uses: versionUses(library.db, versionId),
  };
}

/**
 * Deletes a version and those of its files that no other shares.
 * @throws CodedError `version-in-use`, `not-found`, `library-locked`; nothing is deleted then
 */
export async function removeVersion(library: Files, versionId: string): Promise<VersionRemoval> {
  const { db, paths } = library;
  const removal = describeRemoval(library, versionId);
  const folder = join(paths.temporary, newId());
  mkdirSync(folder);
  const moves: Moves = { versionId, blobs: blobsOfVersion(db, versionId) };
  try {
    writeFileSync(join(folder, MOVES_NOTE), JSON.stringify(moves), { flush: true });
    durableTransaction(db, () => deleteVersion(db, versionId, removal.bytes));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  moveAway(library, moves, folder);
  await rm(folder, { recursive: true, force: true });
  return removal;
}

/** Within a write transaction, so that no import finds a blob in its place that is about to go. */
function moveAway({ db, paths }: Files, { versionId, blobs }: Moves, folder: string): void {
  transaction(db, () => {
    const version = join(paths.versions, versionId);
    if (existsSync(version)) renameSync(version, join(folder, 'version'));
    for (const blob of blobs) {
      const file = join(paths.blobs, blob);
      if (!isBlobShared(db, blob, versionId) && existsSync(file)) renameSync(file, join(folder, blob));
    }
  });
}

/** Bytes of the files that no other version shares: blobs by their name, rows by a second link to them. */
function freedBytes({ db, paths }: Files, versionId: string): number {
  const own = filesBelow(join(paths.versions, versionId)).filter((file) => statSync(file).nlink === 1);
  const blobs = blobsOfVersion(db, versionId)
    .filter((blob) => !isBlobShared(db, blob, versionId))
    .map((blob) => join(paths.blobs, blob));
  return [...own, ...blobs.filter(existsSync)].reduce((sum, file) => sum + statSync(file).size, 0);
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}
