/**
 * What an editor has just set, shown at once and until the cell itself shows it: the journal, and then the rows in sight, take a
 * moment, in which a box that was drawn must not vanish and come back.
 */

interface Own<Value> {
  readonly text: string | null;
  readonly value: Value;
  /** The cell as it stood when the journal had taken it; undefined before. */
  readonly seen?: string | null;
}

export class OwnValue<Value> {
  readonly #cell: () => string | null;
  readonly #set: (text: string | null) => Promise<boolean>;
  #own = $state.raw<Own<Value> | null>(null);

  /** @param cell the cell as it stands now. @param set journals another. */
  constructor(cell: () => string | null, set: (text: string | null) => Promise<boolean>) {
    this.#cell = cell;
    this.#set = set;
  }

  /** Null where the cell itself is to be shown. */
  get current(): { readonly value: Value } | null {
    return this.#own;
  }

  /** @param text as the cell is to hold it. @param value the same, read. */
  async set(text: string | null, value: Value): Promise<void> {
    const own = { text, value };
    this.#own = own;
    const isKept = await this.#set(text);
    // A later one stands in its place: that one will be waited for.
    if (this.#own !== own) return;
    const seen = this.#cell();
    this.#own = isKept && seen !== text ? { ...own, seen } : null;
  }

  /** To be called whenever the cell changes. */
  settle(): void {
    const own = this.#own;
    if (own && own.seen !== undefined && this.#cell() !== own.seen) this.#own = null;
  }

  /** For another row. */
  reset(): void {
    this.#own = null;
  }
}
