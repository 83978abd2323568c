/** Searched fields and what came of them as axes: a value per trial, a name, and words for values. */
import type { FieldValue, SearchMeasure, SearchPlan, Trial } from '../../../../src-main/contract';
import { formatDuration, formatNumber, m } from '../../../i18n';
import { formatMetric, metricLabel } from '../../train/metric-words';
import { fieldWords, measureWords } from '../field-words';

export interface TrialAxis {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly read: (trial: Trial) => FieldValue | null;
  readonly format: (value: FieldValue | null) => string;
}

export function parameterAxes(plan: SearchPlan): TrialAxis[] {
  const words = fieldWords(plan);
  return plan.parameters.map(({ path }) => {
    const { short, help, format } = words(path);
    return { id: path, label: short, help, format, read: ({ values }) => values[path] ?? null };
  });
}

/** The metric first. Of the measures those that the plan speaks of. */
export function figureAxes({ metric, second, limits }: SearchPlan): TrialAxis[] {
  const spoken = new Set([...(second ? [second] : []), ...limits.map(({ measure }) => measure)]);
  return [
    {
      ...{ id: 'value', label: metricLabel(`validation.${metric}`), help: m.search_value_help() },
      ...{ read: ({ value }) => value, format: asNumber((value) => formatMetric(metric, value)) },
    },
    ...[...spoken].map(measureAxis),
    {
      ...{ id: 'epochs', label: m.search_column_epochs(), help: m.search_column_epochs_help() },
      ...{ read: ({ curve }) => curve.length, format: asNumber((value) => formatNumber(value)) },
    },
    {
      ...{ id: 'seconds', label: m.search_column_seconds(), help: m.search_column_seconds_help() },
      ...{ read: ({ seconds }) => seconds, format: asNumber(formatDuration) },
    },
  ];
}

export function measureAxis(measure: SearchMeasure): TrialAxis {
  const { label, help, format } = measureWords[measure];
  return {
    ...{ id: measure, label: label(), help: help(), format: asNumber(format) },
    read: ({ measures }) => measures[measure] ?? null,
  };
}

function asNumber(words: (value: number) => string): TrialAxis['format'] {
  return (value) => (typeof value === 'number' ? words(value) : '–');
}
