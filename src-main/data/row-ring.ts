/**
 * The main thread's side of reading ahead: batches of rows in shared memory, filled by threads in the order of training.
 * Which rows are wanted, and in which order, is the shuffle's alone; only when they are read is decided here.
 */
import { Worker } from 'node:worker_threads';
import { places, ReadAhead, type ReadAheadTask } from './read-ahead';

/** Rows of equal size in an open file. */
export interface RowsInFile {
  readonly fd: number;
  /** Bytes before the first row. */
  readonly offset: number;
  readonly rowBytes: number;
  readonly rows: number;
}

/** How far and with how many threads it is read ahead. */
export interface ReadAheadPlan {
  readonly threads: number;
  /** Batches that are read together at most. */
  readonly window: number;
  /** Memory of the ring at most, though it always has two batches. */
  readonly ringBytes: number;
}

/**
 * For a file that the system keeps in memory by itself: a read costs about 1.5 µs, so little is gained by more than to be
 * some batches ahead.
 */
export const nearPlan: ReadAheadPlan = { threads: 2, window: 8, ringBytes: 64 * 2 ** 20 };

/**
 * For a file that memory does not hold: a row comes from the disk, 80 µs each for one thread and a third of that for
 * eight, less where many rows are fetched in the order of the file.
 */
export const farPlan: ReadAheadPlan = { threads: 8, window: Infinity, ringBytes: 256 * 2 ** 20 };

/** Rows with at most this between them are read in one go: to copy it takes no longer than another call (1.3 µs). */
export const gapBytes = 16 * 2 ** 10;
export const blockBytes = 2 ** 20;

/** Threads have this long for a batch before the main thread reads it itself, as where they died or the machine slept. */
const patienceMs = 20_000;

export class RowRing {
  readonly batchRows: number;
  readonly #task: Omit<ReadAheadTask, 'thread' | 'from' | 'to'>;
  readonly #control: Int32Array;
  readonly #order: Int32Array;
  readonly #ring: Uint8Array;
  readonly #ends: Promise<void>[] = [];
  readonly #threads: number;
  #generation = 0;
  /** Batches handed out of the current order; null where there is none. */
  #taken: number | null = null;

  /** @param mostRows that an order has. */
  constructor(file: RowsInFile, mostRows: number, batchRows: number, plan: ReadAheadPlan) {
    this.batchRows = batchRows;
    // TensorFlow shares memory that begins at a multiple of 64 bytes, and copies other.
    const slotBytes = Math.ceil((batchRows * file.rowBytes) / 64) * 64;
    const batches = Math.ceil(mostRows / batchRows);
    const mostSlots = Math.max(2, Math.min(Math.floor(plan.ringBytes / slotBytes), 2 * batches));
    const window = Math.max(1, Math.min(plan.window, mostSlots >> 1, Math.floor(2 ** 20 / batchRows)));
    const slots = Math.min(mostSlots, 4 * window);
    this.#threads = Math.min(plan.threads, file.rows);
    this.#task = {
      ...file,
      places,
      control: new SharedArrayBuffer(4 * (places.progress + this.#threads)),
      order: new SharedArrayBuffer(4 * mostRows),
      ring: new SharedArrayBuffer(slots * slotBytes),
      slots,
      slotBytes,
      batchRows,
      window,
      gapBytes,
      blockBytes,
    };
    this.#control = new Int32Array(this.#task.control);
    this.#order = new Int32Array(this.#task.order);
    this.#ring = new Uint8Array(this.#task.ring);
    for (let thread = 0; thread < this.#threads; thread++) this.#start(thread, file.rows);
  }

  /** Most rows of an order that it can take. */
  get mostRows(): number {
    return this.#order.length;
  }

  /** Begins to read an order; what was left of the one before is dropped. */
  begin(order: Int32Array): void {
    this.#taken = null;
    if (!this.#halt()) return;
    const control = this.#control;
    this.#order.set(order);
    control[places.count] = order.length;
    control[places.consumed] = 0;
    control[places.failed] = 0;
    control.fill(0, places.progress);
    this.#taken = 0;
    this.#generation += 1;
    Atomics.store(control, places.generation, this.#generation);
    this.#turn();
  }

  /**
   * The rows of the next batch, if these are they; good until the next call.
   * @returns null where another batch comes next, or none can be had from the threads.
   */
  next(positions: Int32Array): Uint8Array | null {
    const batch = this.#taken;
    if (batch === null || !this.#isNext(positions, batch)) return null;
    this.#taken = batch + 1;
    Atomics.store(this.#control, places.consumed, batch);
    // Who waits for slots waits for many: it need not be woken for each.
    if (batch % Math.max(1, this.#task.window >> 3) === 0) this.#turn();
    if (!this.#waitFor(batch)) {
      this.#taken = null;
      return null;
    }
    const { slots, slotBytes, rowBytes } = this.#task;
    const start = (batch % slots) * slotBytes;
    return this.#ring.subarray(start, start + positions.length * rowBytes);
  }

  /** Resolves when no thread is left. */
  async close(): Promise<void> {
    Atomics.store(this.#control, places.generation, -1);
    this.#turn();
    await Promise.all(this.#ends);
  }

  #start(thread: number, rows: number): void {
    const from = Math.round((rows * thread) / this.#threads);
    const to = Math.round((rows * (thread + 1)) / this.#threads);
    const workerData: ReadAheadTask = { ...this.#task, thread, from, to };
    const source = `const { workerData } = require('node:worker_threads');
      new (${ReadAhead.toString()})(workerData, require('node:fs').readSync).run();`;
    const worker = new Worker(source, { eval: true, workerData });
    // A thread that fails leaves its batches undone, which the main thread notices.
    worker.on('error', (error) => console.error(error));
    this.#ends.push(new Promise((resolve) => worker.once('exit', () => resolve())));
  }

  #isNext(positions: Int32Array, batch: number): boolean {
    const start = batch * this.batchRows;
    const count = Math.min(this.batchRows, (this.#control[places.count] ?? 0) - start);
    return positions.length === count && positions.every((position, row) => position === this.#order[start + row]);
  }

  /** @returns false where a thread failed or nothing came in time. */
  #waitFor(batch: number): boolean {
    const control = this.#control;
    for (let waited = 0; waited < patienceMs;) {
      const seen = Atomics.load(control, places.signal);
      if (this.#isRead(batch)) return true;
      if (Atomics.load(control, places.failed) !== 0) return false;
      if (Atomics.wait(control, places.signal, seen, 1000) === 'timed-out') waited += 1000;
      else waited = 0;
    }
    return false;
  }

  #isRead(batch: number): boolean {
    for (let thread = 0; thread < this.#threads; thread++) {
      if (Atomics.load(this.#control, places.progress + thread) <= batch) return false;
    }
    return true;
  }

  /** Ends the work on an order, and waits until no thread touches what is shared. @returns false where one never ends. */
  #halt(): boolean {
    const control = this.#control;
    Atomics.store(control, places.generation, 0);
    this.#turn();
    for (let waited = 0; waited < patienceMs;) {
      const seen = Atomics.load(control, places.signal);
      if (Atomics.load(control, places.busy) === 0) return true;
      if (Atomics.wait(control, places.signal, seen, 1000) === 'timed-out') waited += 1000;
    }
    return false;
  }

  #turn(): void {
    Atomics.add(this.#control, places.turn, 1);
    Atomics.notify(this.#control, places.turn);
  }
}
