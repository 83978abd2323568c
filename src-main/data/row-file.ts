/**
 * Prepared inputs as rows of equal size in a file: read whole where they are to lie in memory, else batch by batch, ahead
 * of the training. The order and the values are the same either way.
 */
import fs from 'node:fs';
import { availableMemory } from 'node:process';
import { CodedError } from '../contract';
import { blockBytes, farPlan, gapBytes, nearPlan, RowRing, type ReadAheadPlan, type RowsInFile } from './row-ring';

export interface RowFileOptions extends RowsInFile {
  readonly type: 'uint8' | 'float32';
  /** Whether it fits the share of memory that data may take. */
  readonly resident: boolean;
  /** Which row of the file each row of the data is; each its own if absent. */
  readonly positions?: Int32Array | undefined;
  /** For errors. */
  readonly dataset: string;
  /** How it is read ahead; by the memory that is free if absent. */
  readonly plan?: ReadAheadPlan | undefined;
}

type Values = Uint8Array | Float32Array;

export class RowFile {
  readonly type: 'uint8' | 'float32';
  readonly resident: boolean;
  readonly #options: RowFileOptions;
  #ring: RowRing | null = null;
  #scratch = new Uint8Array();
  #block = new Uint8Array();
  #closing: Promise<void>[] = [];

  /** Takes the open file over: `close` closes it. */
  constructor(options: RowFileOptions) {
    this.#options = options;
    this.type = options.type;
    this.resident = options.resident;
  }

  /** All rows, in the order of the data. @throws CodedError `prepared-unreadable` */
  readAll(): Values {
    const { positions, rows, rowBytes } = this.#options;
    const bytes = new Uint8Array((positions?.length ?? rows) * rowBytes);
    if (positions) this.#gather(positions, bytes);
    else this.#readInto(bytes, 0);
    return this.#typed(bytes);
  }

  /** Tells the order in which `take` will ask, in batches of `batchRows`, so that it can be read ahead. */
  expect(order: Int32Array, batchRows: number): void {
    if (order.length === 0) return;
    const ring = this.#ring;
    if (!ring || ring.batchRows !== batchRows || ring.mostRows < order.length) {
      if (ring) this.#closing.push(ring.close());
      this.#ring = new RowRing(this.#options, order.length, batchRows, this.#plan());
    }
    this.#ring?.begin(this.#positionsOf(order));
  }

  /**
   * Some rows, one after the other: what was read ahead if these are the next, else read now.
   * @returns a view that is good until the next call.
   * @throws CodedError `prepared-unreadable`
   */
  take(rows: Int32Array): Values {
    const positions = this.#positionsOf(rows);
    const ahead = this.#ring?.next(positions);
    if (ahead) return this.#typed(ahead);
    const bytes = positions.length * this.#options.rowBytes;
    if (this.#scratch.length < bytes) this.#scratch = new Uint8Array(bytes);
    const found = this.#scratch.subarray(0, bytes);
    this.#gather(positions, found);
    return this.#typed(found);
  }

  /** Ends its threads and closes the file. */
  async close(): Promise<void> {
    if (this.#ring) this.#closing.push(this.#ring.close());
    this.#ring = null;
    await Promise.all(this.#closing);
    fs.closeSync(this.#options.fd);
  }

  #plan(): ReadAheadPlan {
    const { plan, rows, rowBytes } = this.#options;
    if (plan) return plan;
    const available = availableMemory();
    if (rows * rowBytes <= available / 2) return nearPlan;
    return { ...farPlan, ringBytes: Math.min(farPlan.ringBytes, available / 4) };
  }

  #positionsOf(rows: Int32Array): Int32Array {
    const { positions } = this.#options;
    return positions ? rows.map((row) => positions[row] ?? -1) : rows;
  }

  #typed(bytes: Uint8Array): Values {
    return this.type === 'uint8' ? bytes : new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  }

  /** Rows that follow each other in the file, or nearly, are read in one go, as those of an evaluation are. */
  #gather(positions: Int32Array, target: Uint8Array): void {
    const { rowBytes } = this.#options;
    for (let i = 0; i < positions.length;) {
      const first = positions[i] ?? 0;
      let next = i + 1;
      for (let last = first; next < positions.length; next++) {
        const position = positions[next] ?? 0;
        const isNear = position > last && (position - last - 1) * rowBytes <= gapBytes;
        if (!isNear || (position + 1 - first) * rowBytes > blockBytes) break;
        last = position;
      }
      if (next === i + 1) this.#readInto(target.subarray(i * rowBytes, next * rowBytes), first);
      else this.#gatherBlock(positions.subarray(i, next), target.subarray(i * rowBytes, next * rowBytes));
      i = next;
    }
  }

  /** @param positions ascending, at most `blockBytes` apart. */
  #gatherBlock(positions: Int32Array, target: Uint8Array): void {
    const { rowBytes } = this.#options;
    const first = positions[0] ?? 0;
    const rows = (positions[positions.length - 1] ?? 0) + 1 - first;
    if (rows === positions.length) return this.#readInto(target, first);
    if (this.#block.length === 0) this.#block = new Uint8Array(blockBytes);
    this.#readInto(this.#block.subarray(0, rows * rowBytes), first);
    for (const [row, position] of positions.entries()) {
      const from = (position - first) * rowBytes;
      target.set(this.#block.subarray(from, from + rowBytes), row * rowBytes);
    }
  }

  #readInto(target: Uint8Array, position: number): void {
    const { fd, offset, rowBytes, dataset } = this.#options;
    for (let done = 0; done < target.length;) {
      const length = Math.min(target.length - done, 2 ** 30);
      const bytes = readOrExplain(dataset, () =>
        fs.readSync(fd, target, done, length, offset + position * rowBytes + done),
      );
      if (bytes === 0) throw new CodedError('prepared-unreadable', { dataset, detail: 'the file ends early' });
      done += bytes;
    }
  }
}

function readOrExplain(dataset: string, read: () => number): number {
  try {
    return read();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new CodedError('prepared-unreadable', { dataset, detail }, error);
  }
}
