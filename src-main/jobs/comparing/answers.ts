/** What each of the compared models answers for each row, how sure it is, and whether that is right. */
import { answersOf } from '../../catalog';
import type { ComparedRun, ComparedRuns } from './compared-runs';

export interface RunAnswers {
  /** Class index, 1 for anomalous, or the number, by row; of forecasts the first step ahead. */
  readonly said: Float64Array;
  /** Probability of that class, the error of anomalies; null for numbers. */
  readonly sure: Float64Array | null;
  /** 1 right, 0 wrong; null where rows are numbers or nobody knows. */
  readonly right: Uint8Array | null;
}

export function answersOfRun({ predictions }: ComparedRun, { actual }: Pick<ComparedRuns, 'actual'>): RunAnswers {
  if (predictions.kind === 'number') {
    const steps = predictions.forecast?.steps ?? 1;
    const said = Float64Array.from(actual, (_, row) => predictions.outputs[row * steps] ?? NaN);
    return { said, sure: null, right: null };
  }
  if (predictions.kind === 'classes') {
    const { predicted, confidence, right } = answersOf(predictions);
    return { said: Float64Array.from(predicted), sure: Float64Array.from(confidence), right };
  }
  const { errors, threshold } = predictions;
  const said = errors.map((error) => (error > threshold ? 1 : 0));
  const isKnown = actual.every((mark) => !Number.isNaN(mark));
  return {
    said,
    sure: errors,
    right: isKnown ? Uint8Array.from(said, (mark, row) => (mark === actual[row] ? 1 : 0)) : null,
  };
}
