/**
 * A split that keeps groups whole: no person, no source, no set of duplicates lies on two sides. Groups are taken in an
 * order drawn from the seed and each group's name, go where they are missed most, and are then moved one by one while that
 * brings the parts (and their classes) nearer to their shares. A local optimum under such moves misses no part's share by more
 * than the largest group.
 */
import { CodedError } from '../../contract';
import { NO_PART, TEST, TRAINING, VALIDATION } from '../part-codes';
import { hashText } from '../random';

export interface RowGroups {
  /** The column they come from; null where they are sets of duplicates alone. */
  readonly column: string | null;
  /** Place of each row's group among the names. */
  readonly codes: Int32Array;
  /** All different, and the same whatever the order of the rows, since they decide what is drawn. */
  readonly names: readonly string[];
}

interface Shares {
  readonly seed: number;
  readonly stratified: boolean;
  readonly validation: number;
  readonly test: number;
}

interface ClassRows {
  readonly classes: Int32Array;
  readonly classCount: number;
}

const PARTS = [TRAINING, VALIDATION, TEST] as const;
const MOST_PASSES = 20;

/**
 * @returns one part code per row.
 * @throws CodedError `split-groups-too-few`, `split-duplicates-too-few`
 */
export function assignGroups(shares: Shares, rows: ClassRows, groups: RowGroups): Uint8Array {
  const strata = shares.stratified ? Math.max(1, rows.classCount) : 1;
  const table = countGroups(strata, rows.classes, groups);
  const wanted = [1 - shares.validation - shares.test, shares.validation, shares.test];
  const order = drawOrder(shares.seed, table, groups.names);
  const parts = PARTS.filter((part) => part === TRAINING || (wanted[part] ?? 0) > 0);
  if (order.length < parts.length) {
    const parameters = { groups: order.length, parts: parts.length };
    if (groups.column === null) throw new CodedError('split-duplicates-too-few', parameters);
    throw new CodedError('split-groups-too-few', { ...parameters, column: groups.column });
  }
  const assignment = new Assignment(table, wanted, parts, strata);
  for (const group of order) assignment.place(group);
  assignment.fillEmpty(order);
  assignment.improve(order);
  assignment.bound(order);
  return Uint8Array.from(rows.classes, (code, row) =>
    code < 0 ? NO_PART : (assignment.partOf[groups.codes[row] ?? 0] ?? NO_PART),
  );
}

/** How many rows of which stratum each group has, in one list: group g has entries `starts[g]` to `starts[g + 1]`. */
interface GroupTable {
  readonly starts: Int32Array;
  readonly strata: Int32Array;
  readonly counts: Int32Array;
  /** Rows with a target per group; 0 for groups that have none. */
  readonly sizes: Int32Array;
}

function countGroups(strataCount: number, classes: Int32Array, { codes, names }: RowGroups): GroupTable {
  const sizes = new Int32Array(names.length);
  for (const [row, code] of classes.entries()) if (code >= 0) add(sizes, codes[row] ?? 0, 1);
  const ends = sizes.slice();
  for (let group = 1; group < ends.length; group += 1) add(ends, group, ends[group - 1] ?? 0);
  const filled = Int32Array.from(sizes, (size, group) => (ends[group] ?? 0) - size);
  const rowStrata = new Int32Array(ends[ends.length - 1] ?? 0);
  for (const [row, code] of classes.entries()) {
    if (code < 0) continue;
    const group = codes[row] ?? 0;
    rowStrata[filled[group] ?? 0] = strataCount > 1 ? code : 0;
    add(filled, group, 1);
  }
  const starts = new Int32Array(names.length + 1);
  const strata: number[] = [];
  const counts: number[] = [];
  for (let group = 0; group < names.length; group += 1) {
    const own = rowStrata.subarray((ends[group] ?? 0) - (sizes[group] ?? 0), ends[group]).sort();
    for (const [at, stratum] of own.entries()) {
      if (at === 0 || stratum !== own[at - 1]) {
        strata.push(stratum);
        counts.push(0);
      }
      counts[counts.length - 1] = (counts[counts.length - 1] ?? 0) + 1;
    }
    starts[group + 1] = strata.length;
  }
  return { starts, strata: Int32Array.from(strata), counts: Int32Array.from(counts), sizes };
}

/** Groups with rows to divide, by a hash of seed and name, so that the rows' order has no say. */
function drawOrder(seed: number, { sizes }: GroupTable, names: readonly string[]): Int32Array {
  const keys = Float64Array.from(names, (name) => hashText(name, seed));
  const drawn = Int32Array.from(names.keys()).filter((group) => (sizes[group] ?? 0) > 0);
  return drawn.sort((one, other) => {
    const difference = (keys[one] ?? 0) - (keys[other] ?? 0);
    return difference || ((names[one] ?? '') < (names[other] ?? '') ? -1 : 1);
  });
}

/** Which group lies where, and how far each part and each of its strata is from its share. */
class Assignment {
  readonly partOf: Uint8Array;
  /** Rows over (or, below zero, under) the share, per part. */
  readonly #excess: Float64Array;
  /** The same per part and stratum. */
  readonly #stratumExcess: Float64Array;
  readonly #groupsIn = new Int32Array(PARTS.length);
  readonly #wantedRows: Float64Array;
  #largest = 0;

  constructor(
    private readonly table: GroupTable,
    wanted: readonly number[],
    private readonly parts: readonly number[],
    private readonly strataCount: number,
  ) {
    this.partOf = new Uint8Array(table.sizes.length).fill(NO_PART);
    const perStratum = new Float64Array(strataCount);
    for (const [at, count] of table.counts.entries()) add(perStratum, table.strata[at] ?? 0, count);
    const total = perStratum.reduce((sum, count) => sum + count, 0);
    this.#wantedRows = Float64Array.from(wanted, (share) => share * total);
    this.#excess = this.#wantedRows.map((rows) => -rows);
    this.#stratumExcess = new Float64Array(PARTS.length * strataCount);
    for (const part of PARTS) {
      for (const [stratum, count] of perStratum.entries()) {
        this.#stratumExcess[part * strataCount + stratum] = -(wanted[part] ?? 0) * count;
      }
    }
    for (const size of table.sizes) this.#largest = Math.max(this.#largest, size);
  }

  /** Puts a group where it is missed most; on a tie where the larger share of rows is still missing. */
  place(group: number): void {
    let best = TRAINING as number;
    let bestCost = Infinity;
    for (const part of this.parts) {
      const missing = (this.#excess[part] ?? 0) / Math.max(this.#wantedRows[part] ?? 0, 1e-9);
      const cost = this.#change(group, part, 1, true) + 1e-6 * missing;
      if (cost >= bestCost) continue;
      best = part;
      bestCost = cost;
    }
    this.#put(group, best);
  }

  /** A part that got nothing takes the group that costs least from a part with several. */
  fillEmpty(order: Int32Array): void {
    for (const part of this.parts) {
      if ((this.#groupsIn[part] ?? 0) > 0) continue;
      let best = -1;
      let bestCost = Infinity;
      for (const group of order) {
        if ((this.#groupsIn[this.partOf[group] ?? 0] ?? 0) < 2) continue;
        const cost = this.#moveCost(group, part, true);
        if (cost >= bestCost) continue;
        best = group;
        bestCost = cost;
      }
      if (best >= 0) this.#put(best, part);
    }
  }

  improve(order: Int32Array): void {
    for (let pass = 0; pass < MOST_PASSES; pass += 1) if (!this.#pass(order, true)) return;
  }

  /** Where classes drew a part further from its share than the largest group is, rows alone decide. */
  bound(order: Int32Array): void {
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      if (!this.#excess.some((rows) => Math.abs(rows) > this.#largest)) return;
      if (!this.#pass(order, false)) return;
    }
  }

  /** Moves each group to the part that is better, if one is. @returns whether any moved */
  #pass(order: Int32Array, byClass: boolean): boolean {
    let moved = false;
    for (const group of order) {
      const from = this.partOf[group] ?? 0;
      if ((this.#groupsIn[from] ?? 0) < 2) continue;
      let best = from;
      let bestCost = -1e-6;
      for (const part of this.parts) {
        if (part === from) continue;
        const cost = this.#moveCost(group, part, byClass);
        if (cost >= bestCost) continue;
        best = part;
        bestCost = cost;
      }
      if (best === from) continue;
      this.#put(group, best);
      moved = true;
    }
    return moved;
  }

  #moveCost(group: number, to: number, byClass: boolean): number {
    return this.#change(group, this.partOf[group] ?? 0, -1, byClass) + this.#change(group, to, 1, byClass);
  }

  /** By how much the sum of distances from the shares grows where a group comes to a part (sign 1) or leaves it (-1). */
  #change(group: number, part: number, sign: 1 | -1, byClass: boolean): number {
    const grown = (excess: number, count: number) => Math.abs(excess + sign * count) - Math.abs(excess);
    let change = grown(this.#excess[part] ?? 0, this.table.sizes[group] ?? 0);
    if (!byClass || this.strataCount === 1) return change;
    for (let at = this.table.starts[group] ?? 0; at < (this.table.starts[group + 1] ?? 0); at += 1) {
      const place = part * this.strataCount + (this.table.strata[at] ?? 0);
      change += grown(this.#stratumExcess[place] ?? 0, this.table.counts[at] ?? 0);
    }
    return change;
  }

  #put(group: number, to: number): void {
    const from = this.partOf[group] ?? NO_PART;
    if (from !== NO_PART) this.#count(group, from, -1);
    this.#count(group, to, 1);
    this.partOf[group] = to;
  }

  #count(group: number, part: number, sign: 1 | -1): void {
    add(this.#groupsIn, part, sign);
    add(this.#excess, part, sign * (this.table.sizes[group] ?? 0));
    for (let at = this.table.starts[group] ?? 0; at < (this.table.starts[group + 1] ?? 0); at += 1) {
      add(
        this.#stratumExcess,
        part * this.strataCount + (this.table.strata[at] ?? 0),
        sign * (this.table.counts[at] ?? 0),
      );
    }
  }
}

function add(list: Int32Array | Float64Array, place: number, amount: number): void {
  list[place] = (list[place] ?? 0) + amount;
}
