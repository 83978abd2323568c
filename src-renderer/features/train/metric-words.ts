/** Metric names and values for people. */
import { figureOf, losses } from '../../../src-main/catalog';
import { formatNumber, formatPercent, m, text } from '../../i18n';

/** `validation.accuracy` → "Accuracy, validation". */
export function metricLabel(name: string): string {
  const [part, plain] = splitMetric(name);
  if (part === 'validation') return m.train_metric_validation({ metric: plainLabel(plain) });
  if (part === 'test') return m.train_metric_test({ metric: plainLabel(plain) });
  return plainLabel(plain);
}

/** The figures of an axis, without digits that say nothing there. */
export function formatMetricTick(name: string, value: number): string {
  if (isShare(name)) return formatPercent(value, Number((value * 100).toFixed(6)) % 1 === 0 ? 0 : 1);
  return formatNumber(Number(value.toPrecision(4)));
}

/** Whether a metric is a share of all examples, 0–1. */
export function isShare(name: string): boolean {
  const [, plain] = splitMetric(name);
  return figureOf(plain)?.format === 'percent';
}

export function splitMetric(name: string): ['training' | 'validation' | 'test', string] {
  if (name.startsWith('validation.')) return ['validation', name.slice('validation.'.length)];
  if (name.startsWith('test.')) return ['test', name.slice('test.'.length)];
  return ['training', name];
}

function plainLabel(name: string): string {
  if (name === 'loss') return m.train_loss();
  const figure = figureOf(name);
  if (figure) return text(figure.label);
  return losses.has(name) ? text(losses.get(name).label) : name;
}

/** Percent or a number, as the metric is read; losses with four digits. */
export function formatMetric(name: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return String(value);
  if (isShare(name)) return formatPercent(value, 2);
  return Math.abs(value) >= 1000 ? formatNumber(value, 1) : formatNumber(value, 4);
}
