/**
 * The file of a prepared tensor: a header of 4,096 bytes that says what it holds, the rows, then a checksum for each MiB of
 * them. A file that is not whole, not what was asked for, or damaged is told from a good one. Numbers are little-endian.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

export interface TensorShape {
  /** Hash of the recipe by which the rows were made and of what they were made from. */
  readonly key: string;
  readonly type: 'uint8' | 'float32';
  readonly rows: number;
  /** Values per row. */
  readonly size: number;
}

/** Bytes before the first row: a page, so that rows begin where memory does. */
export const headerBytes = 4096;
const blockBytes = 2 ** 20;
/** Blocks that are checked of a file that is too large to be read for that. */
const sampledBlocks = 64;

export function rowBytesOf({ type, size }: TensorShape): number {
  return type === 'uint8' ? size : 4 * size;
}

/** Length of the whole file. */
export function fileBytesOf(shape: TensorShape): number {
  const data = shape.rows * rowBytesOf(shape);
  return headerBytes + data + 4 * (blocksOf(data) + 1);
}

function blocksOf(data: number): number {
  return Math.ceil(data / blockBytes);
}

function headerOf({ key, type, rows, size }: TensorShape): Buffer {
  const header = Buffer.alloc(headerBytes);
  const text = Buffer.from(JSON.stringify({ key, type, rows, size }));
  header.write('TANDEMT1', 0, 'latin1');
  header.writeUInt32LE(text.length, 8);
  header.writeUInt32LE(crc32(text), 12);
  text.copy(header, 16);
  return header;
}

/** Writes a tensor row after row. */
export class TensorWriter {
  readonly #file: FileHandle;
  readonly #shape: TensorShape;
  readonly #sums: number[] = [];
  #at = 0;
  #sum = 0;

  private constructor(file: FileHandle, shape: TensorShape) {
    this.#file = file;
    this.#shape = shape;
  }

  static async create(path: string, shape: TensorShape): Promise<TensorWriter> {
    const writer = new TensorWriter(await open(path, 'wx'), shape);
    await writer.#write(headerOf(shape));
    return writer;
  }

  /** @param values whole rows or parts of them, in order. */
  async append(values: Uint8Array | Float32Array): Promise<void> {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    await this.#write(bytes);
    for (let from = 0; from < bytes.length;) {
      const part = bytes.subarray(from, from + blockBytes - (this.#at % blockBytes));
      this.#sum = crc32(part, this.#sum);
      this.#at += part.length;
      from += part.length;
      if (this.#at % blockBytes === 0) this.#endBlock();
    }
  }

  /** Writes the checksums and waits until all is on the disk. */
  async finish(): Promise<void> {
    if (this.#at % blockBytes > 0) this.#endBlock();
    const sums = Buffer.from(Uint32Array.from(this.#sums).buffer);
    const end = Buffer.alloc(4);
    end.writeUInt32LE(crc32(sums));
    await this.#write(Buffer.concat([sums, end]));
    const { size } = await this.#file.stat();
    if (size !== fileBytesOf(this.#shape)) throw new Error(`A tensor of ${this.#shape.rows} rows became ${size} bytes`);
    await this.#file.sync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #endBlock(): void {
    this.#sums.push(this.#sum);
    this.#sum = 0;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done);
      done += bytesWritten;
    }
  }
}

export interface OpenTensor {
  readonly fd: number;
  /** What is wrong with it; null for a good one. */
  readonly damage: string | null;
}

/**
 * Opens a tensor and checks it: its length, what its header says, the checksums of its rows.
 * @param whole whether all rows are read for that, else a sample of 64 MiB of them.
 * @param between is awaited after each MiB, and may throw.
 * @throws what `open` throws, as for a missing file.
 */
export async function openTensor(
  path: string,
  shape: TensorShape,
  whole: boolean,
  between: () => void | Promise<void>,
): Promise<OpenTensor> {
  const fd = openSync(path, 'r');
  try {
    return { fd, damage: await damageOf(fd, shape, whole, between) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

async function damageOf(
  fd: number,
  shape: TensorShape,
  whole: boolean,
  between: () => void | Promise<void>,
): Promise<string | null> {
  const { size } = fstatSync(fd);
  if (size !== fileBytesOf(shape)) return `${size} bytes instead of ${fileBytesOf(shape)}`;
  if (!readAt(fd, 0, headerBytes).equals(headerOf(shape))) return 'the header';
  const data = shape.rows * rowBytesOf(shape);
  const blocks = blocksOf(data);
  const sums = readAt(fd, headerBytes + data, 4 * blocks);
  if (crc32(sums) !== readAt(fd, headerBytes + data + sums.length, 4).readUInt32LE()) return 'the checksums';
  const step = whole ? 1 : Math.max(1, blocks / sampledBlocks);
  for (let turn = 0; turn * step < blocks; turn++) {
    const block = Math.floor(turn * step);
    const bytes = readAt(fd, headerBytes + block * blockBytes, Math.min(blockBytes, data - block * blockBytes));
    if (crc32(bytes) !== sums.readUInt32LE(4 * block)) return `the rows near byte ${block * blockBytes}`;
    await between();
  }
  return null;
}

/** What is there; shorter where the file ends early. */
function readAt(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const read = readSync(fd, bytes, done, length - done, at + done);
    if (read === 0) return bytes.subarray(0, done);
    done += read;
  }
  return bytes;
}
