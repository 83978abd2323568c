/** Pixels of pictures by row index, fetched for those in sight; the latest few thousand stay at hand. */
import { client } from '../../ipc/client';
import { PictureCache } from './picture-cache';

export class PictureSource {
  readonly #versionId: string;
  readonly #column: string;
  // A signal per picture would cost more than redrawing the lines in sight: one tells that something arrived.
  readonly #pixels = new PictureCache();
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

  /** `height·width·channels` values; null until they are read. */
  pixels(row: number): Uint8Array | null {
    void this.#arrivals;
    return this.#pixels.get(row) ?? null;
  }

  /** Asks for the pictures of rows; what was asked before and is not read yet is forgotten. */
  want(rows: readonly number[]): void {
    this.#wanted = rows.filter((row) => !this.#pixels.renew(row)).slice(0, 1000);
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      while (this.#wanted.length > 0) {
        const rows = this.#wanted;
        this.#wanted = [];
        this.#keep(
          rows,
          await client.datasets.pictures({ versionId: this.#versionId, column: this.#column, rows: [...rows] }),
        );
      }
    } catch (error) {
      this.#error = error;
    } finally {
      this.#fetching = false;
    }
  }

  #keep(
    rows: readonly number[],
    answer: { height: number; width: number; channels: number; pixels: Uint8Array },
  ): void {
    this.#pixels.keep(rows, answer.pixels, answer.height * answer.width * answer.channels);
    this.#arrivals += 1;
  }
}
