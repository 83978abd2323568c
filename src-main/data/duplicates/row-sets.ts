/** Sets of rows that are alike, joined pair by pair (a disjoint-set forest with path halving, union by the smaller row). */

export class RowSets {
  readonly #parents: Int32Array;

  /** @param firsts sets to begin with, as `firsts()` gave them; each row alone if absent. */
  constructor(rows: number, firsts?: Int32Array) {
    this.#parents = firsts ? firsts.slice() : Int32Array.from({ length: rows }, (_, row) => row);
  }

  /** The first row of a row's set. */
  first(row: number): number {
    const parents = this.#parents;
    let at = row;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] ?? at] ?? at;
      at = parents[at] ?? at;
    }
    return at;
  }

  join(one: number, other: number): void {
    const first = this.first(one);
    const second = this.first(other);
    if (first !== second) this.#parents[Math.max(first, second)] = Math.min(first, second);
  }

  /** Joins all rows that have the same key; rows without one (NaN) stay alone. */
  joinEqual(keys: Float64Array): void {
    const firsts = new Map<number, number>();
    for (const [row, key] of keys.entries()) {
      if (Number.isNaN(key)) continue;
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, row);
      else this.join(first, row);
    }
  }

  /** The first row of every row's set; its own index where it is alone. */
  firsts(): Int32Array {
    return this.#parents.map((_, row) => this.first(row));
  }
}
