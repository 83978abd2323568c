/** What a person who is not in the data rates, and the items that they search among; only the newest search is answered. */
import type { FoundItems, OwnRatings } from '../../../src-main/contract';
import { client } from '../../ipc/client';

/** Items that are shown at once. */
const count = 12;

export class OwnRatingsOfOne {
  #found = $state.raw<FoundItems | null>(null);
  #rated = $state.raw<OwnRatings>([]);
  #error = $state.raw<unknown>(null);
  #round = 0;

  get found(): FoundItems | null {
    return this.#found;
  }
  /** The latest first. */
  get rated(): OwnRatings {
    return this.#rated;
  }
  get error(): unknown {
    return this.#error;
  }

  /** @param words of items; empty for the most often rated ones. */
  async search(runId: string, words: string): Promise<void> {
    const round = ++this.#round;
    try {
      const found = await client.models.findItems({ runId, search: words, count });
      if (round !== this.#round) return;
      this.#found = found;
      this.#error = null;
    } catch (error) {
      if (round === this.#round) this.#error = error;
    }
  }

  ratingOf(item: string): number | null {
    return this.#rated.find((one) => one.item === item)?.rating ?? null;
  }

  /** @param rating null takes it back. */
  rate(item: string, rating: number | null): void {
    const others = this.#rated.filter((one) => one.item !== item);
    this.#rated = rating === null ? others : [{ item, rating }, ...others];
  }

  clear(): void {
    this.#rated = [];
  }
}
