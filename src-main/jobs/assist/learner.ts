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
  close(): Promise<void>;
}

/** Rows that a learner may learn from, and what they are. */
export interface Lesson {
  /** Class index per row; -1 where it has none, or must not be learnt. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}
