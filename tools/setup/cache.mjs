/**
 * Where set-up keeps what it fetched and built: one folder per user, outside the checkout, so that a second checkout
 * costs nothing. Everything appears there whole or not at all: it is written under a temporary name, flushed, and renamed.
 */
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** The checkout's root folder. */
export const projectFolder = resolve(import.meta.dirname, '..', '..');

/** Platform and processor as one word, e.g. `linux-x64`. */
export const platformName = `${process.platform}-${process.arch}`;

/**
 * The cache folder: TANDEM_CACHE, else the place the system has for such things.
 * @param {string[]} parts path below it
 */
export function cachePath(...parts) {
  return join(cacheRoot(), ...parts);
}

function cacheRoot() {
  const { TANDEM_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (TANDEM_CACHE) return resolve(TANDEM_CACHE);
  if (process.platform === 'win32') {
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Tandem', 'Cache');
  }
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Tandem');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'tandem');
}

/** A path inside the checkout. @param {string[]} parts */
export function projectPath(...parts) {
  return join(projectFolder, ...parts);
}

/** The version a package in node_modules says it has, or undefined when it is not there. @param {string} name */
export function packageVersion(name) {
  return readJson(projectPath('node_modules', name, 'package.json'))?.version;
}

/**
 * A JSON file's value; undefined when there is no such file or it is not whole JSON, which for a stamp means "do it again".
 * @param {string} path
 * @returns {any}
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError || isMissing(cause)) return undefined;
    throw cause;
  }
}

/**
 * A short key of everything a build depends on: the same parts give the same key, any other part another key.
 * @param {Record<string, unknown>} parts versions, flags, platform
 * @param {string[]} files sources, hashed by content in the order given
 */
export async function buildKey(parts, files) {
  const hash = createHash('sha256');
  for (const name of Object.keys(parts).sort()) hash.update(`${name}=${JSON.stringify(parts[name])}\n`);
  for (const file of files) {
    const content = await readFile(file);
    hash.update(`${basename(file)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 20);
}

/** SHA-256 of a file, in hexadecimal, read as a stream. @param {string} path */
export async function fileHash(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/** A file's size in bytes, or undefined when it is not there. @param {string} path */
export async function fileSize(path) {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

/** Does an error say that there is no such file? @param {unknown} cause */
export function isMissing(cause) {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
}

/** A name beside `path` that no other run uses; in the same folder, so that a rename is atomic. @param {string} path */
export function partialPath(path) {
  mkdirSync(dirname(path), { recursive: true });
  return `${path}.partial-${process.pid}-${Date.now().toString(36)}`;
}

/**
 * Writes a small file whole: temporary name, flush, rename.
 * @param {string} path
 * @param {string | Uint8Array} content
 */
export async function writeWhole(path, content) {
  const partial = partialPath(path);
  const file = await open(partial, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

/**
 * Flushes a file to disk, then gives it its final name.
 * @param {string} partial
 * @param {string} path
 */
export async function keepFile(partial, path) {
  const file = await open(partial, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await mkdir(dirname(path), { recursive: true });
  await rename(partial, path);
}

/** Name of the list of sizes that closes a finished folder. */
const STAMP = '.complete.json';

/**
 * Closes a folder that was filled under a temporary name: records the sizes of its essential files and renames it.
 * Where another run was quicker, its folder stays and this one is removed.
 * @param {string} partial
 * @param {string} path
 * @param {string[]} essential files below the folder without which it is useless
 */
export async function keepFolder(partial, path, essential) {
  /** @type {Record<string, number>} */
  const sizes = {};
  for (const name of essential) sizes[name] = (await stat(join(partial, name))).size;
  await writeWhole(join(partial, STAMP), JSON.stringify(sizes, null, 2));
  if (await isWholeFolder(path)) return rm(partial, { recursive: true, force: true });
  await rm(path, { recursive: true, force: true });
  await rename(partial, path);
}

/**
 * Is a cached folder finished, with every essential file at the size it was left with? Costs a few stat calls.
 * @param {string} path
 */
export async function isWholeFolder(path) {
  const sizes = readJson(join(path, STAMP));
  if (!sizes) return false;
  for (const [name, size] of Object.entries(sizes)) if ((await fileSize(join(path, name))) !== size) return false;
  return true;
}
