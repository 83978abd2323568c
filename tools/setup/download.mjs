/**
 * Fetches the pinned files through the package clients, which know their registries. A file reaches its place only
 * after its SHA-256 was right; one found there at the pinned size was checked when it was put there.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachePath, fileHash, fileSize, keepFile, partialPath } from './cache.mjs';
import { npmCommand, runOrThrow, SetupError } from './process.mjs';
import { megabytes, whileShowing } from './progress.mjs';

/**
 * @typedef {object} Pinned
 * @property {string} file name in the cache
 * @property {number | null} bytes null where only the hash is pinned
 * @property {string} sha256
 * @property {'pip' | 'npm'} client
 * @property {string[]} request what the client is asked for
 */

/** Seconds after which a client that stopped giving bytes is given up. */
const PATIENCE_SECONDS = 1500;

/**
 * The file's path in the cache, fetched first where it is not there.
 * @param {Pinned} pinned
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>}
 * @throws {SetupError} offline, no client, no space, or other bytes than pinned
 */
export async function fetchPinned(pinned, progress) {
  const path = cachePath('downloads', pinned.file);
  const size = await fileSize(path);
  if (size !== undefined && size === (pinned.bytes ?? size)) return path;
  await rm(path, { force: true });
  await needSpace(dirname(path), 2.2 * (pinned.bytes ?? 1e9));
  const folder = partialPath(path);
  await removeLeftovers(dirname(path));
  await mkdir(folder);
  try {
    const ask = pinned.client === 'pip' ? askPip(pinned, folder) : askNpm(pinned, folder);
    await whileShowing(progress, `  fetching ${pinned.file}`, ask, () => {
      if (pinned.bytes === null) return `${megabytes(folderBytes(folder))},`;
      return `${megabytes(Math.min(folderBytes(folder), pinned.bytes))} of ${megabytes(pinned.bytes)},`;
    });
    const got = (await readdir(folder)).find((name) => name === pinned.file);
    if (!got) throw new SetupError(`${pinned.client} did not bring ${pinned.file}`, 'Run it again, or report this.');
    await verify(join(folder, got), pinned);
    await keepFile(join(folder, got), path);
    return path;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Refuses a file that does not have the pinned bytes.
 * @param {string} path
 * @param {Pinned} pinned
 */
export async function verify(path, pinned) {
  const hash = await fileHash(path);
  if (hash === pinned.sha256) return;
  throw new SetupError(
    `${pinned.file} has the SHA-256 ${hash} where ${pinned.sha256} was expected; it was not used`,
    'Check the registry mirror this machine uses, then run it again.',
  );
}

/** @param {Pinned} pinned @param {string} folder */
function askPip(pinned, folder) {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const args = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--no-cache-dir',
    '--disable-pip-version-check',
  ];
  return runOrThrow(
    `${pinned.file} could not be fetched`,
    'It takes Python 3 with pip and the package registry in reach; on Debian: apt-get install python3-pip.',
    python,
    [...args, '--dest', folder, ...pinned.request],
    { env: { TMPDIR: folder }, timeoutSeconds: PATIENCE_SECONDS },
  );
}

/** @param {Pinned} pinned @param {string} folder */
function askNpm(pinned, folder) {
  const [command, leading] = npmCommand();
  return runOrThrow(
    `${pinned.file} could not be fetched`,
    'Check that the npm registry is in reach (npm ping), then run it again.',
    command,
    [...leading, 'pack', ...pinned.request, '--pack-destination', folder, '--cache', join(folder, 'npm-cache')],
    { timeoutSeconds: PATIENCE_SECONDS },
  );
}

/**
 * Bytes of all files below a folder that a client is writing to; files that vanish meanwhile count nothing.
 * @param {string} folder
 */
function folderBytes(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

/** Removes what interrupted runs left, once it is an hour old: a younger one may be another run at work. @param {string} folder */
export async function removeLeftovers(folder) {
  for (const name of await readdir(folder)) {
    if (!name.includes('.partial-')) continue;
    const path = join(folder, name);
    if (Date.now() - (await stat(path)).mtimeMs > 3_600_000) await rm(path, { recursive: true, force: true });
  }
}

/**
 * Says beforehand when the disk is too small.
 * @param {string} folder
 * @param {number} bytes
 */
export async function needSpace(folder, bytes) {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  throw new SetupError(
    `${folder} has ${megabytes(bavail * bsize)} free where ${megabytes(bytes)} are needed`,
    'Free some space, or name another folder in TANDEM_CACHE.',
  );
}
