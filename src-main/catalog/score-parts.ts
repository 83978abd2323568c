/** What scores of the same kind share: means of values by row, and counts by class. */
import { answersOf } from './calibration';
import type { ClassPredictions, NumberPredictions, Statistic } from './score-definitions';

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

/** Output − actual by row. */
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
