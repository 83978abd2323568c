/** Dates and times as people and programs write them. The clock that is written counts: a time zone behind it is not applied. */

/** Which of the first two numbers of `03/04/2024` is the day. */
export type DayOrder = 'day-first' | 'month-first';

export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** With minutes and seconds as a fraction, 0 to below 24; 0 where no time is written. */
  readonly hour: number;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const time =
  '(?:[T\\s,]+(\\d{1,2})(?::(\\d{2})(?::(\\d{2}(?:[.,]\\d+)?))?)?\\s*(am|pm)?\\s*(?:z|utc|gmt|[+-]\\d{2}:?\\d{2})?)?';
const yearFirst = new RegExp(`^(\\d{4})[-/.年]\\s?(\\d{1,2})[-/.月]\\s?(\\d{1,2})日?${time}$`, 'i');
const compact = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${time}$`, 'i');
const yearLast = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})${time}$`, 'i');
const dayName = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?(\\d{1,2})(?:st|nd|rd|th)?[-\\s]([a-z]{3,9})\\.?[-,\\s]+(\\d{4})${time}$`,
  'i',
);
const nameDay = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?([a-z]{3,9})\\.?[-\\s](\\d{1,2})(?:st|nd|rd|th)?,?[-\\s](\\d{4})${time}$`,
  'i',
);
/** A month, a quarter or a year alone: `1949-01`, `1949年1月`, `Jan 1949`, `1949 January`, `1949Q1`, `Q1 1949`, `1949`. */
const monthOnly = /^(\d{4})[-/.年]\s?(\d{1,2})月?$/;
const nameYear = /^([a-z]{3,9})\.?[-,\s]+(\d{4})$/i;
const yearName = /^(\d{4})[-,\s]+([a-z]{3,9})\.?$/i;
const yearQuarter = /^(\d{4})[-\s]?Q([1-4])$/i;
const quarterYear = /^Q([1-4])[-\s]?(\d{4})$/i;
const yearOnly = /^([12]\d{3})年?$/;

/** @returns null where the text is no date that the calendar has. */
export function parseDate(text: string, order: DayOrder): DateParts | null {
  const trimmed = text.trim();
  const direct = yearFirst.exec(trimmed) ?? compact.exec(trimmed);
  if (direct) return check(direct[1], direct[2], direct[3], direct.slice(4));
  const last = yearLast.exec(trimmed);
  // A point between the numbers is the European way, whatever the order elsewhere.
  if (last) {
    const isDayFirst = order === 'day-first' || /^\d+\./.test(trimmed);
    return check(last[3], isDayFirst ? last[2] : last[1], isDayFirst ? last[1] : last[2], last.slice(4));
  }
  const named = dayName.exec(trimmed);
  if (named) return check(named[3], monthOf(named[2]), named[1], named.slice(4));
  const american = nameDay.exec(trimmed);
  if (american) return check(american[3], monthOf(american[1]), american[2], american.slice(4));
  return parsePeriod(trimmed)?.first ?? null;
}

/** What a text without a day names: its first day, and how long it is. */
export interface Period {
  readonly first: DateParts;
  readonly unit: 'month' | 'quarter' | 'year';
}

/** @returns null where the text is no month, quarter or year. */
export function parsePeriod(text: string): Period | null {
  const trimmed = text.trim();
  const from = (unit: Period['unit'], year = '', month = '1') => {
    const first = check(year, month, '1', []);
    return first && { first, unit };
  };
  const month = monthOnly.exec(trimmed);
  if (month) return from('month', month[1], month[2]);
  const [, name, yearOfName] = nameYear.exec(trimmed) ?? [];
  if (name !== undefined) return from('month', yearOfName, monthOf(name));
  const [, yearBefore, nameAfter] = yearName.exec(trimmed) ?? [];
  if (nameAfter !== undefined) return from('month', yearBefore, monthOf(nameAfter));
  const [, yearOfQuarter, quarter] = yearQuarter.exec(trimmed) ?? [];
  if (quarter !== undefined) return from('quarter', yearOfQuarter, firstMonth(quarter));
  const [, quarterBefore, yearAfter] = quarterYear.exec(trimmed) ?? [];
  if (quarterBefore !== undefined) return from('quarter', yearAfter, firstMonth(quarterBefore));
  const year = yearOnly.exec(trimmed);
  return year ? from('year', year[1]) : null;
}

/** The first month of a quarter. */
function firstMonth(quarter: string): string {
  return String(3 * Number(quarter) - 2);
}

/** Milliseconds since 1970 by the clock that is written; years before 100 are years, not of the last century as `Date.UTC` has it. */
export function timeOf({ year, month, day, hour }: DateParts): number {
  return new Date(0).setUTCFullYear(year, month - 1, day) + Math.round(hour * 3_600_000);
}

/** 0 where it is the name of none. */
function monthOf(name = ''): string {
  return String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

function check(
  yearText = '',
  monthText = '',
  dayText = '',
  [hourText, minuteText, secondText, half]: readonly (string | undefined)[],
): DateParts | null {
  const [year, month, day] = [Number(yearText), Number(monthText), Number(dayText)];
  const calendar = new Date(Date.UTC(2000, month - 1, day));
  calendar.setUTCFullYear(year, month - 1, day);
  if (calendar.getUTCMonth() !== month - 1 || calendar.getUTCDate() !== day) return null;
  const written = Number(hourText ?? 0);
  if (half !== undefined && (written < 1 || written > 12)) return null;
  const whole = half === undefined ? written : (written % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const [minute, second] = [Number(minuteText ?? 0), Number((secondText ?? '0').replace(',', '.'))];
  if (whole > 23 || minute > 59 || second >= 61) return null;
  return { year, month, day, hour: whole + minute / 60 + second / 3600 };
}

/** Monday 0 to Sunday 6. */
export function weekdayOf({ year, month, day }: DateParts): number {
  const calendar = new Date(Date.UTC(2000, month - 1, day));
  calendar.setUTCFullYear(year, month - 1, day);
  return (calendar.getUTCDay() + 6) % 7;
}

/**
 * The order that dates such as `25/12/2024` reveal: the number above 12 is the day. Month first where all could be both, as
 * most programs assume.
 */
export function dayOrderOf(texts: Iterable<string>): DayOrder {
  let [dayFirst, monthFirst] = [0, 0];
  for (const text of texts) {
    const [, one = '', other = ''] = /^(\d{1,2})[-/](\d{1,2})[-/]\d{4}/.exec(text.trim()) ?? [];
    if (Number(one) > 12) dayFirst += 1;
    if (Number(other) > 12) monthFirst += 1;
  }
  return dayFirst > monthFirst ? 'day-first' : 'month-first';
}
