/** The settings in which runs differ and the figures they have, as axes: a value per run, a name, and words for values. */
import type { FieldValue, Run } from '../../../../src-main/contract';
import { formatDuration, formatNumber, m } from '../../../i18n';
import { formatMetric, metricLabel } from '../../train/metric-words';
import { configurationDifferences } from '../configuration-difference';
import { nameOfPath, valueInWords } from '../configuration-names';
import { mainMetric, lastValue, runSeconds } from '../run-table';

export interface RunValues {
  readonly id: string;
  readonly label: string;
  readonly values: readonly (FieldValue | null)[];
  readonly format: (value: FieldValue | null) => string;
}

/** The seed is none: its size says nothing. */
export function settingAxes(runs: readonly Run[]): RunValues[] {
  return configurationDifferences(runs)
    .filter(({ path }) => path !== 'settings.seed')
    .map(({ path, values }) => ({
      ...{ id: path, label: nameOfPath(path, runs), values },
      format: (value) => valueInWords(path, value, runs),
    }));
}

/** Older libraries keep it under its name with `test.` before it. */
function testValue({ test }: Run, metric: string): number | null {
  return test?.[metric] ?? test?.[`test.${metric}`] ?? null;
}

/** What came of the settings. Measured on validation rows where there are some; test rows are for the scatter alone. */
export function figureAxes(runs: readonly Run[]): RunValues[] {
  const best = runs.map((run) => run.best?.metric).find(Boolean) ?? 'loss';
  const plain = runs.map(mainMetric).find(Boolean) ?? 'loss';
  const asMetric = (name: string) => (value: FieldValue | null) =>
    typeof value === 'number' ? formatMetric(name, value) : '–';
  const asNumber = (value: FieldValue | null) => (typeof value === 'number' ? formatNumber(value) : '–');
  const now = Date.now();
  return [
    {
      ...{ id: 'best', label: m.compare_best_of({ metric: metricLabel(best) }), format: asMetric(best) },
      values: runs.map((run) => run.best?.value ?? null),
    },
    {
      ...{ id: 'last', label: m.compare_last_of({ metric: metricLabel(best) }), format: asMetric(best) },
      values: runs.map(lastValue),
    },
    {
      id: 'test',
      label: metricLabel(`test.${plain}`),
      values: runs.map((run) => testValue(run, plain)),
      format: asMetric(plain),
    },
    {
      id: 'epochs',
      label: m.compare_epochs_done(),
      values: runs.map(({ epochsDone }) => epochsDone),
      format: asNumber,
    },
    {
      ...{ id: 'parameters', label: m.runs_parameters(), format: asNumber },
      values: runs.map(({ parameterCount }) => parameterCount),
    },
    {
      ...{ id: 'seconds', label: m.runs_column_duration() },
      values: runs.map((run) => (run.endedAt === null ? null : runSeconds(run, now))),
      format: (value) => (typeof value === 'number' ? formatDuration(value) : '–'),
    },
  ];
}
