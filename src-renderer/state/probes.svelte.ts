/**
 * What the followed run read of itself after its epochs, and which of these readings is looked at: the newest, which moves on
 * while the run trains, or one that a person went back to.
 */
import type { Probe, ProbeReading, ProbeTrack } from '../../src-main/contract';
import { client } from '../ipc/client';

/** Readings that are kept whole, so that going back and forth asks for each once. */
const KEPT = 64;

class Probes {
  #runId: string | null = null;
  #probe = $state.raw<Probe | null>(null);
  #tracks = $state.raw<readonly ProbeTrack[]>([]);
  #said = $state.raw<readonly Float32Array[]>([]);
  #chosen = $state<number | null>(null);
  #reading = $state.raw<ProbeReading | null>(null);
  #newest = $state.raw<ProbeReading | null>(null);
  #isRead = $state(false);
  #isReading = false;
  #isStale = false;
  #asked = 0;
  #readings = new Map<number, ProbeReading>();

  /** Null before the first reading, and for runs of older versions. */
  get probe(): Probe | null {
    return this.#probe;
  }
  /** Ascending by epoch. */
  get tracks(): readonly ProbeTrack[] {
    return this.#tracks;
  }
  /** By reading, what was said of each example: class index, or number. */
  get said(): readonly Float32Array[] {
    return this.#said;
  }
  /** The last reading, whole, whichever is looked at. */
  get newest(): ProbeReading | null {
    return this.#newest;
  }
  /** Whether main was asked once. */
  get isRead(): boolean {
    return this.#isRead;
  }
  /** The reading looked at, whole; the one before it until it is there. */
  get reading(): ProbeReading | null {
    return this.#reading;
  }

  /** Place among the tracks of the reading looked at; -1 where there is none. */
  at: number = $derived.by(() => {
    const last = this.#tracks.length - 1;
    return this.#chosen === null ? last : Math.min(this.#chosen, last);
  });

  /** Looks at a reading by its place; the newest is followed from then on. */
  async choose(place: number): Promise<void> {
    const last = this.#tracks.length - 1;
    const within = Math.max(0, Math.min(last, place));
    this.#chosen = within === last ? null : within;
    await this.#look();
  }

  /**
   * Reads what is new of a run; a call during a reading is answered by one more reading after it.
   * @param epochs that it has done. @throws CodedError what main refused.
   */
  async follow(runId: string, epochs: number): Promise<void> {
    const isOther = runId !== this.#runId;
    // A run that goes on after a kill trains its last epochs again.
    if (isOther || (this.#tracks.at(-1)?.epoch ?? 0) > epochs) this.#forget(isOther);
    this.#runId = runId;
    this.#isStale = true;
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        if (await this.#readNew(this.#runId)) this.#isStale = true;
      }
    } finally {
      this.#isReading = false;
    }
  }

  /** @returns whether there is more. */
  async #readNew(runId: string): Promise<boolean> {
    const after = this.#tracks.at(-1)?.epoch ?? 0;
    const { probe, tracks, said, more } = await client.probes.overview({ runId, after });
    // The run may be another by now, or have lost what it is trained again.
    if (runId !== this.#runId || (this.#tracks.at(-1)?.epoch ?? 0) !== after) return false;
    this.#isRead = true;
    if (!probe || tracks.length === 0) return false;
    const count = probe.rows.length;
    this.#probe = probe;
    this.#said = [...this.#said, ...tracks.map((_, at) => said.subarray(at * count, (at + 1) * count))];
    this.#tracks = [...this.#tracks, ...tracks];
    if (more) return true;
    const newest = await this.#ask(runId, tracks.at(-1)?.epoch ?? 0);
    if (runId === this.#runId) this.#newest = newest;
    await this.#look();
    return false;
  }

  #forget(isOther: boolean): void {
    this.#probe = null;
    this.#tracks = [];
    this.#said = [];
    this.#readings = new Map();
    if (!isOther) return;
    this.#chosen = null;
    this.#reading = null;
    this.#newest = null;
    this.#isRead = false;
  }

  async #look(): Promise<void> {
    const epoch = this.#tracks[this.at]?.epoch;
    const runId = this.#runId;
    if (epoch === undefined || runId === null) return;
    const asked = ++this.#asked;
    const reading = await this.#ask(runId, epoch);
    if (runId === this.#runId && asked === this.#asked) this.#reading = reading;
  }

  async #ask(runId: string, epoch: number): Promise<ProbeReading> {
    const known = this.#readings.get(epoch);
    if (known) return known;
    const reading = await client.probes.reading({ runId, epoch });
    if (runId === this.#runId) this.#keep(epoch, reading);
    return reading;
  }

  #keep(epoch: number, reading: ProbeReading): void {
    this.#readings.set(epoch, reading);
    const [oldest] = this.#readings.keys();
    if (this.#readings.size > KEPT && oldest !== undefined) this.#readings.delete(oldest);
  }
}

export const probes = new Probes();
