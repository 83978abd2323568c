/** How far apart the steps of a series are, by the calendar where it is months or working days, and when the next ones are. */
import type { TimeStep, Timing } from '../contract';
import { dayOrderOf, parseDate, parsePeriod, timeOf, type DayOrder } from './dates';

const DAY = 86_400_000;
/** Distances that are looked at, from the latest back. */
const MOST_DISTANCES = 5000;
/** Share of the distances that must be the same. The others are gaps, or rows that came twice. */
const USUAL = 0.9;

/**
 * @param series the times of each series, ascending, without gaps (NaN): numbers, or milliseconds since 1970.
 * @param written some texts of the column; null where it holds numbers.
 * @param dayOrder as the whole column reveals it; without it as `written` does.
 */
export function timingOf(
  series: readonly ArrayLike<number>[],
  written: readonly string[] | null,
  dayOrder: DayOrder = dayOrderOf(written ?? []),
): Timing {
  const looked = latest(series);
  if (written === null) return { form: 'number', dayOrder, step: stepBy('number', looked, (time) => time) };
  const times = looked.flat();
  const found = monthly(looked, times) ?? stepBy('millisecond', looked, (time) => time) ?? workdays(looked, times);
  return { form: formOf(times, written), dayOrder, step: found };
}

/** The time so many steps after (or with a negative number before) another. */
export function timeAfter({ unit, count, monthEnd }: TimeStep, time: number, steps: number): number {
  if (unit === 'month') {
    const start = new Date(time);
    const month = start.getUTCMonth() + count * steps;
    const last = new Date(0).setUTCFullYear(start.getUTCFullYear(), month + 1, 0);
    const day = monthEnd ? 31 : start.getUTCDate();
    const date = Math.min(day, new Date(last).getUTCDate());
    return new Date(0).setUTCFullYear(start.getUTCFullYear(), month, date) + timeOfDay(time);
  }
  if (unit === 'weekday') return timeOfWorkday(workdayOf(time) + count * steps) + timeOfDay(time);
  // Tenths are not exact: 0.1 + 0.2 is to be read as 0.3.
  return Number((time + count * steps).toPrecision(15));
}

/** A time as a person reads it, as precisely as the column writes its own. */
export function writeTime({ form }: Timing, time: number): string {
  if (form === 'number') return String(time);
  const date = new Date(time);
  const iso = date.toISOString();
  const text = iso.replace('T', ' ').replace('Z', '');
  const day = iso.slice(0, iso.indexOf('T'));
  const [year = '', month = ''] = [day.slice(0, -6), day.slice(-5, -3)];
  switch (form) {
    case 'year':
      return year;
    case 'quarter':
      return `${year}Q${Math.ceil(Number(month) / 3)}`;
    case 'month':
      return `${year}-${month}`;
    case 'day':
      return day;
    case 'minute':
      return text.slice(0, -7);
    case 'second':
      return text.slice(0, -4);
    case 'millisecond':
      return text;
  }
}

/** @returns null where the text is no time of this column. */
export function readTime({ form, dayOrder }: Timing, text: string): number | null {
  if (form === 'number') return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : null;
  const date = parseDate(text, dayOrder);
  return date && timeOf(date);
}

/** The latest times of each series, as many as are looked at of all together. */
function latest(series: readonly ArrayLike<number>[]): number[][] {
  let left = MOST_DISTANCES;
  return series.flatMap((times) => {
    if (left <= 0) return [];
    const kept = Array.from(
      { length: Math.min(times.length, left) },
      (_, at) => times[Math.max(0, times.length - left) + at] ?? NaN,
    );
    left -= kept.length;
    return [kept];
  });
}

/** @param placeOf what is counted by ones. @returns null where no distance is usual. */
function stepBy(
  unit: TimeStep['unit'],
  series: readonly (readonly number[])[],
  placeOf: (time: number) => number,
): TimeStep | null {
  const counts = new Map<number, number>();
  let all = 0;
  for (const times of series) {
    for (let at = 1; at < times.length; at++, all++) {
      const distance = placeOf(times[at] ?? NaN) - placeOf(times[at - 1] ?? NaN);
      const count = Number(distance.toPrecision(10));
      counts.set(count, (counts.get(count) ?? 0) + 1);
    }
  }
  const [count = 0, found = 0] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
  return count > 0 && found >= USUAL * all ? { unit, count, monthEnd: false } : null;
}

/** Where all times lie on one day of the month, or all on the last one. */
function monthly(series: readonly (readonly number[])[], times: readonly number[]): TimeStep | null {
  const dates = times.map((time) => new Date(time));
  const [first] = dates;
  const isOneDay = dates.every((date) => date.getUTCDate() === first?.getUTCDate());
  const isEnd = dates.every((date) => new Date(date.getTime() + DAY).getUTCDate() === 1);
  if (!(isOneDay || isEnd) || !haveOneHour(times)) return null;
  const found = stepBy('month', series, (time) => {
    const date = new Date(time);
    return 12 * date.getUTCFullYear() + date.getUTCMonth();
  });
  return found && { ...found, monthEnd: isEnd };
}

/** From Monday to Friday alone. */
function workdays(series: readonly (readonly number[])[], times: readonly number[]): TimeStep | null {
  const isWorkday = (time: number) => dayOfWeek(time) < 5;
  return times.every(isWorkday) && haveOneHour(times) ? stepBy('weekday', series, workdayOf) : null;
}

function haveOneHour(times: readonly number[]): boolean {
  return times.every((time) => timeOfDay(time) === timeOfDay(times[0] ?? 0));
}

function timeOfDay(time: number): number {
  return ((time % DAY) + DAY) % DAY;
}

/** Monday 0 to Sunday 6; 1970 began on a Thursday. */
function dayOfWeek(time: number): number {
  return (((Math.floor(time / DAY) + 3) % 7) + 7) % 7;
}

/** Working days since the Monday before 1970. */
function workdayOf(time: number): number {
  return 5 * Math.floor((Math.floor(time / DAY) + 3) / 7) + Math.min(4, dayOfWeek(time));
}

function timeOfWorkday(workday: number): number {
  const week = Math.floor(workday / 5);
  return (7 * week - 3 + (workday - 5 * week)) * DAY;
}

/** The coarsest form that says all of the times, and no coarser than the column's own. */
function formOf(times: readonly number[], written: readonly string[]): Timing['form'] {
  if (times.some((time) => time % 1000 !== 0)) return 'millisecond';
  if (times.some((time) => time % 60_000 !== 0)) return 'second';
  if (times.some((time) => time % DAY !== 0)) return 'minute';
  const units = written.map((text) => parsePeriod(text)?.unit ?? 'day');
  return (['day', 'month', 'quarter', 'year'] as const).find((unit) => units.includes(unit)) ?? 'day';
}
