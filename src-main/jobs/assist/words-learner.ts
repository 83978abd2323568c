/** Learns classes from the words of texts by a regression, which needs few labels and no training of a network. */
import { score, trainRegression, type Regression } from '../../data/quality/softmax-regression';
import { textFeatures, type SparseRows } from '../../data/quality/text-features';
import { textModelSettings } from '../../data/quality/text-model';
import type { Learner, LearnerSource, Lesson } from './learner';

/** Few rows are gone through more often, until about so many were looked at. */
const EXAMPLES = 20_000;
const MOST_EPOCHS = 50;
/** Rows asked between two looks at the signal. */
const PIECE = 2000;

/** @param columns texts of all rows, the column that says most first; words of rows without a label count as known, too. */
export function wordsLearners(columns: readonly (readonly (string | null)[])[], signal: AbortSignal): LearnerSource {
  const data = textFeatures(columns);
  return { kind: 'words', learnerOf: (lesson) => Promise.resolve(wordsLearner(data, lesson, signal)) };
}

function wordsLearner(data: SparseRows, { labels, classes }: Lesson, signal: AbortSignal): Learner {
  const { epochs: least, rate, penalty } = textModelSettings;
  const { length: count } = classes;
  let model: Regression | null = null;
  return {
    kind: 'words',
    async learn(rows, seed) {
      await new Promise(setImmediate);
      signal.throwIfAborted();
      const epochs = Math.max(least, Math.min(MOST_EPOCHS, Math.ceil(EXAMPLES / Math.max(1, rows.length))));
      model = trainRegression(data, labels, rows, { classes: count, epochs, rate, penalty, seed });
    },
    async ask(rows) {
      const probabilities = new Float32Array(rows.length * count);
      const scores = new Float64Array(count);
      for (const [place, row] of rows.entries()) {
        if (place % PIECE === 0) {
          await new Promise(setImmediate);
          signal.throwIfAborted();
        }
        if (model) score(data, row, model, scores);
        probabilities.set(scores, place * count);
      }
      return probabilities;
    },
    close: () => undefined,
  };
}
