/** By what it is told whether a source is still what it was: the names, sizes and times of all its files. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { join } from 'node:path';
import { deepestFolder, mostFiles } from './tree';
import type { SourceFile } from './source';

/** Files that are looked at between two chances for others (a cancel) to be heard. */
const TURN = 2000;

/**
 * To be taken before anything is read: what changes later then has another stamp. Calls that wait for the disk are made at
 * once here, at a few millionths of a second each, where asking one by one for answers would take ten times as long.
 * @returns a sha256; that of a file that is not there differs from all others.
 */
export async function stampSource(files: readonly SourceFile[], signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  let count = 0;
  for (const { path } of files) {
    for (const file of filesBelow(path, 0)) {
      const entry = lstatSync(file, { bigint: true, throwIfNoEntry: false });
      hash.update(`${file}\0${entry?.size}\0${entry?.mtimeNs}\0${entry?.mode}\n`);
      count += 1;
      if (count > mostFiles) break;
      if (count % TURN !== 0) continue;
      await breathe();
      signal.throwIfAborted();
    }
  }
  return hash.digest('hex');
}

/** A file itself, or all below a folder, links as they are. */
function* filesBelow(path: string, depth: number): Generator<string> {
  const isFolder = depth > 0 || statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder) return yield path;
  if (depth > deepestFolder) return;
  const entries = readdirSync(path, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of entries) {
    const below = join(path, entry.name);
    if (entry.isDirectory()) yield* filesBelow(below, depth + 1);
    else yield below;
  }
}
