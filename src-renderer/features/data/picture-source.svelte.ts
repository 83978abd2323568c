/** Pixels of pictures by row index, fetched for those in sight; the latest few thousand stay at hand. */
import { shrunkSize } from '../../../src-main/catalog';
import type { Column } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import type { PictureShape } from './paint-picture';
import { PictureCache } from './picture-cache';

/** Bytes in one answer: larger ones hold the window up while they arrive. */
const mostBytes = 4 << 20;

export class PictureSource {
  readonly #versionId: string;
  readonly #column: string;
  readonly #side: number | undefined;
  readonly #most: number;
  // A signal per picture would cost more than redrawing the lines in sight: one tells that something arrived.
  readonly #pixels = new PictureCache();
  #arrivals = $state(0);
  #wanted: readonly number[] = [];
  #fetching = false;
  #error = $state.raw<unknown>(null);
  /** Of the pictures as they come. */
  readonly shape: PictureShape;

  /** @param side the longest side at which the pictures are shown; absent for pictures as they are. */
  constructor(versionId: string, column: string, image: NonNullable<Column['image']>, side?: number) {
    this.#versionId = versionId;
    this.#column = column;
    this.#side = side;
    this.shape = side === undefined ? image : { ...shrunkSize(image, side), channels: image.channels };
    const size = this.shape.height * this.shape.width * this.shape.channels;
    this.#most = Math.max(1, Math.min(1000, Math.floor(mostBytes / size)));
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
    this.#wanted = rows.filter((row) => !this.#pixels.renew(row));
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      while (this.#wanted.length > 0) {
        const rows = this.#wanted.slice(0, this.#most);
        this.#wanted = this.#wanted.slice(this.#most);
        const asked = { versionId: this.#versionId, column: this.#column, rows: [...rows], side: this.#side };
        this.#keep(rows, await client.datasets.pictures(asked));
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
