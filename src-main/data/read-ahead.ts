/**
 * What a reading thread does: it fetches the rows of coming batches into shared memory, while the main thread trains on
 * those before. The class is started in the thread from its own source text, so that no bundle, archive or test runner has
 * to know where a file of it lies: it must use nothing but what it is handed.
 */
import type fs from 'node:fs';

/** Where the shared counters lie in `control`; behind `progress` there is one per thread. */
export const places = { generation: 0, busy: 1, count: 2, consumed: 3, turn: 4, signal: 5, failed: 6, progress: 7 };

export interface ReadAheadTask {
  readonly places: typeof places;
  readonly control: SharedArrayBuffer;
  /** Positions of rows in the file, in the order of training; `count` of them are valid. */
  readonly order: SharedArrayBuffer;
  /** `slots` batches of `slotBytes`; batch b lies in slot b modulo `slots`. */
  readonly ring: SharedArrayBuffer;
  readonly slots: number;
  readonly slotBytes: number;
  readonly batchRows: number;
  /** Batches that are read together, in the order of the file; it grows to this from 1. At most half of the slots. */
  readonly window: number;
  readonly fd: number;
  /** Bytes before the first row. */
  readonly offset: number;
  readonly rowBytes: number;
  /** Number of this thread, and the part of the file's rows that it reads. */
  readonly thread: number;
  readonly from: number;
  readonly to: number;
  /** Rows with at most this many bytes between them are read in one go of at most `blockBytes`. */
  readonly gapBytes: number;
  readonly blockBytes: number;
}

export class ReadAhead {
  readonly task: ReadAheadTask;
  readonly read: typeof fs.readSync;
  readonly control: Int32Array;
  readonly order: Int32Array;
  readonly ring: Uint8Array;
  readonly block: Uint8Array;
  /** Position in the file · 2²¹ + place in the window, sorted as one number each. */
  readonly keys: Float64Array;
  /** The order that is worked on; 0 for none. */
  generation: number;

  constructor(task: ReadAheadTask, read: typeof fs.readSync) {
    this.task = task;
    this.read = read;
    this.control = new Int32Array(task.control);
    this.order = new Int32Array(task.order);
    this.ring = new Uint8Array(task.ring);
    this.block = new Uint8Array(task.blockBytes);
    this.keys = new Float64Array(task.window * task.batchRows);
    this.generation = 0;
  }

  /** Works on one order after the other until a negative generation says that it is over. */
  run(): void {
    const { generation, busy, turn, failed } = this.task.places;
    for (let done = 0; this.generation >= 0; done = this.generation) {
      const seen = Atomics.load(this.control, turn);
      // The main thread changes nothing that is shared before nobody is busy.
      Atomics.add(this.control, busy, 1);
      this.generation = Atomics.load(this.control, generation);
      try {
        if (this.generation > 0 && this.generation !== done) this.readAll();
      } catch {
        // The main thread reads such a batch itself, and so meets the error where it can be told.
        Atomics.store(this.control, failed, 1);
      }
      Atomics.sub(this.control, busy, 1);
      this.tell();
      if (this.generation >= 0) Atomics.wait(this.control, turn, seen);
    }
  }

  /** All windows of the order, each as soon as its slots are free. */
  readAll(): void {
    const { places: at, batchRows, window, thread } = this.task;
    const batches = Math.ceil((this.control[at.count] ?? 0) / batchRows);
    let first = 0;
    for (let size = 1; first < batches; size = Math.min(size * 2, window)) {
      const last = Math.min(first + size, batches);
      this.waitForSlots(last);
      if (!this.readWindow(first, last)) return;
      Atomics.store(this.control, at.progress + thread, last);
      this.tell();
      first = last;
    }
  }

  isCurrent(): boolean {
    return Atomics.load(this.control, this.task.places.generation) === this.generation;
  }

  /** Wakes the main thread where it waits for something to be done. */
  tell(): void {
    Atomics.add(this.control, this.task.places.signal, 1);
    Atomics.notify(this.control, this.task.places.signal);
  }

  /** Until the batches before `last` have slots of their own. */
  waitForSlots(last: number): void {
    const { consumed, turn } = this.task.places;
    for (;;) {
      const seen = Atomics.load(this.control, turn);
      const isFree = last <= Atomics.load(this.control, consumed) + this.task.slots;
      if (isFree || !this.isCurrent()) return;
      Atomics.wait(this.control, turn, seen);
    }
  }

  /** This thread's rows of some batches. @returns false where another order has come meanwhile. */
  readWindow(first: number, last: number): boolean {
    const { rowBytes, gapBytes, blockBytes } = this.task;
    const start = first * this.task.batchRows;
    const count = this.sortKeys(start, last * this.task.batchRows);
    for (let i = 0; i < count;) {
      if (!this.isCurrent()) return false;
      const position = this.positionOf(i);
      let end = position + 1;
      let next = i + 1;
      for (; next < count; next++) {
        const other = this.positionOf(next);
        if ((other - end) * rowBytes > gapBytes || (other + 1 - position) * rowBytes > blockBytes) break;
        end = other + 1;
      }
      if (next === i + 1) this.readInto(this.ring, this.placeOf(i, start), position, 1);
      else this.readBlock(i, next, start, position, end);
      i = next;
    }
    return true;
  }

  /** Rows near each other: the stretch of the file that has them all, then each to its place. */
  readBlock(i: number, next: number, start: number, position: number, end: number): void {
    const { rowBytes } = this.task;
    this.readInto(this.block, 0, position, end - position);
    for (let k = i; k < next; k++) {
      const from = (this.positionOf(k) - position) * rowBytes;
      this.ring.set(this.block.subarray(from, from + rowBytes), this.placeOf(k, start));
    }
  }

  /** Sorts what is this thread's among the rows `start` to `stop` of the order. @returns how many that are. */
  sortKeys(start: number, stop: number): number {
    const { from, to, places: at } = this.task;
    const end = Math.min(stop, this.control[at.count] ?? 0);
    let count = 0;
    for (let place = start; place < end; place++) {
      const position = this.order[place] ?? 0;
      if (position >= from && position < to) this.keys[count++] = position * 2097152 + (place - start);
    }
    this.keys.subarray(0, count).sort();
    return count;
  }

  positionOf(key: number): number {
    return Math.floor((this.keys[key] ?? 0) / 2097152);
  }

  /** Where a row goes in the ring, in bytes. */
  placeOf(key: number, start: number): number {
    const { batchRows, slots, slotBytes, rowBytes } = this.task;
    const place = start + ((this.keys[key] ?? 0) % 2097152);
    return (Math.floor(place / batchRows) % slots) * slotBytes + (place % batchRows) * rowBytes;
  }

  readInto(target: Uint8Array, at: number, position: number, rows: number): void {
    const { fd, offset, rowBytes } = this.task;
    for (let done = 0; done < rows * rowBytes;) {
      const bytes = this.read(fd, target, at + done, rows * rowBytes - done, offset + position * rowBytes + done);
      if (bytes === 0) throw new Error('the file ends early');
      done += bytes;
    }
  }
}
