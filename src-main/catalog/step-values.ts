/** What steps share: going over columns of numbers part by part, counting texts, and figures for people. */
import type { Text } from '../contract';
import type { NumberValues, TextValues } from './step-definitions';

export function rowCount({ values, width }: NumberValues): number {
  return width === 0 ? 0 : values.length / width;
}

/** The values of one part of each row that are not missing, in row order. */
export function presentOf({ values, width }: NumberValues, part: number): Float64Array {
  const present = new Float64Array(Math.ceil(values.length / Math.max(1, width)));
  let count = 0;
  for (let at = part; at < values.length; at += width) {
    const value = values[at] ?? NaN;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  return present.subarray(0, count);
}

/** One result per part of a row. */
export function eachPart<T>(values: NumberValues, learn: (present: Float64Array) => T): T[] {
  return Array.from({ length: values.width }, (_, part) => learn(presentOf(values, part)));
}

/** The same numbers changed one by one; missing ones stay missing. */
export function mapNumbers(given: NumberValues, change: (value: number, part: number) => number): NumberValues {
  const values = new Float64Array(given.values.length);
  for (let at = 0; at < values.length; at++) values[at] = change(given.values[at] ?? NaN, at % given.width);
  return { ...given, values };
}

/** Mean and population standard deviation; a deviation of zero becomes 1, so that a constant column gives zeros. */
export function spread(values: Float64Array): { readonly mean: number; readonly standardDeviation: number } {
  if (values.length === 0) return { mean: 0, standardDeviation: 1 };
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row] ?? NaN;
  const mean = sum / values.length;
  let squares = 0;
  for (let row = 0; row < values.length; row++) squares += ((values[row] ?? NaN) - mean) ** 2;
  return { mean, standardDeviation: Math.sqrt(squares / values.length) || 1 };
}

/** How many rows have each text; texts of no row are left out. */
export function countTexts({ codes, names }: TextValues): Map<string, number> {
  const counts = new Float64Array(names.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  return new Map(names.flatMap((name, code) => (counts[code] ? [[name, counts[code]] as const] : [])));
}

/** Each row's numbers from its text alone, worked out once per distinct text. @param missing what rows without text get. */
export function numbersOfTexts(
  { codes, names }: TextValues,
  width: number,
  write: (text: string, into: Float64Array) => void,
  missing: number,
): NumberValues {
  const firstRows = new Map<number, number>();
  const values = new Float64Array(codes.length * width);
  for (const [row, code] of codes.entries()) {
    const at = row * width;
    const known = firstRows.get(code);
    if (code < 0) values.fill(missing, at, at + width);
    else if (known !== undefined) values.copyWithin(at, known * width, (known + 1) * width);
    else {
      firstRows.set(code, row);
      write(names[code] ?? '', values.subarray(at, at + width));
    }
  }
  return { kind: 'numbers', width, values, missing: null };
}

/** How many tokens a text has, and how many rows have the text. */
export interface TextLength {
  readonly tokens: number;
  readonly rows: number;
}

/** The least length at which the share of the rows fits, from 1 to the longest. */
export function fittingLength(lengths: readonly TextLength[], share: number, longest: number): number {
  const sorted = [...lengths].sort((one, other) => one.tokens - other.tokens);
  let left = share * sorted.reduce((sum, { rows }) => sum + rows, 0);
  const last = sorted.find(({ rows }) => (left -= rows) <= 0);
  return Math.min(longest, Math.max(1, last?.tokens ?? 1));
}

/** By their characters' codes: the same on every machine, whatever its language. */
export function byCode(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The most frequent first, equally frequent ones by their characters' codes. */
export function byFrequency(counts: ReadonlyMap<string, number>): string[] {
  return [...counts.keys()].sort(
    (one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0) || byCode(one, other),
  );
}

/** At most four significant digits, for figures beside words. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** One figure per part, the first three of many. */
export function figures(values: readonly number[]): string {
  const shown = values.slice(0, 3).map(figure).join(', ');
  return values.length > 3 ? `${shown} …` : shown;
}

export function sameInBoth(words: string): Text {
  return { en: words, zh: words };
}
