/** Scales of small charts: numbers on a plain or a logarithmic axis with round ticks, choices at even places. */
import type { FieldValue } from '../../src-main/contract';

export type AxisValue = FieldValue | null;

export interface Axis {
  readonly kind: 'number' | 'logarithm' | 'choice';
  readonly ticks: readonly { readonly at: number; readonly value: number | string }[];
  /** 0–1 along the axis; null where there is no value. */
  place(value: AxisValue): number | null;
}

/** Powers of ten apart, and more: learning rates are read by their order of magnitude. */
const logarithmFrom = 50;

/** @param values of all that is drawn. */
export function axisOf(values: readonly AxisValue[]): Axis {
  const known = values.filter((value) => value !== null);
  const numbers = known.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (numbers.length === 0 || numbers.length < known.length) return choiceAxis(known);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low > 0 && high / low >= logarithmFrom
    ? logarithmAxis(low, high)
    : numberAxis(low, high, numbers.every(Number.isInteger));
}

/** The values with a little room beyond both ends, so that marks do not lie on an edge. */
export function padded(values: readonly number[]): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * 0.06;
  return [low - room, ...values, high + room];
}

function choiceAxis(known: readonly FieldValue[]): Axis {
  const names = [...new Set(known.map(String))].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  const at = (place: number) => (names.length < 2 ? 0.5 : place / (names.length - 1));
  return {
    kind: 'choice',
    ticks: names.map((value, place) => ({ at: at(place), value })),
    place: (value) => (value === null || !names.includes(String(value)) ? null : at(names.indexOf(String(value)))),
  };
}

/** Ends at the values themselves; ticks at round numbers between, whole ones where all values are. */
function numberAxis(low: number, high: number, isWhole: boolean): Axis {
  const span = high - low;
  const at = (value: number) => (span === 0 ? 0.5 : (value - low) / span);
  const step = Math.max(isWhole ? 1 : 0, roundStep(span / 4));
  const ticks: number[] = span === 0 ? [low] : [];
  for (let tick = Math.ceil(low / step) * step; span > 0 && tick <= high + step * 1e-9; tick += step) {
    ticks.push(Number(tick.toPrecision(12)));
  }
  return {
    kind: 'number',
    ticks: ticks.map((value) => ({ at: at(value), value })),
    place: (value) => (typeof value === 'number' ? at(value) : null),
  };
}

function logarithmAxis(low: number, high: number): Axis {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const at = (value: number) => (Math.log10(value) - from) / (to - from);
  const ticks: number[] = [];
  for (let power = Math.ceil(from - 1e-9); power <= to + 1e-9; power++) ticks.push(10 ** power);
  return {
    kind: 'logarithm',
    ticks: ticks.map((value) => ({ at: at(value), value: Number(value.toPrecision(12)) })),
    place: (value) => (typeof value === 'number' && value > 0 ? at(value) : null),
  };
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function roundStep(step: number): number {
  if (step <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(step));
  return ([1, 2, 5].find((times) => times * power >= step * (1 - 1e-9)) ?? 10) * power;
}
