/** A quick model as a committee of models needs it: trained anew on some rows, then asked about others. */
export interface Learner {
  readonly kind: 'network' | 'words';
  /**
   * Forgets, and learns these rows.
   * @throws the signal's reason
   */
  learn(rows: Int32Array, seed: number): Promise<void>;
  /** @returns `rows × classes` probabilities, in the order asked. @throws the signal's reason */
  ask(rows: Int32Array): Promise<Float32Array>;
  close(): void;
}

/** What learners of several lessons share: its inputs are opened once. */
export interface LearnerSource {
  readonly kind: Learner['kind'];
  /** A learner of one lesson; to be closed before the next is made. @throws Error TensorFlow's own */
  learnerOf(lesson: Lesson): Promise<Learner>;
}

/** Rows that a learner may learn from, and what they are. */
export interface Lesson {
  /** Class index per row; -1 where it has none, or must not be learnt. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}

/** @throws Error as `work`, `learnerOf` */
export async function withLearner<Result>(
  source: LearnerSource,
  lesson: Lesson,
  work: (learner: Learner) => Promise<Result>,
): Promise<Result> {
  const learner = await source.learnerOf(lesson);
  try {
    return await work(learner);
  } finally {
    learner.close();
  }
}
