/** Figures for people: numbers, percents, durations, bytes and times, by the chosen language's own rules. */
import { locale } from './locale.svelte';

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale.current + JSON.stringify(options);
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale.current, options);
    numberFormats.set(key, format);
  }
  return format;
}

/** @param digits fraction digits, always shown, so that columns align; without it up to four significant digits of the fraction are kept. */
export function formatNumber(value: number, digits?: number): string {
  if (digits !== undefined) {
    return numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  }
  if (Number.isInteger(value)) return numberFormat({}).format(value);
  return Math.abs(value) < 0.0001
    ? numberFormat({ notation: 'scientific', maximumSignificantDigits: 3 }).format(value)
    : numberFormat({ maximumSignificantDigits: Math.abs(value) >= 1000 ? 7 : 4 }).format(value);
}

/** A count in few signs: 1.2M, 12K. */
export function formatCompact(value: number): string {
  return numberFormat({ notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** @param share 0–1. */
export function formatPercent(share: number, digits = 1): string {
  return numberFormat({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);
}

/** A number of some unit in whole words: `3 months`. */
export function formatUnit(value: number, unit: string): string {
  return numberFormat({ style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** A length of time: `0.4 s`, `0:41`, `12:05`, `2:03:10`. @param seconds not negative. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 1) {
    return numberFormat({ style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: 1 }).format(
      seconds,
    );
  }
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function formatBytes(bytes: number): string {
  const step = Math.min(byteUnits.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return numberFormat({
    style: 'unit',
    unit: byteUnits[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}

const agoSteps = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** How long ago a moment was, up to a week; then its date. @param time milliseconds since 1970. */
export function formatAgo(time: number, now: number = Date.now()): string {
  const seconds = Math.max(0, (now - time) / 1000);
  if (seconds >= 7 * 86_400) return formatDate(time);
  const format = new Intl.RelativeTimeFormat(locale.current, { numeric: 'auto' });
  const step = agoSteps.find((candidate) => seconds >= candidate.seconds);
  return step ? format.format(-Math.floor(seconds / step.seconds), step.unit) : format.format(0, 'second');
}

/** Date and time of day. @param time milliseconds since 1970. */
export function formatDate(time: number): string {
  return new Intl.DateTimeFormat(locale.current, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}
