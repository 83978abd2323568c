/**
 * Writes an export beside its place and moves it there when all of it is written: what is there is whole, whatever happens on
 * the way. No name that comes from data leads out of the export.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CodedError } from '../contract';
import { withDiskFull } from './stage';

/** Characters gathered before they go to the disk. */
const CHUNK = 1 << 16;

export interface ExportPlace {
  /** Absolute path of the file or folder to make. */
  readonly place: string;
  readonly isFolder: boolean;
  readonly replace: boolean;
  /** Names the work that is not done yet. */
  readonly jobId: string;
}

export class ExportWriter {
  readonly #root: string;
  readonly #isFolder: boolean;
  readonly #signal: AbortSignal;
  readonly #made = new Set<string>();

  constructor(root: string, isFolder: boolean, signal: AbortSignal) {
    this.#root = root;
    this.#isFolder = isFolder;
    this.#signal = signal;
  }

  /** @param path below the folder, with `/`. */
  async file(path: string, content: string | Uint8Array): Promise<void> {
    await writeFile(await this.#place(path), content);
  }

  /** A file of any length, piece by piece. @param path as for `file`; null for the one file of an export that is no folder */
  async pieces(path: string | null, pieces: Iterable<string>): Promise<void> {
    const to = path === null ? this.#root : await this.#place(path);
    await pipeline(Readable.from(gathered(pieces, this.#signal)), createWriteStream(to), { signal: this.#signal });
  }

  /** The one file of an export that is no folder, as it comes. */
  async stream(bytes: Readable): Promise<void> {
    await pipeline(bytes, createWriteStream(this.#root), { signal: this.#signal });
  }

  async #place(path: string): Promise<string> {
    const to = resolve(this.#root, ...path.split('/'));
    if (!this.#isFolder || !to.startsWith(this.#root + sep)) throw new Error(`"${path}" leads out of the export`);
    const folder = dirname(to);
    if (!this.#made.has(folder)) await mkdir(folder, { recursive: true });
    this.#made.add(folder);
    return to;
  }
}

async function* gathered(pieces: Iterable<string>, signal: AbortSignal): AsyncGenerator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
    // Lets a cancel in, even where the disk never makes one wait.
    await new Promise((turn) => setImmediate(turn));
    signal.throwIfAborted();
  }
  if (chunk !== '') yield chunk;
}

/** Where an export is written until it is whole: hidden, beside its place. */
export function exportWork({ place, jobId }: Pick<ExportPlace, 'place' | 'jobId'>): string {
  return join(dirname(place), `.${basename(place)}.${jobId}.part`);
}

/**
 * @param write puts everything where the writer says.
 * @throws CodedError `export-place-taken`, `export-place-missing`, `export-place-refused`, `disk-full`; the signal's reason; what
 * `write` throws. Nothing is left behind then.
 */
export async function writeExport(
  to: ExportPlace,
  signal: AbortSignal,
  write: (writer: ExportWriter) => Promise<void>,
): Promise<void> {
  const { place, isFolder, replace } = to;
  const name = basename(place);
  const work = exportWork(to);
  try {
    await refuseTaken(place, isFolder, replace);
    if (isFolder) await mkdir(work);
    await write(new ExportWriter(work, isFolder, signal));
    signal.throwIfAborted();
    // An empty folder gives way to one with something in it; Windows wants it gone first.
    if (isFolder && (await stat(place).catch(() => null))) await rmdir(place);
    await rename(work, place);
  } catch (error) {
    throw inWords(error, name);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function refuseTaken(place: string, isFolder: boolean, replace: boolean): Promise<void> {
  const found = await stat(place).catch(() => null);
  if (!found) return;
  const isFree = isFolder ? found.isDirectory() && (await readdir(place)).length === 0 : found.isFile() && replace;
  if (!isFree) throw new CodedError('export-place-taken', { name: basename(place) });
}

function inWords(error: unknown, name: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(EACCES|EPERM|EROFS)$/.test(code)) return new CodedError('export-place-refused', { name }, error);
  if (/^(ENOENT|ENOTDIR)$/.test(code)) return new CodedError('export-place-missing', { name }, error);
  if (/^(ENOTEMPTY|EEXIST)$/.test(code)) return new CodedError('export-place-taken', { name }, error);
  return withDiskFull(error);
}
