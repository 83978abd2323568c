/**
 * A `.tandem` file, distrusted: its directory must hold the parts of its manifest and nothing else, with the sizes that it
 * says; each part is checked against its sha256 as it is read, and nothing goes where a name of the file's says.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { z } from 'zod';
import { version as own } from '../../../package.json';
import { CodedError } from '../../contract';
import { withDiskFull } from '../../data/stage';
import { bombRatio, mostInMemory, mostManifest, storedFrom } from './limits';
import { manifestHeadSchema, manifestSchema, portableFormat, portableVersion, type Manifest } from './parts';

const MANIFEST = 'manifest.json';
/** Links and devices have another kind in the upper half of the attributes, the Unix mode. */
const REGULAR = 0o100000;

export class PortableFile {
  readonly name: string;
  readonly manifest: Manifest;
  readonly #archive: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #signal: AbortSignal;

  private constructor(opened: Opened, manifest: Manifest) {
    this.name = opened.name;
    this.manifest = manifest;
    this.#archive = opened.archive;
    this.#entries = opened.entries;
    this.#signal = opened.signal;
  }

  /** @throws CodedError `file-missing`, `portable-foreign`, `portable-newer`, `portable-damaged`, `portable-bomb` */
  static async open(path: string, signal: AbortSignal): Promise<PortableFile> {
    const name = basename(path);
    const archive = await openArchive(path, name);
    try {
      const opened = { name, archive, entries: await readEntries(archive, name, signal), signal };
      const manifest = await readManifest(opened);
      checkParts(opened, manifest);
      return new PortableFile(opened, manifest);
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  /** Bytes of a part. @throws CodedError `portable-damaged` where it is not there */
  sizeOf(path: string): number {
    return this.#stated(path).bytes;
  }

  /** @throws CodedError `portable-damaged` */
  async json<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    const parsed = schema.safeParse(parseJson(await this.#bytes(path), this.name, path));
    if (parsed.success) return parsed.data;
    throw damaged(this.name, path, issueOf(parsed.error));
  }

  async #bytes(path: string): Promise<Uint8Array> {
    const size = this.sizeOf(path);
    if (size > mostInMemory) throw damaged(this.name, path, `${size} bytes are too many`);
    const bytes = new Uint8Array(size);
    let at = 0;
    await this.#checked(path, async (stream) => {
      for await (const chunk of stream) {
        bytes.set(chunk as Buffer, at);
        at += (chunk as Buffer).length;
      }
    });
    return bytes;
  }

  /** Unpacks a part into a file, which is there only if it is whole. @throws CodedError `portable-damaged`, `disk-full` */
  async extract(path: string, to: string, onBytes: (count: number) => void): Promise<void> {
    const told = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        onBytes(chunk.length);
        done(null, chunk);
      },
    });
    await this.#checked(path, (stream) =>
      pipeline(stream, told, createWriteStream(to, { flags: 'wx', flush: true }), { signal: this.#signal }),
    );
  }

  close(): void {
    this.#archive.close();
  }

  #stated(path: string): Manifest['parts'][number] {
    const stated = this.manifest.parts.find((part) => part.path === path);
    if (!stated) throw damaged(this.name, path, 'it is not there');
    return stated;
  }

  /** Reads the whole of a part, and then knows whether it was what the manifest says. */
  async #checked(path: string, read: (stream: Readable) => Promise<void>): Promise<void> {
    const stated = this.#stated(path);
    const entry = this.#entries.get(path);
    if (!entry) throw damaged(this.name, path, 'it is not there');
    const hash = createHash('sha256');
    const summed = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      const stream = await this.#archive.openReadStreamPromise(entry);
      stream.on('error', (error) => summed.destroy(error));
      await read(stream.pipe(summed));
    } catch (error) {
      if (this.#signal.aborted || error instanceof CodedError) throw error;
      const onDisk = withDiskFull(error);
      throw onDisk === error ? damaged(this.name, path, reasonOf(error), error) : onDisk;
    }
    if (hash.digest('hex') !== stated.sha256) throw damaged(this.name, path, 'its sha256 is another');
  }
}

interface Opened {
  readonly name: string;
  readonly archive: ZipFile;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly signal: AbortSignal;
}

async function openArchive(path: string, name: string): Promise<ZipFile> {
  await stat(path).catch((error: unknown) => {
    throw new CodedError('file-missing', { file: name }, error);
  });
  try {
    // Sizes are checked as entries are read: one that unpacks to more than it says is refused.
    return await openPromise(path, { autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw new CodedError('portable-foreign', { file: name, detail: reasonOf(error) }, error);
  }
}

async function readEntries(archive: ZipFile, name: string, signal: AbortSignal): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of archive.eachEntry()) {
      signal.throwIfAborted();
      const path = entry.fileName;
      const mode = (entry.externalFileAttributes >>> 16) & 0o170000;
      if (entries.has(path)) throw damaged(name, path, 'it is there twice');
      if (mode !== 0 && mode !== REGULAR) throw damaged(name, path, 'it is no file');
      if (entry.isEncrypted()) throw damaged(name, path, 'it is encrypted');
      if (entry.uncompressedSize >= storedFrom && entry.uncompressedSize > bombRatio * entry.compressedSize) {
        throw new CodedError('portable-bomb', { file: name, part: path, times: bombRatio });
      }
      entries.set(path, entry);
    }
  } catch (error) {
    if (signal.aborted || error instanceof CodedError) throw error;
    throw damaged(name, 'zip', reasonOf(error), error);
  }
  return entries;
}

async function readManifest({ archive, entries, name }: Opened): Promise<Manifest> {
  const entry = entries.get(MANIFEST);
  if (!entry) throw new CodedError('portable-foreign', { file: name, detail: 'it has no manifest.json' });
  if (entry.uncompressedSize > mostManifest) throw damaged(name, MANIFEST, 'it is too long');
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  } catch (error) {
    throw damaged(name, MANIFEST, reasonOf(error), error);
  }
  const raw = parseJson(Buffer.concat(chunks), name, MANIFEST);
  const head = manifestHeadSchema.safeParse(raw);
  if (!head.success) {
    throw new CodedError('portable-foreign', {
      file: name,
      detail: `its manifest is not of format "${portableFormat}"`,
    });
  }
  const { version, app } = head.data;
  if (version > portableVersion) throw new CodedError('portable-newer', { file: name, app, own });
  const parsed = manifestSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw damaged(name, MANIFEST, issueOf(parsed.error));
}

/** Every part of the manifest with its size, and nothing beside them. */
function checkParts({ name, entries }: Opened, { parts }: Manifest): void {
  const paths = new Set(parts.map(({ path }) => path));
  if (paths.size !== parts.length) throw damaged(name, MANIFEST, 'it names a part twice');
  for (const path of entries.keys()) {
    if (path !== MANIFEST && !paths.has(path)) throw damaged(name, path, 'the manifest does not name it');
  }
  for (const { path, bytes } of parts) {
    const entry = entries.get(path);
    if (!entry) throw damaged(name, path, 'it is not there');
    if (entry.uncompressedSize !== bytes) throw damaged(name, path, 'its size is another');
  }
}

export function damaged(file: string, part: string, detail: string, cause?: unknown): CodedError {
  return new CodedError('portable-damaged', { file, part: part.slice(0, 200), detail }, cause);
}

/** The first thing that is wrong, and where; of a union the first of its choices. */
function issueOf({ issues: [issue] }: z.core.$ZodError): string {
  return issue ? `${issue.path.join('.')}: ${issue.message}`.slice(0, 300) : 'it does not fit';
}

function parseJson(bytes: Uint8Array, name: string, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw damaged(name, path, 'it is no JSON', error);
  }
}

/** Without its full stop, which would stand within a sentence. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
