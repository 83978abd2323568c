/**
 * The bytes of IDX files, big-endian: `00 00 08 d`, where 08 says uint8 and d is the number of dimensions, then d uint32
 * sizes, then the values. Every size is checked before anything is taken from it.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { CodedError } from '../contract';
import { BlobWriter } from './blob-writer';
import type { SourceContext, SourceFile } from './source';

const MOST_PICTURES = 20_000_000;
const LARGEST_SIDE = 4096;
const MOST_BYTES = 16 * 2 ** 30;

export interface ImageHeader {
  readonly file: SourceFile;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** @throws CodedError `idx-*`, `file-not-unpacked`, `file-missing` */
export async function readImageHeader(file: SourceFile): Promise<ImageHeader> {
  const head = await readFirst(file, 16);
  requireMagic(file, head, 3);
  const [count, height, width] = [4, 8, 12].map((at) => head.readUInt32BE(at)) as [number, number, number];
  if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
    throw new CodedError('idx-sides', { file: file.name, height, width });
  }
  if (count > MOST_PICTURES || count * height * width > MOST_BYTES) {
    throw new CodedError('idx-too-many-pictures', { file: file.name, count, height, width });
  }
  return { file, count, height, width };
}

/** @throws CodedError `idx-*`, `file-not-unpacked`, `file-missing` */
export async function readLabels(file: SourceFile): Promise<Uint8Array> {
  const head = await readFirst(file, 8);
  requireMagic(file, head, 1);
  const count = head.readUInt32BE(4);
  if (count > MOST_PICTURES) throw new CodedError('idx-too-many-labels', { file: file.name, count });
  const parts: Buffer[] = [];
  await eachValue(file, 8, count, async (bytes) => {
    parts.push(Buffer.from(bytes));
  });
  return Buffer.concat(parts);
}

/**
 * Copies the pixels of several files one after another into a blob named by its sha256, flushed to disk.
 * @returns the sha256.
 * @throws CodedError `idx-cut`, `idx-long`, `file-not-unpacked`
 */
export async function copyPixels(
  headers: readonly ImageHeader[],
  folder: string,
  context: SourceContext,
): Promise<string> {
  const output = await BlobWriter.create(folder);
  const total = headers.reduce((sum, { count, height, width }) => sum + count * height * width, 0);
  try {
    for (const { file, count, height, width } of headers) {
      await eachValue(file, 16, count * height * width, async (bytes) => {
        context.signal.throwIfAborted();
        await output.append(bytes);
        context.progress({ stage: 'pictures', done: output.bytes, total, unit: 'bytes' });
      });
    }
    return await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  }
}

function requireMagic(file: SourceFile, head: Buffer, dimensions: 1 | 3): void {
  if (head[0] === 0 && head[1] === 0 && head[2] === 8 && head[3] === dimensions) return;
  const expected = `00 00 08 0${dimensions}`;
  const found = head
    .subarray(0, 4)
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1 ');
  throw new CodedError('idx-wrong-magic', { file: file.name, found, expected });
}

/** The unpacked bytes, chunk by chunk; a gzip file is known by its first two bytes. */
async function* unpacked(file: SourceFile): AsyncGenerator<Buffer> {
  const raw = createReadStream(file.path, { highWaterMark: 1 << 20 });
  try {
    let gunzip: ReturnType<typeof createGunzip> | null = null;
    const isPacked = await startsWithGzip(file);
    if (isPacked) {
      gunzip = createGunzip({ chunkSize: 1 << 20 });
      raw.on('error', (error) => gunzip?.destroy(error));
      raw.pipe(gunzip);
    }
    for await (const chunk of gunzip ?? raw) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) throw new CodedError('file-missing', { file: file.name }, error);
    throw new CodedError('file-not-unpacked', { file: file.name }, error);
  } finally {
    raw.destroy();
  }
}

async function startsWithGzip(file: SourceFile): Promise<boolean> {
  const handle = await open(file.path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

async function readFirst(file: SourceFile, count: number): Promise<Buffer> {
  let head = Buffer.alloc(0);
  for await (const chunk of unpacked(file)) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= count) return head.subarray(0, count);
  }
  throw new CodedError('idx-header-cut', { file: file.name, bytes: head.length });
}

/** Visits exactly `expected` bytes after the header; fewer or more are an error, and more are never unpacked. */
async function eachValue(
  file: SourceFile,
  header: number,
  expected: number,
  visit: (bytes: Buffer) => Promise<void>,
): Promise<void> {
  let skip = header;
  let seen = 0;
  for await (const chunk of unpacked(file)) {
    const bytes = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - bytes.length;
    seen += bytes.length;
    if (seen > expected) throw new CodedError('idx-long', { file: file.name, expected });
    if (bytes.length > 0) await visit(bytes);
  }
  if (seen < expected) {
    throw new CodedError('idx-cut', { file: file.name, found: seen, expected });
  }
}
