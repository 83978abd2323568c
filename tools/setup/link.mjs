/** Brings a file of the cache into node_modules without a second copy of it. */
import { copyFile, link, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { isMissing, partialPath } from './cache.mjs';

/**
 * Hard link, else (another disk) symbolic link, else a copy.
 * @param {string} source
 * @param {string} target replaced at once where it exists
 * @param {{ symbolic?: boolean }} [options] symbolic: false for a module that finds others relative to where it lies
 */
export async function linkFile(source, target, { symbolic = true } = {}) {
  const partial = partialPath(target);
  for (const bring of symbolic ? [link, symlink, copyFile] : [link, copyFile]) {
    try {
      await bring(source, partial);
      await rename(partial, target);
      return;
    } catch (cause) {
      if (bring === copyFile) throw cause;
    }
  }
}

/**
 * Is the target the source's very file, or a copy that is not older?
 * @param {string} source
 * @param {string} target
 */
export async function isLinked(source, target) {
  try {
    const [from, to] = [await stat(source), await stat(target)];
    return from.size === to.size && (from.ino === to.ino || to.mtimeMs >= from.mtimeMs);
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw cause;
  }
}

/**
 * A symbolic link to a folder, or none.
 * @param {string | null} source null: the target is to be gone
 * @param {string} target
 */
export async function linkFolder(source, target) {
  await rm(target, { recursive: true, force: true });
  if (source !== null) await symlink(source, target);
}

/** @param {string | null} source @param {string} target */
export async function isFolderLinked(source, target) {
  try {
    return (await readlink(target)) === source;
  } catch (cause) {
    if (isMissing(cause)) return source === null;
    throw cause;
  }
}
