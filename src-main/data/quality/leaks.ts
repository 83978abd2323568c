/** Which columns give the target away, each on its own. */
import type { CheckWatch, QualityData } from './quality-data';
import { majorityAccuracy, rankCorrelation, singleColumnAccuracy } from './single-column';

/** A column that alone is right so often, where the largest class is not, knows too much. */
const ACCURACY = 0.98;
/** It must leave so little of the error that always naming the largest class makes. */
const ERROR_LEFT = 0.05;
const CORRELATION = 0.998;

export interface Leak {
  readonly column: string;
  /** Share of rows in which it tells the class; null for a numeric target. */
  readonly accuracy: number | null;
  /** Rank correlation, without its sign; null for classes. */
  readonly correlation: number | null;
}

/** @throws CodedError as reading the target does; the signal's reason. */
export async function leaksOf(data: QualityData, { signal, progress }: CheckWatch): Promise<Leak[]> {
  const divided = await data.divided();
  if (!divided || divided.target.kind === 'reconstruction') return [];
  const columns = data.inputs.filter(({ type }) => type === 'number' || type === 'category' || type === 'text');
  const { target } = divided;
  const classes = target.kind === 'classes' ? target.classes.length : 0;
  const majority = target.kind === 'classes' ? majorityAccuracy(divided.classes, classes) : 0;
  const leaks: Leak[] = [];
  for (const [place, column] of columns.entries()) {
    signal.throwIfAborted();
    progress(place, columns.length);
    if (target.kind === 'classes') {
      const cells = column.type === 'number' ? await data.numbers(column) : await data.codes(column);
      const accuracy = singleColumnAccuracy(cells, divided.classes, classes);
      const isLeak = accuracy >= ACCURACY && 1 - accuracy <= ERROR_LEFT * (1 - majority);
      if (isLeak) leaks.push({ column: column.name, accuracy, correlation: null });
    } else if (column.type === 'number') {
      const correlation = Math.abs(rankCorrelation(await data.numbers(column), divided.numbers));
      if (correlation >= CORRELATION) leaks.push({ column: column.name, accuracy: null, correlation });
    }
  }
  return leaks;
}
