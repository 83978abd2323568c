/**
 * A pack: one blob that holds many byte strings (picture or sound files as they came), so that 60,000 of them are no 60,000
 * files. Layout: the strings one after another; float64 little-endian where each begins, and where the last ends; their count as
 * uint32; `TPK1`. The index stands at the end because a pack is written in one pass.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { BlobWriter } from './blob-writer';
import { CodedError } from '../contract';

const MAGIC = Buffer.from('TPK1', 'latin1');
const TAIL = 8;
const STREAMED = 4 << 20;

export class PackWriter {
  readonly #blob: BlobWriter;
  readonly #starts: number[];

  private constructor(blob: BlobWriter, starts: number[]) {
    this.#blob = blob;
    this.#starts = starts;
  }

  /** Goes on in a blob that holds strings of these lengths, and nothing else; `close` makes it a pack. */
  static over(blob: BlobWriter, lengths: readonly number[]): PackWriter {
    let end = 0;
    return new PackWriter(
      blob,
      lengths.map((length) => (end += length) - length),
    );
  }

  static async create(folder: string): Promise<PackWriter> {
    return new PackWriter(await BlobWriter.create(folder), []);
  }

  /** @returns its place: 0, 1, 2, … */
  async append(bytes: Uint8Array): Promise<number> {
    this.#starts.push(this.#blob.bytes);
    await this.#blob.append(bytes);
    return this.#starts.length - 1;
  }

  /** Everything that another pack holds, in its order, as bytes: nothing is unpacked. */
  async appendAll(other: PackReader): Promise<void> {
    const offset = this.#blob.bytes;
    for (let place = 0; place < other.count; place += 1) this.#starts.push(offset + other.startOf(place));
    for await (const bytes of other.stream()) await this.#blob.append(bytes);
  }

  /** @returns the blob's name. */
  async finish(): Promise<string> {
    await this.close();
    return this.#blob.finish();
  }

  /** Appends the index, with which the blob is a whole pack. */
  async close(): Promise<void> {
    const starts = Float64Array.from([...this.#starts, this.#blob.bytes]);
    const count = Buffer.alloc(4);
    count.writeUInt32LE(this.#starts.length);
    await this.#blob.append(Buffer.concat([new Uint8Array(starts.buffer), count, MAGIC]));
  }

  discard(): Promise<void> {
    return this.#blob.discard();
  }
}

export class PackReader {
  readonly #file: FileHandle;
  readonly #starts: Float64Array;

  private constructor(file: FileHandle, starts: Float64Array) {
    this.#file = file;
    this.#starts = starts;
  }

  /** @throws CodedError `pack-damaged` for what is no whole pack. */
  static async open(path: string): Promise<PackReader> {
    const file = await open(path);
    try {
      return new PackReader(file, await readStarts(file));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** Where an entry begins. */
  startOf(place: number): number {
    return this.#starts[place] ?? 0;
  }

  /** The bytes of all entries, some millions at a time. @throws CodedError `pack-damaged` where the file is cut. */
  async *stream(): AsyncGenerator<Uint8Array> {
    const end = this.#starts[this.count] ?? 0;
    for (let at = 0; at < end; at += STREAMED) {
      yield await this.#bytes(at, Math.min(STREAMED, end - at));
    }
  }

  /** @throws CodedError `pack-damaged` for a place that the pack does not have. */
  bytesOf(place: number): number {
    const [start, end] = [this.#starts[place], this.#starts[place + 1]];
    if (start === undefined || end === undefined) throw new CodedError('pack-damaged');
    return end - start;
  }

  /**
   * @param most bytes; all if absent. @param offset of the first; beyond the end there are none.
   * @throws CodedError `pack-damaged` for a place that the pack does not have.
   */
  async read(place: number, most = Infinity, offset = 0): Promise<Buffer> {
    const length = Math.max(0, Math.min(most, this.bytesOf(place) - offset));
    return this.#bytes((this.#starts[place] ?? 0) + offset, length);
  }

  /** Entries that stand one after another, whole, by one read. @throws CodedError as `read` */
  async readRun(first: number, count: number): Promise<Buffer[]> {
    const [start, end] = [this.#starts[first], this.#starts[first + count]];
    if (start === undefined || end === undefined) throw new CodedError('pack-damaged');
    const bytes = await this.#bytes(start, end - start);
    const cut = (place: number) => (this.#starts[place] ?? 0) - start;
    return Array.from({ length: count }, (_, at) => bytes.subarray(cut(first + at), cut(first + at + 1)));
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #bytes(start: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, start);
    if (bytesRead < length) throw new CodedError('pack-damaged');
    return bytes;
  }
}

async function readStarts(file: FileHandle): Promise<Float64Array> {
  const { size } = await file.stat();
  const tail = Buffer.alloc(TAIL);
  if (size < TAIL + 8) throw new CodedError('pack-damaged');
  await file.read(tail, 0, TAIL, size - TAIL);
  const count = tail.readUInt32LE(0);
  const at = size - TAIL - 8 * (count + 1);
  if (!tail.subarray(4).equals(MAGIC) || at < 0) throw new CodedError('pack-damaged');
  const starts = new Float64Array(count + 1);
  await file.read(new Uint8Array(starts.buffer), 0, starts.byteLength, at);
  const rising = starts.every((start, place) => start >= (starts[place - 1] ?? 0) && start <= at);
  if (!rising || starts[count] !== at) throw new CodedError('pack-damaged');
  return starts;
}
