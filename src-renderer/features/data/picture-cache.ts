/** Pixels of the pictures that were read last, by row index; the oldest make room. Plain data: its owner says what changed. */

/** Pictures that are kept, fewer where they would take more bytes than this, but some whatever their size. */
const most = 4000;
const mostBytes = 64 << 20;
const least = 200;

export class PictureCache {
  readonly #pixels = new Map<number, Uint8Array>();

  get(row: number): Uint8Array | undefined {
    return this.#pixels.get(row);
  }

  /** Whether a picture is at hand; if so it counts as read just now, so that what is in sight never makes room. */
  renew(row: number): boolean {
    const pixels = this.#pixels.get(row);
    if (!pixels) return false;
    this.#pixels.delete(row);
    this.#pixels.set(row, pixels);
    return true;
  }

  /** Takes the pictures of rows, which stand one after the other in `pixels`, `size` values each. */
  keep(rows: readonly number[], pixels: Uint8Array, size: number): void {
    rows.forEach((row, place) => this.#pixels.set(row, pixels.subarray(place * size, (place + 1) * size)));
    const kept = Math.max(least, Math.min(most, Math.floor(mostBytes / size)));
    for (const row of this.#pixels.keys()) {
      if (this.#pixels.size <= kept) break;
      this.#pixels.delete(row);
    }
  }
}
