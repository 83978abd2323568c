/** Whether a model that says "80 % sure" is right in 80 of 100 cases (Guo et al. 2017). */
import type { ClassPredictions } from './score-definitions';

/** Bins of the same width from 0 to 1; a value on an edge falls into the lower one, as in scikit-learn. */
export const calibrationBins = 10;

/** What each row's answer was, and how sure. */
export interface Answers {
  /** Index of the largest probability; the first of equal ones. */
  readonly predicted: Int32Array;
  /** That probability. */
  readonly confidence: Float32Array;
  /** 1 where the answer is the actual class. */
  readonly right: Uint8Array;
}

export function answersOf({ actual, outputs, classes }: ClassPredictions): Answers {
  const predicted = new Int32Array(actual.length);
  const confidence = new Float32Array(actual.length);
  const right = new Uint8Array(actual.length);
  for (let row = 0; row < actual.length; row++) {
    let winner = 0;
    for (let index = 1; index < classes; index++) {
      if ((outputs[row * classes + index] ?? 0) > (outputs[row * classes + winner] ?? 0)) winner = index;
    }
    predicted[row] = winner;
    confidence[row] = outputs[row * classes + winner] ?? NaN;
    right[row] = winner === actual[row] ? 1 : 0;
  }
  return { predicted, confidence, right };
}

export function binOf(confidence: number): number {
  return Math.min(calibrationBins - 1, Math.max(0, Math.ceil(confidence * calibrationBins) - 1));
}

export interface CalibrationBin {
  readonly rows: number;
  /** Sums over its rows. */
  readonly confidence: number;
  readonly right: number;
}

/** @param counts how often each row counts. */
export function calibrationBinsOf({ confidence, right }: Answers, counts: Int32Array): CalibrationBin[] {
  const bins = Array.from({ length: calibrationBins }, () => ({ rows: 0, confidence: 0, right: 0 }));
  for (let row = 0; row < confidence.length; row++) {
    const count = counts[row] ?? 0;
    const sure = confidence[row] ?? 0;
    const bin = bins[binOf(sure)];
    if (!bin) continue;
    bin.rows += count;
    bin.confidence += count * sure;
    bin.right += count * (right[row] ?? 0);
  }
  return bins;
}
