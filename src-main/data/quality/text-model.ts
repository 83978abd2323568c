/** Out-of-fold probabilities of a category from text columns: several rounds of folds, averaged. */
import { assignFolds } from './folds';
import { score, trainRegression } from './softmax-regression';
import { textFeatures, type SparseRows } from './text-features';

export interface TextModelSettings {
  readonly folds: number;
  /** Rounds with other folds, whose probabilities are averaged. */
  readonly rounds: number;
  /** At the least. */
  readonly epochs: number;
  readonly rate: number;
  readonly penalty: number;
  readonly seed: number;
}

/** Few rows are gone through more often, until about so many were looked at. */
const EXAMPLES = 20_000;
const MOST_EPOCHS = 50;

export const textModelSettings: TextModelSettings = {
  folds: 5,
  rounds: 3,
  epochs: 4,
  rate: 0.1,
  penalty: 1e-4,
  seed: 1,
};

export interface Watching {
  readonly signal: AbortSignal;
  progress(done: number, total: number): void;
}

/**
 * @param columns texts row by row. @param labels class index per row, -1 where missing.
 * @rerounds `rows × classes`; NaN for rows without a label.
 */
export async function textProbabilities(
  columns: readonly (readonly (string | null)[])[],
  labels: Int32Array,
  classes: number,
  { signal, progress }: Watching,
  settings: TextModelSettings = textModelSettings,
): Promise<Float32Array> {
  const { folds, rounds, seed } = settings;
  const data = textFeatures(columns);
  const sums = new Float64Array(labels.length * classes);
  const learner: Learner = { data, labels, classes, settings };
  for (let round = 0; round < rounds; round += 1) {
    const assigned = assignFolds(labels, folds, seed + round);
    for (let fold = 0; fold < folds; fold += 1) {
      progress(round * folds + fold, rounds * folds);
      // Lets a cancel in.
      await new Promise(setImmediate);
      signal.throwIfAborted();
      addFold(learner, assigned, fold, seed + round * folds + fold, sums);
    }
  }
  progress(1, 1);
  return Float32Array.from(sums, (value, at) =>
    (labels[Math.floor(at / classes)] ?? -1) < 0 ? Number.NaN : value / rounds,
  );
}

interface Learner {
  readonly data: SparseRows;
  readonly labels: Int32Array;
  readonly classes: number;
  readonly settings: TextModelSettings;
}

/** Learns from the other folds and adds what it says of this one. */
function addFold(
  { data, labels, classes, settings }: Learner,
  assigned: Int32Array,
  fold: number,
  seed: number,
  sums: Float64Array,
): void {
  const { rate, penalty } = settings;
  const rows = Int32Array.from(assigned.keys()).filter((row) => (assigned[row] ?? -1) >= 0 && assigned[row] !== fold);
  const epochs = Math.max(settings.epochs, Math.min(MOST_EPOCHS, Math.ceil(EXAMPLES / Math.max(1, rows.length))));
  const model = trainRegression(data, labels, rows, { classes, epochs, rate, penalty, seed });
  const scores = new Float64Array(classes);
  for (const [row, own] of assigned.entries()) {
    if (own !== fold) continue;
    score(data, row, model, scores);
    for (const [one, probability] of scores.entries()) {
      sums[row * classes + one] = (sums[row * classes + one] ?? 0) + probability;
    }
  }
}
