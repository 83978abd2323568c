/**
 * A zip archive as a tree. Names, sizes and places come from its directory (yauzl, which refuses names that lead out); bytes are
 * unpacked one file at a time, in memory, never past the size that the directory gives.
 */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw, inflateRawSync } from 'node:zlib';
import { fromRandomAccessReaderPromise, getFileNameLowLevel, validateFileName, type Entry, type ZipFile } from 'yauzl';
import { CodedError } from '../../contract';
import { mostFileBytes, mostFiles, type SkippedFile, type Tree, type TreeFile } from '../tree';
import { WindowedReader } from './windowed-reader';

const unpackBeside = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);
/** Below this, handing the work to another thread takes longer than the work. */
const SMALL_BYTES = 64 << 10;

/** A file that is large and more than a hundred times its packed size is there to fill a memory. */
const BOMB_BYTES = 16 << 20;
const BOMB_RATIO = 100;
const STORED = 0;
const DEFLATED = 8;

/** @throws CodedError `zip-damaged`, `tree-too-many-files` */
export async function openZip(path: string, signal: AbortSignal): Promise<Tree> {
  const name = basename(path);
  const handle = await open(path);
  try {
    const reader = new WindowedReader(handle);
    const { size } = await handle.stat();
    const archive = await fromRandomAccessReaderPromise(reader, size, { autoClose: false, decodeStrings: false });
    const { named, skipped } = await readDirectory(archive, name, signal);
    const files = named.map(([path, entry]) => new ZippedFile(path, reader, archive, entry));
    return { files, skipped, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    if (error instanceof CodedError || signal.aborted) throw error;
    // Its full stop would stand within the sentence that tells of it.
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : '';
    throw new CodedError('zip-damaged', { file: name, reason }, error);
  }
}

async function readDirectory(archive: ZipFile, name: string, signal: AbortSignal) {
  const named: [path: string, entry: Entry][] = [];
  const skipped: SkippedFile[] = [];
  for await (const entry of archive.eachEntry()) {
    signal.throwIfAborted();
    const path = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
    if (path.endsWith('/')) continue;
    const reason = reasonAgainst(path, entry);
    if (reason) skipped.push({ path, reason });
    else named.push([path, entry]);
    if (named.length > mostFiles) throw new CodedError('tree-too-many-files', { file: name, most: mostFiles });
  }
  return { named, skipped };
}

function reasonAgainst(path: string, entry: Entry): CodedError | null {
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  // The upper half of the attributes is the Unix mode; 0o12 is a link (PKWARE's note leaves it to systems).
  const mode = entry.externalFileAttributes >>> 16;
  const file = path;
  if (validateFileName(path) !== null || path.includes('\0')) return new CodedError('tree-unsafe-name', { file });
  if ((mode & 0o170000) === 0o120000) return new CodedError('tree-link', { file });
  if (entry.isEncrypted()) return new CodedError('tree-encrypted', { file });
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    return new CodedError('tree-file-unreadable', { file });
  if (uncompressedSize > BOMB_BYTES && uncompressedSize > BOMB_RATIO * compressedSize)
    return new CodedError('tree-bomb', { file, times: BOMB_RATIO });
  if (Math.max(compressedSize, uncompressedSize) > mostFileBytes)
    return new CodedError('tree-file-too-large', { file, most: mostFileBytes >> 20 });
  return null;
}

class ZippedFile implements TreeFile {
  readonly path: string;
  readonly #reader: WindowedReader;
  readonly #archive: ZipFile;
  readonly #entry: Entry;

  constructor(path: string, reader: WindowedReader, archive: ZipFile, entry: Entry) {
    this.path = path;
    this.#reader = reader;
    this.#archive = archive;
    this.#entry = entry;
  }

  async read(): Promise<Buffer> {
    const { compressedSize, uncompressedSize, compressionMethod } = this.#entry;
    try {
      const { fileDataStart } = await this.#archive.readLocalFileHeaderPromise(this.#entry, { minimal: true });
      const packed = await this.#reader.bytes(fileDataStart, compressedSize);
      if (packed.length < compressedSize) throw new Error('cut off');
      if (compressionMethod === STORED) return packed;
      const limit = { maxOutputLength: Math.max(1, uncompressedSize) };
      const small = Math.max(compressedSize, uncompressedSize) < SMALL_BYTES;
      const bytes = small ? inflateRawSync(packed, limit) : await unpackBeside(packed, limit);
      if (bytes.length !== uncompressedSize) throw new Error('another size than the directory says');
      return bytes;
    } catch (error) {
      throw new CodedError('tree-file-unreadable', { file: this.path }, error);
    }
  }
}
