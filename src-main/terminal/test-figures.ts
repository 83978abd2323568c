/** What the test rows say of a run, for people: each figure beside what a constant answer gets there. */
import { baselineText, beatsBaseline, orderedScores } from '../catalog';
import type { Evaluation, Run } from '../contract';
import { formatMetric, formatTable, type Cell } from './table';

const prefix = 'baseline.';

/** Names of a run's test figures, without those of the baseline. */
export function testFigures(test: Run['test']): string[] {
  return Object.keys(test ?? {}).filter((name) => !name.startsWith(prefix));
}

export function baselineFigure(test: Run['test'], name: string): number | undefined {
  return test?.[prefix + name];
}

/** The first score that the run has, as `accuracy`; null where it was not tested. */
export function mainFigure(test: Run['test']): string | null {
  return orderedScores.find(({ id }) => test?.[id] !== undefined)?.id ?? null;
}

/** "accuracy 0.9700 (baseline 0.3300)" */
export function figureText(test: Run['test'], name: string): string {
  const baseline = baselineFigure(test, name);
  const beside = baseline === undefined ? '' : ` (baseline ${formatMetric(baseline)})`;
  return `${name} ${formatMetric(test?.[name])}${beside}`;
}

/** Scores with their intervals, or the metrics alone of an evaluation of an older version. */
export function scoreTable({ scores, metrics }: Evaluation): string {
  if (scores.length === 0) {
    return formatTable(
      ['figure', 'value'],
      Object.entries(metrics).map(([name, value]) => [name, formatMetric(value)]),
    );
  }
  const hasNaive = scores.some(({ naive }) => naive !== undefined);
  const rows = scores.map((score): Cell[] => [
    score.id,
    formatMetric(score.value),
    formatMetric(score.interval?.low),
    formatMetric(score.interval?.high),
    formatMetric(score.baseline ?? undefined),
    ...(hasNaive ? [formatMetric(score.naive ?? undefined)] : []),
    { true: 'yes', false: 'no', null: '–' }[String(beatsBaseline(score)) as 'true' | 'false' | 'null'],
  ]);
  return formatTable(
    ['figure', 'value', '95 % from', 'to', 'baseline', ...(hasNaive ? ['naive'] : []), 'better'],
    rows,
  );
}

/** What the baseline is, and whether the network's main score is better. */
export function baselineLines({ baseline, scores }: Evaluation): string[] {
  if (!baseline) return [];
  const main = scores[0];
  const verdict =
    main && beatsBaseline(main) === false
      ? [
          `These test rows do not show that the network is better than the baseline: ${main.id} (95 %) does not lie beyond it.`,
        ]
      : [];
  return [`Baseline: ${baselineText(baseline, formatMetric).en}.`, ...verdict];
}
