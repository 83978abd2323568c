/** A regression tree (Breiman et al. 1984) whose leaves are boxes of the space that is searched, for the analysis of variance. */

/** Of a choice, so many; of a number, null. */
export interface Axis {
  readonly choices: number | null;
}

interface Part {
  readonly from: number;
  readonly to: number;
}

/** Along each axis the parts of 0–1 that it covers, and what they add up to; the choices of an axis share it evenly. */
export interface Leaf {
  readonly parts: readonly (readonly Part[])[];
  readonly sizes: readonly number[];
  readonly value: number;
}

interface Split {
  readonly side: number;
  readonly gain: number;
  /** Goes to the left. */
  readonly isLeft: (value: number) => boolean;
  readonly cut: (parts: readonly Part[]) => readonly [readonly Part[], readonly Part[]];
}

const fewest = 4;

export function growTree(axes: readonly Axis[], points: readonly Float64Array[], figures: readonly number[]): Leaf[] {
  const whole = axes.map(({ choices }): readonly Part[] =>
    choices === null
      ? [{ from: 0, to: 1 }]
      : Array.from({ length: choices }, (_, at) => ({ from: at / choices, to: (at + 1) / choices })),
  );
  const leaves: Leaf[] = [];
  const open = [{ rows: [...points.keys()], parts: whole }];
  for (let node = open.pop(); node; node = open.pop()) {
    const { rows, parts } = node;
    const split = rows.length < fewest ? null : bestSplit(axes, rows, points, figures);
    if (!split) {
      const sizes = parts.map((some) => some.reduce((sum, { from, to }) => sum + to - from, 0));
      leaves.push({ parts, sizes, value: rows.reduce((sum, row) => sum + (figures[row] ?? 0), 0) / rows.length });
      continue;
    }
    const { side, isLeft, cut } = split;
    const halves = cut(parts[side] ?? []);
    for (const left of [true, false]) {
      const own = rows.filter((row) => isLeft(points[row]?.[side] ?? 0) === left);
      open.push({ rows: own, parts: parts.with(side, halves[left ? 0 : 1]) });
    }
  }
  return leaves;
}

function bestSplit(
  axes: readonly Axis[],
  rows: readonly number[],
  points: readonly Float64Array[],
  figures: readonly number[],
): Split | null {
  let best: Split | null = null;
  for (const [side, { choices }] of axes.entries()) {
    const known = rows.map((row) => ({ value: points[row]?.[side] ?? 0, figure: figures[row] ?? 0 }));
    const split = choices === null ? numberSplit(known, side) : choiceSplit(known, side, choices);
    if (split && split.gain > (best?.gain ?? 1e-12)) best = split;
  }
  return best;
}

interface Known {
  readonly value: number;
  readonly figure: number;
}

/** Where in this order the squares' sum falls most; `null` where all values are one. */
function bestCut(sorted: readonly Known[]): { readonly at: number; readonly gain: number } | null {
  const total = sorted.reduce((sum, { figure }) => sum + figure, 0);
  const count = sorted.length;
  let [before, best] = [0, { at: -1, gain: -Infinity }];
  for (let at = 1; at < count; at++) {
    before += sorted[at - 1]?.figure ?? 0;
    if (sorted[at - 1]?.value === sorted[at]?.value) continue;
    const gain = before ** 2 / at + (total - before) ** 2 / (count - at) - total ** 2 / count;
    if (gain > best.gain) best = { at, gain };
  }
  return best.at < 0 ? null : best;
}

function numberSplit(known: readonly Known[], side: number): Split | null {
  const sorted = known.toSorted((one, other) => one.value - other.value);
  const found = bestCut(sorted);
  if (!found) return null;
  const edge = ((sorted[found.at - 1]?.value ?? 0) + (sorted[found.at]?.value ?? 0)) / 2;
  return {
    ...{ side, gain: found.gain },
    isLeft: (value) => value < edge,
    cut: ([part = { from: 0, to: 1 }]) => [[{ from: part.from, to: edge }], [{ from: edge, to: part.to }]],
  };
}

/** The choices in the order of their means: the best of all splits in two is then one of that order (Fisher 1958). */
function choiceSplit(known: readonly Known[], side: number, choices: number): Split | null {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const { value, figure } of known) {
    const before = sums.get(value) ?? { sum: 0, count: 0 };
    sums.set(value, { sum: before.sum + figure, count: before.count + 1 });
  }
  const order = [...sums].sort(([, one], [, other]) => one.sum / one.count - other.sum / other.count);
  const rank = new Map(order.map(([value], place) => [value, place]));
  const sorted = known
    .map(({ value, figure }) => ({ value: rank.get(value) ?? 0, figure }))
    .sort((one, other) => one.value - other.value);
  const found = bestCut(sorted);
  if (!found) return null;
  const edge = sorted[found.at]?.value ?? 0;
  // A choice that none of these rows has goes to the right.
  const isLeft = (value: number) => (rank.get(value) ?? Infinity) < edge;
  const isPartLeft = ({ from }: Part) => isLeft(Math.round(from * choices));
  return {
    ...{ side, gain: found.gain, isLeft },
    cut: (parts) => [parts.filter(isPartLeft), parts.filter((part) => !isPartLeft(part))],
  };
}
