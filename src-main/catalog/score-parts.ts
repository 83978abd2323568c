/** What scores of the same kind share: means of values by row, and counts by class. */
import { answersOf } from './calibration';
import { shareInterval } from './intervals';
import type {
  AnomalyPredictions,
  AnomalyScore,
  ClassPredictions,
  NumberPredictions,
  Statistic,
} from './score-definitions';

/** The mean of a value by row, each row counted as often as asked. @param values one per row */
export function meanOf(values: Float64Array): Statistic {
  return (counts) => {
    let [sum, rows] = [0, 0];
    for (let row = 0; row < values.length; row++) {
      const count = counts[row] ?? 0;
      sum += count * (values[row] ?? 0);
      rows += count;
    }
    return sum / rows;
  };
}

/** The mean over the steps of each row. @param values `rows × steps` */
export function meanOfSteps(values: Float64Array, steps: number): Float64Array {
  if (steps === 1) return values;
  const means = new Float64Array(values.length / steps);
  for (let at = 0; at < values.length; at++) {
    const row = Math.floor(at / steps);
    means[row] = (means[row] ?? 0) + (values[at] ?? NaN) / steps;
  }
  return means;
}

/** Output − actual by row, of forecasts by row and step. */
export function errorsOf({ actual, outputs }: NumberPredictions): Float64Array {
  return Float64Array.from(actual, (value, row) => (outputs[row] ?? NaN) - value);
}

/** Of one class: rows that have it, rows that were said to have it, and both. */
export interface ClassCounts {
  readonly actual: number;
  readonly predicted: number;
  readonly right: number;
}

/** A statistic of how often each class is, is said, and is said rightly: `[classes]` each. */
export function byClass(rows: ClassPredictions, finish: (classes: readonly ClassCounts[]) => number): Statistic {
  const { predicted } = answersOf(rows);
  const { actual, classes } = rows;
  return (counts) => {
    const each = Array.from({ length: classes }, () => ({ actual: 0, predicted: 0, right: 0 }));
    for (let row = 0; row < actual.length; row++) {
      const count = counts[row] ?? 0;
      const [own, said] = [each[actual[row] ?? -1], each[predicted[row] ?? -1]];
      if (own) own.actual += count;
      if (said) said.predicted += count;
      if (own && own === said) own.right += count;
    }
    return finish(each);
  };
}

/** How many rows are ordinary, anomalous, flagged at the threshold, and both anomalous and flagged. */
export interface AnomalyCounts {
  readonly ordinary: number;
  readonly anomalous: number;
  readonly flagged: number;
  readonly found: number;
}

/** @param counts how often each row is counted */
export function countAnomalies(
  { errors, anomalous, threshold }: AnomalyPredictions,
  counts: ArrayLike<number>,
): AnomalyCounts {
  const sums = { ordinary: 0, anomalous: 0, flagged: 0, found: 0 };
  for (let row = 0; row < errors.length; row++) {
    const count = counts[row] ?? 0;
    const [isAnomalous, isFlagged] = [anomalous[row] === 1, (errors[row] ?? NaN) > threshold];
    sums[isAnomalous ? 'anomalous' : 'ordinary'] += count;
    if (isFlagged) sums.flagged += count;
    if (isFlagged && isAnomalous) sums.found += count;
  }
  return sums;
}

/** A score that is a share of rows, with the interval that a share has. */
export function anomalyShare(
  part: (counts: AnomalyCounts) => { readonly are: number; readonly of: number },
): Pick<AnomalyScore, 'statistic' | 'interval'> {
  const partOf = (rows: AnomalyPredictions, counts: ArrayLike<number>) => part(countAnomalies(rows, counts));
  return {
    statistic: (rows) => (counts) => {
      const { are, of } = partOf(rows, counts);
      return are / of;
    },
    interval(rows) {
      const { are, of } = partOf(rows, new Uint8Array(rows.errors.length).fill(1));
      return shareInterval(are / of, of);
    },
  };
}
