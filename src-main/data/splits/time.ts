/** Dates as tables write them, as numbers that can be ordered. */
import { parseDate, timeOf, type DayOrder } from '../../catalog';
import { parseNumber } from '../missing';

const DATE =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Year-month-day or with slashes, with or without a time; a time without a zone is taken as UTC, like all others beside it.
 * @returns milliseconds since 1970 in UTC; null for what is no date, or none of the calendar (February 30)
 */
export function parseTime(text: string): number | null {
  const found = DATE.exec(text.trim());
  if (!found) return null;
  const [, year = '', month = '', day = '', hours = '0', minutes = '0', seconds = '0', zone] = found;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // Date.UTC takes years below 100 for those of the last century.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || Number(hours) > 24 || Number(minutes) > 59) return null;
  return (
    date.getTime() + Number(hours) * 3_600_000 + (Number(minutes) - zoneMinutes(zone)) * 60_000 + Number(seconds) * 1000
  );
}

function zoneMinutes(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/**
 * What orders a cell: its date, its number, or the first day of its month or quarter; NaN where it is none of them.
 * @param dayOrder of dates such as `03/04/2024`.
 */
export function orderOf(text: string, dayOrder: DayOrder): number {
  const plain = parseTime(text) ?? parseNumber(text);
  if (plain !== null) return plain;
  const date = parseDate(text, dayOrder);
  return date ? timeOf(date) : Number.NaN;
}
