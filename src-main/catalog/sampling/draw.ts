/**
 * What samplers share: a parameter's values from a number between 0 and 1, and which parameters are there for the values of
 * those before them.
 */
import type { FieldValue, FieldValues, SearchParameter, SearchRange } from '../../contract';
import type { Generator } from '../random';

/** Whether a parameter is searched, given the values of those before it. */
export function isThere({ when }: Pick<SearchParameter, 'when'>, values: FieldValues): boolean {
  if (!when) return true;
  const other = Object.hasOwn(values, when.path) ? values[when.path] : undefined;
  return other !== undefined && when.values.includes(other);
}

/** @param draw called for those that are there, in their order, with their place. */
export function drawValues(
  parameters: readonly SearchParameter[],
  draw: (range: SearchRange, place: number) => FieldValue,
): FieldValues {
  const values: Record<string, FieldValue> = {};
  for (const [place, parameter] of parameters.entries()) {
    if (isThere(parameter, values)) values[parameter.path] = draw(parameter.range, place);
  }
  return values;
}

/** Uniform in [0, 1). */
export function uniform(next: Generator): number {
  return next() / 0x1_0000_0000;
}

/** @param share of the range, from 0 to below 1; each whole number and each choice has a stretch of its own. */
export function valueAt(range: SearchRange, share: number): FieldValue {
  if (range.kind === 'choice') {
    const place = Math.min(range.values.length - 1, Math.floor(share * range.values.length));
    return range.values[place] ?? range.values[0] ?? 0;
  }
  const { low, high, isLog } = stretchOf(range);
  const at = low + share * (high - low);
  const value = isLog ? Math.exp(at) : at;
  const { minimum, maximum } = range;
  return Math.min(maximum, Math.max(minimum, range.kind === 'integer' ? Math.round(value) : readable(value)));
}

/** Where a number lies in its range, from 0 to 1; the inverse of `valueAt`. */
export function shareOf(range: Exclude<SearchRange, { kind: 'choice' }>, value: number): number {
  const { low, high, isLog } = stretchOf(range);
  const at = isLog ? Math.log(value) : value;
  return high === low ? 0.5 : Math.min(1, Math.max(0, (at - low) / (high - low)));
}

/** Ends of the stretch that shares are of, as logarithms on such a scale; a whole number reaches half a step both ways. */
function stretchOf({ kind, minimum, maximum, scale }: Exclude<SearchRange, { kind: 'choice' }>) {
  const half = kind === 'integer' ? 0.5 : 0;
  const isLog = scale === 'log';
  const on = (value: number) => (isLog ? Math.log(value) : value);
  return { low: on(minimum - half), high: on(maximum + half), isLog };
}

/** More figures than four tell a person nothing. */
function readable(value: number): number {
  return Number(value.toPrecision(4));
}

/** One and the same text for equal values. */
export function keyOf(values: FieldValues): string {
  return JSON.stringify(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)));
}
