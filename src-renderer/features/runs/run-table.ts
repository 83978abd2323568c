/** Sorting and filtering of runs, without the window, so that thousands of them can be tried. */
import type { Run } from '../../../src-main/contract';

export type RunColumn = 'name' | 'state' | 'created' | 'best' | 'epoch' | 'last' | 'test' | 'duration' | 'note';
export interface RunOrder {
  readonly column: RunColumn;
  readonly descending: boolean;
}

/** The task's main metric as the run knows it: `accuracy` out of `validation.accuracy`. */
export function mainMetric(run: Run): string | null {
  return run.best ? run.best.metric.replace(/^(validation|test)\./, '') : null;
}

export function lastValue(run: Run): number | null {
  return run.best && run.last ? (run.last[run.best.metric] ?? null) : null;
}

export function testValue(run: Run): number | null {
  const metric = mainMetric(run);
  if (!metric || !run.test) return null;
  return run.test[metric] ?? run.test[`test.${metric}`] ?? null;
}

/** Seconds from start to end, or to `now` while it trains; null before it starts. */
export function runSeconds(run: Run, now: number): number | null {
  return run.startedAt === null ? null : Math.max(0, ((run.endedAt ?? now) - run.startedAt) / 1000);
}

type Comparable = string | number | null;
const valueOf: Record<RunColumn, (run: Run, now: number) => Comparable> = {
  name: (run) => run.name.toLocaleLowerCase(),
  state: (run) => run.state,
  created: (run) => run.createdAt,
  best: (run) => run.best?.value ?? null,
  epoch: (run) => run.epochsDone,
  last: lastValue,
  test: testValue,
  duration: runSeconds,
  note: (run) => run.note.toLocaleLowerCase(),
};

/** @returns the runs in order; those without a value come last in either direction, equal ones newest first. */
export function sortRuns(runs: readonly Run[], order: RunOrder, now: number): Run[] {
  const read = valueOf[order.column];
  const keyed = runs.map((run) => ({ run, value: read(run, now) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) {
      if (a.value !== b.value) return a.value === null ? 1 : -1;
    } else if (a.value !== b.value) {
      return compare(a.value, b.value) * (order.descending ? -1 : 1);
    }
    return b.run.createdAt - a.run.createdAt;
  });
  return keyed.map(({ run }) => run);
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

type Condition = (run: Run) => boolean;

/** Names a person may compare with a number, as `lr < 0.01`. */
const quantities: Record<string, (run: Run) => number | null> = {
  lr: (run) => run.settings.learningRate,
  rate: (run) => run.settings.learningRate,
  batch: (run) => run.settings.batchSize,
  epochs: (run) => run.epochsDone,
  seed: (run) => run.settings.seed,
  best: (run) => run.best?.value ?? null,
  test: testValue,
  last: lastValue,
  layers: (run) => run.network.layers.length,
  parameters: (run) => run.parameterCount,
};
export const filterQuantities: readonly string[] = Object.keys(quantities);

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
};

/**
 * Runs that meet every part of a filter: words that must stand in the name, note, dataset, state or optimizer, and
 * comparisons such as `lr<0.01` or `best >= 0.97`.
 */
export function filterRuns(runs: readonly Run[], filter: string): readonly Run[] {
  const conditions = parseFilter(filter);
  return conditions.length === 0 ? runs : runs.filter((run) => conditions.every((meets) => meets(run)));
}

function parseFilter(filter: string): Condition[] {
  const conditions: Condition[] = [];
  const words = filter.replace(/([a-z]+)\s*(<=|>=|<|>|=)\s*(-?[\d.]+(?:e-?\d+)?)/gi, (whole, name, sign, number) => {
    const read = Object.hasOwn(quantities, name.toLowerCase()) ? quantities[name.toLowerCase()] : undefined;
    const holds = comparisons[sign];
    if (!read || !holds || Number.isNaN(Number(number))) return whole;
    conditions.push((run) => {
      const value = read(run);
      return value !== null && holds(value, Number(number));
    });
    return ' ';
  });
  for (const word of words.toLocaleLowerCase().split(/\s+/).filter(Boolean)) {
    conditions.push((run) => searchedText(run).includes(word));
  }
  return conditions;
}

function searchedText(run: Run): string {
  return [run.name, run.note, run.datasetName, run.state, run.settings.optimizer.type].join(' ').toLocaleLowerCase();
}
