/** A column as what rows are ordered by: numbers as they are, dates by the calendar, texts by their characters' codes. */
import { dayOrderOf, parseDate, timeOf, type DayOrder } from '../catalog';
import type { DatasetVersion } from '../contract';
import { readCodes, readNumbers, type CodedColumn } from './columns';
import { queryNumbers, queryRows } from './duckdb';
import { rowsFile, type LibraryPaths } from './paths';
import { identifier, literal } from './sql';

/** Dates with or without a time that DuckDB reads as `parseDate` does: by the calendar, the clock as it is written. */
const PLAIN_DATE = '[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}([ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])?';
const plainDate = new RegExp(`^${PLAIN_DATE}$`);

export interface OrderKeys {
  /** Per row; NaN where missing. Dates in milliseconds since 1970, as the clock that is written says. */
  readonly keys: Float64Array;
  /** What the keys are; `place` is a text's place among all texts. */
  readonly kind: 'number' | 'date' | 'place';
  /** As dates such as `03/04/2024` were read. */
  readonly dayOrder: DayOrder;
}

/** @param index of a column of any type but image. */
export async function readOrderKeys(library: LibraryPaths, version: DatasetVersion, index: number): Promise<OrderKeys> {
  if (version.columns[index]?.type === 'number')
    return { keys: await readNumbers(library, version, index), kind: 'number', dayOrder: 'month-first' };
  const plain = await readPlainDates(library, version, index);
  if (plain) return { keys: plain, kind: 'date', dayOrder: 'month-first' };
  return orderOfTexts(await readCodes(library, version, index));
}

/** As `readOrderKeys`, of a column of texts that was read. @param column its names in order, where their places are to say it. */
export function orderOfTexts({ codes, names }: CodedColumn): OrderKeys {
  const dayOrder = dayOrderOf(names);
  const dates = names.map((text) => parseDate(text, dayOrder));
  const times = dates.map((date) => date && timeOf(date));
  const areDates = times.length > 0 && times.every((time) => time !== null);
  const keys = areDates ? times : names.map((_, place) => place);
  const kind = areDates ? 'date' : 'place';
  return { keys: Float64Array.from(codes, (code) => keys[code] ?? Number.NaN), kind, dayOrder };
}

/** Ten times as fast as by names where nearly every row has a date of its own; null where some value is written otherwise. */
async function readPlainDates(
  library: LibraryPaths,
  version: DatasetVersion,
  index: number,
): Promise<Float64Array | null> {
  const examples = version.columns[index]?.examples ?? [];
  if (examples.length === 0 || !examples.every((text) => plainDate.test(text))) return null;
  const [table, name] = [literal(rowsFile(library, version.id)), identifier(`c${index}`)];
  const isPlain = `regexp_full_match(${name}, ${literal(PLAIN_DATE)}) AND try_cast(${name} AS TIMESTAMP) IS NOT NULL`;
  const [[arePlain] = []] = await queryRows(`SELECT bool_and(${isPlain}) FROM ${table} WHERE ${name} IS NOT NULL`);
  return arePlain === 'true' ? queryNumbers(`SELECT epoch_ms(${name}::TIMESTAMP) FROM ${table}`) : null;
}
