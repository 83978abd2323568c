/**
 * A clock of the time in which this process could work. While it is stopped, or the machine sleeps with a clock that goes on,
 * nothing is done and no processor time is used: such a stretch is left out, so that speed and time left stay true after it.
 */
import { availableParallelism } from 'node:os';

/** A shorter stretch without work is waiting, and counts. */
const SUSPENDED_MS = 2000;
/** The most processor time, as a share of the stretch, that a stopped process seems to use. */
const IDLE_SHARE = 0.1;
/** How old the last reading of processor time may be. */
const READING_MS = 20;

/** Both in milliseconds; the processor time is that of all threads together. */
export interface TimeSource {
  wall(): number;
  processor(): number;
}

const system: TimeSource = {
  wall: () => performance.now(),
  processor() {
    const { user, system: kernel } = process.cpuUsage();
    return (user + kernel) / 1000;
  },
};

export class WorkingClock {
  readonly #source: TimeSource;
  readonly #cores: number;
  #last: number;
  #readAt: number;
  #processor: number;
  #leftOut = 0;

  constructor(source: TimeSource = system, cores = availableParallelism()) {
    this.#source = source;
    this.#cores = cores;
    this.#last = source.wall();
    this.#readAt = this.#last;
    this.#processor = source.processor();
  }

  /** Milliseconds since some moment. To be asked often: at every step, at every report. */
  now(): number {
    const wall = this.#source.wall();
    const stretch = wall - this.#last;
    if (stretch > SUSPENDED_MS && this.#wasIdle(stretch)) this.#leftOut += stretch;
    this.#last = wall;
    if (wall - this.#readAt > READING_MS) {
      this.#readAt = wall;
      this.#processor = this.#source.processor();
    }
    return wall - this.#leftOut;
  }

  #wasIdle(stretch: number): boolean {
    const used = this.#source.processor() - this.#processor;
    return used < IDLE_SHARE * stretch + READING_MS * this.#cores;
  }
}
