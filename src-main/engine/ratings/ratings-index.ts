/**
 * Users and items of prepared ratings: which inputs describe the user and which the item, told from the rows themselves, so
 * that a user can be put together with any item.
 */

/** Where in an example the codes of the user and the item stand. */
export interface RatingPlaces {
  readonly user: number;
  readonly item: number;
}

/** One user or item as its first row has it. */
interface Described {
  readonly values: Float32Array;
  /** The row where it stood first. */
  readonly row: number;
}

export class RatingsIndex {
  readonly users = new Map<number, Described>();
  readonly items = new Map<number, Described>();
  /** By place in an example: whether it never differs within a user, or within an item. */
  readonly #ofUser: Uint8Array;
  readonly #ofItem: Uint8Array;
  #rows = 0;

  /** @param width numbers of one example. */
  constructor(
    readonly width: number,
    readonly places: RatingPlaces,
  ) {
    this.#ofUser = new Uint8Array(width).fill(1);
    this.#ofItem = new Uint8Array(width).fill(1);
  }

  /** @param examples `rows × width` values, the rows that follow those given before. */
  add(examples: Float32Array | Uint8Array): void {
    const { width, places } = this;
    for (let from = 0; from < examples.length; from += width, this.#rows++) {
      const [user, item] = [examples[from + places.user] ?? 0, examples[from + places.item] ?? 0];
      // Code 0 is everyone who is not known: they have nothing in common.
      if (user > 0) this.#describe(this.users, user, this.#ofUser, examples, from);
      if (item > 0) this.#describe(this.items, item, this.#ofItem, examples, from);
    }
  }

  #describe(
    all: Map<number, Described>,
    code: number,
    alike: Uint8Array,
    examples: Float32Array | Uint8Array,
    from: number,
  ): void {
    const known = all.get(code);
    if (!known) {
      all.set(code, { values: Float32Array.from(examples.subarray(from, from + this.width)), row: this.#rows });
      return;
    }
    for (let place = 0; place < this.width; place++) {
      if (known.values[place] !== examples[from + place]) alike[place] = 0;
    }
  }

  /** Whether what stands at this place says something of the item, whoever rates it. */
  describesItem(place: number): boolean {
    return this.#ofItem[place] === 1 && this.#ofUser[place] === 0;
  }

  /** Whether what stands at this place says something of the user, whatever they rate. */
  describesUser(place: number): boolean {
    return this.#ofUser[place] === 1 && this.#ofItem[place] === 0;
  }

  /**
   * What is asked of the network about one user and some items. What belongs to neither, such as the day of a rating, is
   * left unknown.
   * @param user a code; 0, or one of nobody, for a user of whom nothing is known. @param items codes.
   * @returns `items × width` values.
   */
  examples(user: number, items: readonly number[]): Float32Array {
    const { width } = this;
    const examples = new Float32Array(items.length * width);
    const own = this.users.get(user)?.values;
    for (const [at, item] of items.entries()) {
      const described = this.items.get(item)?.values;
      for (let place = 0; place < width; place++) {
        const value = this.#ofItem[place] === 1 ? described?.[place] : this.#ofUser[place] === 1 ? own?.[place] : 0;
        examples[at * width + place] = value ?? 0;
      }
    }
    return examples;
  }
}
