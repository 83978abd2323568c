/** A column as what rows are ordered by: numbers as they are, dates by the calendar, texts by their characters' codes. */
import { dayOrderOf, parseDate } from '../catalog';
import type { DatasetVersion } from '../contract';
import { readCodes, readNumbers, type CodedColumn } from './columns';
import type { LibraryPaths } from './paths';

export interface OrderKeys {
  /** Per row; NaN where missing. Dates in milliseconds since 1970, as the clock that is written says. */
  readonly keys: Float64Array;
  /** What the keys are; `place` is a text's place among all texts. */
  readonly kind: 'number' | 'date' | 'place';
}

/** @param index of a column of any type but image. */
export async function readOrderKeys(library: LibraryPaths, version: DatasetVersion, index: number): Promise<OrderKeys> {
  if (version.columns[index]?.type === 'number')
    return { keys: await readNumbers(library, version, index), kind: 'number' };
  return orderOfTexts(await readCodes(library, version, index));
}

/** As `readOrderKeys`, of a column of texts that was read. @param column its names in order, where their places are to say it. */
export function orderOfTexts({ codes, names }: CodedColumn): OrderKeys {
  const dayOrder = dayOrderOf(names);
  const dates = names.map((text) => parseDate(text, dayOrder));
  const times = dates.map((date) => date && timeOf(date));
  const areDates = times.length > 0 && times.every((time) => time !== null);
  const keys = areDates ? times : names.map((_, place) => place);
  return { keys: Float64Array.from(codes, (code) => keys[code] ?? Number.NaN), kind: areDates ? 'date' : 'place' };
}

/** Years before 100 are years, not of the last century as `Date.UTC` has it. */
function timeOf({ year, month, day, hour }: NonNullable<ReturnType<typeof parseDate>>): number {
  return new Date(0).setUTCFullYear(year, month - 1, day) + Math.round(hour * 3_600_000);
}
