/**
 * Prepared tensors on disk, by the hash of their recipe: made once, found again by the next run, and given up for newer
 * ones where they become too many. The folder may be deleted at any time; a file in it is whole or is not there.
 */
import { closeSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { availableMemory } from 'node:process';
import { setImmediate as breathe } from 'node:timers/promises';
import { CodedError } from '../contract';
import { fileBytesOf, openTensor, TensorWriter, type TensorShape } from './tensor-file';

export interface TensorPlace {
  /** The cache. */
  readonly folder: string;
  /** For what is not yet whole, on the same disk; swept when the library is opened. */
  readonly temporary: string;
  /** What the cache takes at most, a single larger tensor aside; 16 GiB if absent. */
  readonly mostBytes?: number;
}

/** A cache that grows beyond this would be noticed as missing space. */
const MOST_BYTES = 16 * 2 ** 30;
/** Left free for the library itself. */
const RESERVE_BYTES = 256 * 2 ** 20;
const ENDING = '.tensor';

/** Gives the rows, one piece after the other. */
export type FillTensor = (append: (values: Uint8Array | Float32Array) => Promise<void>) => Promise<void>;

/**
 * A tensor that was made before. A damaged one is taken away.
 * @returns the open file, the caller's to close; null where there is none.
 */
export async function findTensor(place: TensorPlace, shape: TensorShape, signal: AbortSignal): Promise<number | null> {
  const path = pathOf(place, shape);
  // A file that the system's memory holds is read for the check, and so lies there when training asks for it.
  const whole = fileBytesOf(shape) <= availableMemory() / 2;
  const between = async () => {
    signal.throwIfAborted();
    await breathe();
  };
  try {
    const { fd, damage } = await openTensor(path, shape, whole, between);
    if (damage === null) {
      const now = new Date();
      await utimes(path, now, now);
      return fd;
    }
    console.error(`${path} is damaged (${damage}) and is made again`);
    closeSync(fd);
    await rm(path, { force: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return null;
}

/**
 * Makes a tensor: under another name first, flushed, then renamed.
 * @returns the open file, the caller's to close.
 * @throws CodedError `prepared-no-space` before anything is written; `disk-full`
 */
export async function makeTensor(
  place: TensorPlace,
  shape: TensorShape,
  dataset: string,
  fill: FillTensor,
  signal: AbortSignal,
): Promise<number> {
  await requireRoom(place, shape, dataset);
  await mkdir(place.temporary, { recursive: true });
  const partial = join(place.temporary, `${shape.key}-${process.pid}-${Date.now()}${ENDING}`);
  try {
    const writer = await TensorWriter.create(partial, shape);
    try {
      await fill(async (values) => {
        signal.throwIfAborted();
        await writer.append(values);
      });
      await writer.finish();
    } finally {
      await writer.close();
    }
    signal.throwIfAborted();
    await rename(partial, pathOf(place, shape));
  } catch (error) {
    await rm(partial, { force: true });
    throw withDiskFull(error, partial);
  }
  await flushFolder(place.folder);
  const made = await findTensor(place, shape, signal);
  if (made === null) throw new CodedError('prepared-unreadable', { dataset, detail: 'it was damaged at once' });
  return made;
}

/** Whether a tensor has a place on the disk; older ones are given up for it. */
export async function makeRoom(place: TensorPlace, shape: TensorShape): Promise<boolean> {
  return (await missingBytes(place, shape)) <= 0;
}

async function requireRoom(place: TensorPlace, shape: TensorShape, dataset: string): Promise<void> {
  const missing = await missingBytes(place, shape);
  if (missing <= 0) return;
  const inGigabytes = (bytes: number) => Number((bytes / 1e9).toFixed(1));
  const needed = fileBytesOf(shape);
  throw new CodedError('prepared-no-space', {
    dataset,
    path: place.folder,
    needed: inGigabytes(needed),
    missing: Math.max(0.1, inGigabytes(missing)),
  });
}

/** Deletes what was used longest ago until the tensor fits the cache and the disk. @returns bytes that still lack. */
async function missingBytes(place: TensorPlace, shape: TensorShape): Promise<number> {
  await mkdir(place.folder, { recursive: true });
  const needed = fileBytesOf(shape);
  const kept = await listTensors(place);
  let taken = kept.reduce((sum, { bytes }) => sum + bytes, 0);
  let missing = needed + RESERVE_BYTES - (await freeBytes(place.folder));
  for (const { path, bytes } of kept) {
    if (taken + needed <= (place.mostBytes ?? MOST_BYTES) && missing <= 0) break;
    await rm(path, { force: true });
    taken -= bytes;
    // What a run still has open is freed when that ends: the disk says what is free, not the sum.
    missing = needed + RESERVE_BYTES - (await freeBytes(place.folder));
  }
  return missing;
}

/** The cache's files, the one used longest ago first. */
async function listTensors({ folder }: TensorPlace) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ENDING));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(whenMissing);
      return found && { path, bytes: found.size, used: found.mtimeMs };
    }),
  );
  return files.filter((file) => file !== null).sort((one, other) => one.used - other.used);
}

function whenMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** So that a renamed file is there after a power failure; Windows does that by itself. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

function pathOf({ folder }: TensorPlace, { key }: TensorShape): string {
  return join(folder, key + ENDING);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function withDiskFull(error: unknown, path: string): unknown {
  const isFull = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return isFull ? new CodedError('disk-full', { path }, error) : error;
}
