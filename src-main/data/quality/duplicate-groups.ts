/** Rows that are alike by a 64-bit key: the first of each group is kept, the others are its twins. */
export interface Twins {
  /** Rows that are like an earlier one, ascending. */
  readonly rows: number[];
  /** The first row of each one's group. */
  readonly partners: number[];
}

/** @param skip rows that are in no group. */
export function twinsByKey(high: ArrayLike<number>, low: ArrayLike<number>, skip: (row: number) => boolean): Twins {
  const firsts = new Map<number, Map<number, number>>();
  const rows: number[] = [];
  const partners: number[] = [];
  for (let row = 0; row < high.length; row += 1) {
    if (skip(row)) continue;
    const own = high[row] ?? 0;
    let group = firsts.get(own);
    if (!group) firsts.set(own, (group = new Map()));
    const first = group.get(low[row] ?? 0);
    if (first === undefined) group.set(low[row] ?? 0, row);
    else {
      rows.push(row);
      partners.push(first);
    }
  }
  return { rows, partners };
}
