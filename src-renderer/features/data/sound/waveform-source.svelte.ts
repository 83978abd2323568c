/** Overviews of sounds by row index, fetched for those in sight; the latest few thousand stay at hand. */
import { client } from '../../../ipc/client';
import { PictureCache } from '../picture-cache';

export interface Waveform {
  /** Pairs of least and greatest, ±127 for ±1. */
  readonly ranges: Int8Array;
  readonly seconds: number;
}

export class WaveformSource {
  readonly #versionId: string;
  readonly #column: string;
  readonly #ranges = new PictureCache();
  readonly #seconds: Record<number, number> = {};
  // One signal tells that something arrived, as with pictures.
  #arrivals = $state(0);
  #wanted: readonly number[] = [];
  #fetching = false;
  #error = $state.raw<unknown>(null);

  constructor(versionId: string, column: string) {
    this.#versionId = versionId;
    this.#column = column;
  }

  get error(): unknown {
    return this.#error;
  }

  /** Null until it is read. */
  waveform(row: number): Waveform | null {
    void this.#arrivals;
    const bytes = this.#ranges.get(row);
    if (!bytes) return null;
    return {
      ranges: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
      seconds: this.#seconds[row] ?? 0,
    };
  }

  /** Asks for the sounds of rows; what was asked before and is not read yet is forgotten. */
  want(rows: readonly number[]): void {
    this.#wanted = rows.filter((row) => !this.#ranges.renew(row)).slice(0, 1000);
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      while (this.#wanted.length > 0) {
        const rows = this.#wanted;
        this.#wanted = [];
        const asked = { versionId: this.#versionId, column: this.#column, rows: [...rows] };
        const { ranges, points, seconds } = await client.datasets.waveforms(asked);
        this.#ranges.keep(rows, ranges, 2 * points);
        rows.forEach((row, place) => (this.#seconds[row] = seconds[place] ?? 0));
        this.#arrivals += 1;
      }
    } catch (error) {
      this.#error = error;
    } finally {
      this.#fetching = false;
    }
  }
}
