/** Scores of reconstruction errors on rows of which it is known whether they are anomalous, beside the baseline's errors. */
import {
  averagePrecision,
  orderedScores,
  rankingOf,
  resampledIntervals,
  rocArea,
  rocInterval,
  scores,
  type AnomalyPredictions,
  type ClassPredictions,
  type Interval,
  type Resampled,
  type Statistic,
} from '../../catalog';
import type { Score } from '../../contract';
import { chosenRows } from './score-rows';

/** Of resampling, as in score-rows.ts. */
const seed = 1979;
/** Rows that are resampled at most; more are sampled first. */
const mostRows = 10_000;

interface Measured extends Resampled {
  readonly id: string;
  readonly baseline: number;
  /** Null where it is to be resampled. */
  readonly interval: (() => Interval | null) | null;
}

/**
 * @param baseline errors and threshold of the baseline for the same rows.
 * @returns how well errors rank anomalies before ordinary rows, then what the threshold does; what these rows cannot say is
 *   left out: all but the error itself where no anomaly is known.
 */
export function scoreAnomalies(rows: AnomalyPredictions, baseline: AnomalyPredictions): Score[] {
  const measured = [...rankScores(rows, baseline), ...errorScores(rows, baseline)];
  const known = measured.filter(({ value }) => Number.isFinite(value));
  const sampled = chosenRows(rows.errors.length, mostRows);
  const sample = known.filter(({ interval }) => interval === null);
  const again = sampled.length === rows.errors.length ? sample : resampledOf(rows, sampled, sample);
  const shrink = Math.sqrt(sampled.length / rows.errors.length);
  const drawn = resampledIntervals(sampled.length, again, seed, shrink);
  return known.map(({ id, value, interval, ...one }) => ({
    id,
    value,
    interval: interval ? interval() : (drawn[sample.findIndex((other) => other.id === id)] ?? null),
    baseline: Number.isFinite(one.baseline) ? one.baseline : null,
  }));
}

const ones = ({ errors }: AnomalyPredictions) => new Int32Array(errors.length).fill(1);

/** Two classes, of which the anomalous one's output is the error. */
function asClasses({ errors, anomalous }: AnomalyPredictions): ClassPredictions {
  const outputs = new Float32Array(2 * errors.length);
  for (const [row, error] of errors.entries()) {
    outputs[2 * row] = -error;
    outputs[2 * row + 1] = error;
  }
  return { kind: 'classes', classes: 2, actual: Int32Array.from(anomalous), outputs };
}

const areas = { 'roc-auc': rocArea, 'pr-auc': averagePrecision } as const;

function areaOf(id: keyof typeof areas, rows: AnomalyPredictions): Statistic {
  return areas[id](rankingOf(asClasses(rows), 1));
}

function rankScores(rows: AnomalyPredictions, baseline: AnomalyPredictions): Measured[] {
  const count = rows.anomalous.reduce((sum, one) => sum + one, 0);
  if (count === 0 || count === rows.anomalous.length) return [];
  return (['roc-auc', 'pr-auc'] as const).map((id) => {
    const statistic = areaOf(id, rows);
    const value = statistic(ones(rows));
    return {
      ...{ id, statistic, value, resampled: 'percentile' },
      baseline: areaOf(id, baseline)(ones(baseline)),
      interval: id === 'roc-auc' ? () => rocInterval(asClasses(rows), value) : null,
    };
  });
}

function errorScores(rows: AnomalyPredictions, baseline: AnomalyPredictions): Measured[] {
  return orderedScores.flatMap((score) => {
    if (score.target !== 'reconstruction') return [];
    const statistic = score.statistic(rows);
    const { id, resampled, interval } = score;
    return [
      {
        ...{ id, statistic, resampled, value: statistic(ones(rows)) },
        baseline: score.statistic(baseline)(ones(baseline)),
        interval: interval ? () => interval(rows) : null,
      },
    ];
  });
}

/** The same statistics of some rows alone. */
function resampledOf(rows: AnomalyPredictions, chosen: Int32Array, measured: readonly Measured[]): Resampled[] {
  const some = {
    ...rows,
    errors: valuesAt(rows.errors, chosen),
    reconstruction: rows.reconstruction && valuesAt(rows.reconstruction, chosen),
    anomalous: Uint8Array.from(chosen, (row) => rows.anomalous[row] ?? 0),
  };
  return measured.map((one) => ({ ...one, statistic: anomalyStatistic(one.id, some) }));
}

function valuesAt(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? NaN);
}

/** @returns a score's statistic; one that is NaN for scores of other targets. */
export function anomalyStatistic(id: string, rows: AnomalyPredictions): Statistic {
  if (id === 'roc-auc' || id === 'pr-auc') return areaOf(id, rows);
  const score = scores.get(id);
  return score.target === 'reconstruction' ? score.statistic(rows) : () => NaN;
}
