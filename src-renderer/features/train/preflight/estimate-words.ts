/** Estimates in words: their figures with their ranges. */
import type { Range } from '../../../../src-main/contract';
import { formatBytes, formatDuration, formatNumber, m } from '../../../i18n';

/** Below this many seconds a fraction matters. */
const SHORT = 60;
const MEGABYTE = 1e6;

/** `4.2 s`, `2:10`. */
export function secondsWords(seconds: number): string {
  if (seconds >= SHORT) return formatDuration(seconds);
  return m.preflight_seconds({ count: formatNumber(seconds, seconds < 1 ? 2 : 1) });
}

export function rangeWords({ low, high }: Range, words: (value: number) => string): string {
  return m.preflight_range({ low: words(low), high: words(high) });
}

/** `553 MB`: fractions of large ones are not known. */
export function bytesWords(bytes: number): string {
  return formatBytes(bytes < 10 * MEGABYTE ? bytes : MEGABYTE * Math.round(bytes / MEGABYTE));
}
