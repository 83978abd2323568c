/** How a field of runs stands in the table: its words, its width, its values as people read them. */
import type { RunField, RunValue } from '../../../src-main/catalog';
import type { RunSummary } from '../../../src-main/contract';
import { formatAgo, formatDuration, formatNumber, m, text } from '../../i18n';
import { formatMetric } from '../train/metric-words';

/** The curve of the loss: a column that is no field. */
export const sparklineColumn = 'sparkline';
/** What a table begins with; the name always stands first. */
export const startColumns: readonly string[] = [
  ...['state', sparklineColumn, 'best', 'last', 'test', 'epoch', 'seconds', 'created', 'tag', 'note'],
];

const numeric: ReadonlySet<RunField['kind']> = new Set(['number', 'share', 'duration']);

export function isNumeric(field: RunField): boolean {
  return numeric.has(field.kind);
}

const widths: Readonly<Record<string, number>> = {
  [sparklineColumn]: 92,
  state: 116,
  best: 158,
  last: 92,
  test: 92,
  epoch: 104,
  seconds: 96,
  note: 220,
  network: 220,
};
const kindWidths: Readonly<Record<RunField['kind'], number>> = {
  ...{ text: 140, number: 120, share: 120, choice: 130, toggle: 90, time: 148, duration: 110, tags: 170 },
};

/** Pixels: what most values need, and the head in both languages as far as it is short. */
export function columnWidth(key: string, field: RunField | null): number {
  const own = widths[key];
  if (own !== undefined || !field) return own ?? 120;
  const withEpoch = field.epoch && field.group === 'metric' ? 30 : 0;
  return Math.max(kindWidths[field.kind] + withEpoch, Math.min(220, 24 + text(field.label).length * 7.5));
}

/** The metric by which a figure is written; null for fields that are none. */
export function metricOf(field: RunField, run: RunSummary): string | null {
  if (field.key === 'best' || field.key === 'last' || field.key === 'test') return run.best?.metric ?? 'loss';
  return field.group === 'metric' ? field.key.replace(/^last\./, '') : null;
}

export function valueText(field: RunField, run: RunSummary, value: RunValue): string {
  const metric = metricOf(field, run);
  if (metric && typeof value === 'number') return formatMetric(metric, value);
  return plainText(field, value);
}

/** A value by itself, as of a group; a dash where there is none. */
export function plainText(field: RunField, value: RunValue): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return '–';
  if (typeof value === 'boolean') return value ? m.runs_yes() : m.runs_no();
  if (typeof value === 'number') {
    if (field.kind === 'duration') return formatDuration(value);
    return field.kind === 'time' ? formatAgo(value) : formatNumber(value);
  }
  const option = field.options?.find((one) => one.value === value);
  return option ? text(option.label) : Array.isArray(value) ? value.join(', ') : String(value);
}
