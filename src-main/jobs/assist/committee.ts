/**
 * A committee of quick models: each learns all folds of the labelled rows but one, says what it thinks of that one, so that it is
 * known how often such a model is right about rows it has not seen, and of the rows without a label, where all are averaged.
 */
import { assignFolds } from '../../data/quality/folds';
import { fitTemperature, temper } from '../../data/assist/temperature';
import type { Learner, Lesson } from './learner';

const FOLDS = 5;

export interface Opinions {
  /** Rows with a label, ascending. */
  readonly judged: Int32Array;
  /** `judged × classes`, each by a model that had not seen the row. */
  readonly unseen: Float32Array;
  /** `asked × classes`, averaged. */
  readonly proposed: Float32Array;
}

/** Probabilities of all mean what they say (see `fitTemperature`). @throws the signal's reason */
export async function askCommittee(
  learner: Learner,
  { labels, classes }: Lesson,
  asked: Int32Array,
  progress: (done: number, total: number) => void,
): Promise<Opinions> {
  const { length: count } = classes;
  const judged = Int32Array.from(labels.keys()).filter((row) => (labels[row] ?? -1) >= 0);
  const folds = assignFolds(labels, FOLDS, 1);
  const places = new Map(Array.from(judged, (row, place) => [row, place]));
  const unseen = new Float32Array(judged.length * count);
  const proposed = new Float32Array(asked.length * count);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    progress(fold, FOLDS);
    await learner.learn(
      judged.filter((row) => folds[row] !== fold),
      fold,
    );
    const own = judged.filter((row) => folds[row] === fold);
    const answers = await learner.ask(own);
    for (const [at, row] of own.entries()) {
      unseen.set(answers.subarray(at * count, (at + 1) * count), (places.get(row) ?? 0) * count);
    }
    const opinions = await learner.ask(asked);
    for (const [at, value] of opinions.entries()) proposed[at] = (proposed[at] ?? 0) + value / FOLDS;
  }
  const answersOf = Int32Array.from(judged, (row) => labels[row] ?? 0);
  const temperature = fitTemperature(unseen, answersOf, count);
  for (const probabilities of [unseen, proposed]) temper(probabilities, count, temperature);
  return { judged, unseen, proposed };
}
