/** The usual distance of the steps of a series in words: "1 month", "10 minutes". */
import type { TimeStep } from '../../../src-main/contract';
import { formatNumber, formatUnit, m } from '../../i18n';

/** Milliseconds of each, the longest first; weeks are told as days. */
const units = [
  { unit: 'day', milliseconds: 86_400_000 },
  { unit: 'hour', milliseconds: 3_600_000 },
  { unit: 'minute', milliseconds: 60_000 },
  { unit: 'second', milliseconds: 1000 },
  { unit: 'millisecond', milliseconds: 1 },
] as const;

export function stepText({ unit, count }: TimeStep): string {
  if (unit === 'number') return formatNumber(count);
  if (unit === 'weekday') return count === 1 ? m.series_workday() : m.series_workdays({ count: formatNumber(count) });
  if (unit === 'month') return count % 12 === 0 ? formatUnit(count / 12, 'year') : formatUnit(count, 'month');
  const found = units.find(({ milliseconds }) => count % milliseconds === 0);
  return found ? formatUnit(count / found.milliseconds, found.unit) : formatUnit(count, 'millisecond');
}
