/** Grouping, the best and what differs among runs, without the window, so that thousands of them can be tried. */
import { isHigherBetter, type RunContext, type RunField, type RunValue } from '../../../src-main/catalog';
import type { Run, RunSummary } from '../../../src-main/contract';

/** The task's main metric as the run knows it: `accuracy` out of `validation.accuracy`. */
export function mainMetric(run: Pick<Run, 'best'>): string | null {
  return run.best ? run.best.metric.replace(/^(validation|test)\./, '') : null;
}

export function lastValue(run: Pick<Run, 'best' | 'last'>): number | null {
  return run.best && run.last ? (run.last[run.best.metric] ?? null) : null;
}

export { runSeconds } from '../../../src-main/catalog';

export interface RunGroup {
  /** Of the value; unique in the table. */
  readonly key: string;
  readonly value: RunValue;
  readonly runs: readonly RunSummary[];
  /** The run that is best in the measure all of them watch; null where they watch different ones. */
  readonly best: RunSummary | null;
}

/** Runs with equal values together, in the order in which the first of each stands. */
export function groupRuns(runs: readonly RunSummary[], field: RunField, context: RunContext): RunGroup[] {
  const groups = new Map<string, { value: RunValue; runs: RunSummary[] }>();
  for (const run of runs) {
    const value = field.read(run, context);
    const key = JSON.stringify(value);
    const group = groups.get(key);
    if (group) group.runs.push(run);
    else groups.set(key, { value, runs: [run] });
  }
  return [...groups].map(([key, group]) => ({ key, ...group, best: bestOf(group.runs) }));
}

/** Of runs that watch one measure. */
export function bestOf(runs: readonly RunSummary[]): RunSummary | null {
  const [first, ...others] = runs.filter((run) => run.best !== null);
  const metric = first?.best?.metric;
  if (!first || metric === undefined || others.some((run) => run.best?.metric !== metric)) return null;
  const turn = isHigherBetter(metric) ? 1 : -1;
  return others.reduce((a, b) => (turn * (b.best?.value ?? 0) > turn * (a.best?.value ?? 0) ? b : a), first);
}

/**
 * The best value of a column among runs: by the field's own direction, of best, last and test by that of the measure that all of
 * them watch; null where values do not compare, or fewer than two have one.
 */
export function bestInColumn(runs: readonly RunSummary[], field: RunField, context: RunContext): number | null {
  const better = field.better ?? mainDirection(runs, field);
  if (!better) return null;
  let best: number | null = null;
  let count = 0;
  for (const run of runs) {
    const value = field.read(run, context);
    if (typeof value !== 'number' || !Number.isFinite(value)) continue;
    count += 1;
    if (best === null || (better === 'higher' ? value > best : value < best)) best = value;
  }
  return count > 1 ? best : null;
}

function mainDirection(runs: readonly RunSummary[], { key }: RunField): RunField['better'] | null {
  if (key !== 'best' && key !== 'last' && key !== 'test') return null;
  const metrics = new Set(runs.flatMap((run) => run.best?.metric ?? []));
  const [metric] = metrics;
  if (metrics.size !== 1 || metric === undefined) return null;
  return isHigherBetter(metric) ? 'higher' : 'lower';
}

/** Settings in which runs differ; one that some do not have differs too. */
export function differingSettings(runs: readonly RunSummary[], fields: readonly RunField[]): readonly RunField[] {
  const setups = [...new Set(runs.map((run) => run.values))];
  return fields.filter(
    ({ key, group }) => group === 'setting' && new Set(setups.map((values) => values[key] ?? null)).size > 1,
  );
}

/** Values of a field among runs, the most frequent first. */
export function valuesOf(runs: readonly RunSummary[], field: RunField, context: RunContext): readonly string[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const value = field.read(run, context);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== '') counts.set(String(one), (counts.get(String(one)) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}
