/** Which runs pass the ranges that a person has set on axes of parallel coordinates, and how those ranges move by keys. */
import type { Axis, AxisValue } from './axis';

/** From and to along an axis, 0–1 each. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Dimension {
  readonly id: string;
  readonly label: string;
  readonly axis: Axis;
  /** One per run. */
  readonly values: readonly AxisValue[];
  readonly format: (value: AxisValue) => string;
}

/** Half a pixel or so: a value on the edge of a range is within it. */
const slack = 0.004;

/** Places of the runs that lie within all ranges; one without a value lies within none. */
export function within(dimensions: readonly Dimension[], ranges: ReadonlyMap<string, Range>): ReadonlySet<number> {
  const count = dimensions[0]?.values.length ?? 0;
  const places = Array.from({ length: count }, (_, place) => place);
  return new Set(
    places.filter((place) =>
      dimensions.every(({ id, axis, values }) => {
        const range = ranges.get(id);
        if (!range) return true;
        const at = axis.place(values[place] ?? null);
        return at !== null && at >= range.from - slack && at <= range.to + slack;
      }),
    ),
  );
}

/** The ranges with one set anew, or taken away by null. */
export function withRange(
  ranges: ReadonlyMap<string, Range>,
  id: string,
  range: Range | null,
): ReadonlyMap<string, Range> {
  const others = [...ranges].filter(([other]) => other !== id);
  return new Map(range ? [...others, [id, range]] : others);
}

/** At most so many axes, in their order: those that decide most, by the order of `ids`, before the others. */
export function mostDeciding<Axis extends { readonly id: string }>(
  axes: readonly Axis[],
  ids: readonly string[],
  most: number,
): Axis[] {
  const order = new Map(ids.map((id, place) => [id, place]));
  const ranked = axes.toSorted((a, b) => (order.get(a.id) ?? Infinity) - (order.get(b.id) ?? Infinity) || 0);
  const kept = new Set(ranked.slice(0, most));
  return axes.filter((one) => kept.has(one));
}

const keyStep = 0.05;

/** Arrows move the range's lower end, with Shift the upper one. @returns null where it is the whole axis again, or the key is none of these */
export function moved(range: Range | undefined, key: string, isUpper: boolean): Range | null {
  const by = { ArrowUp: keyStep, ArrowDown: -keyStep }[key];
  const { from, to } = range ?? { from: 0, to: 1 };
  if (by === undefined) return null;
  const next = isUpper
    ? { from, to: Math.min(1, Math.max(from, to + by)) }
    : { from: Math.max(0, Math.min(to, from + by)), to };
  return next.from === 0 && next.to === 1 ? null : next;
}
