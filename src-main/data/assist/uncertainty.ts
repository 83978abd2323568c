/**
 * How unsure a model is of a row, and in which order rows are worth a label. The measure is the margin between the two most
 * probable classes (Scheffer, Decomain and Wrobel, "Active Hidden Markov Models for Information Extraction", 2001): a small one
 * says that a label decides between two answers, where entropy also counts classes that are out of the question.
 */
import { randomSource, shuffle } from '../random';

export interface Judged {
  /** Most probable class. */
  readonly first: Int32Array<ArrayBuffer>;
  /** Probability of the most probable class. */
  readonly confidence: Float32Array<ArrayBuffer>;
  /** 0 for a tie to 1 for certainty. */
  readonly margin: Float32Array<ArrayBuffer>;
}

/** @param probabilities `rows × classes`, at least two classes. */
export function judge(probabilities: Float32Array, classes: number): Judged {
  const rows = probabilities.length / classes;
  const judged = {
    first: new Int32Array(rows),
    confidence: new Float32Array(rows),
    margin: new Float32Array(rows),
  };
  for (let row = 0; row < rows; row += 1) {
    let [first, second] = [-1, -1];
    const at = (one: number) => (one < 0 ? -Infinity : (probabilities[row * classes + one] ?? 0));
    for (let one = 0; one < classes; one += 1) {
      if (at(one) > at(first)) [first, second] = [one, first];
      else if (at(one) > at(second)) second = one;
    }
    judged.first[row] = first;
    judged.confidence[row] = at(first);
    judged.margin[row] = at(first) - at(second);
  }
  return judged;
}

/** Every so many a row is drawn at random: see `docs/benchmarks.md` for what that gains on texts and costs on digits. */
const DRAWN = 4;

/**
 * Places in the order in which they are worth a label: the smallest margin first, and in between, as every fourth, one drawn at
 * random. A model knows nothing of what it is surely wrong about; without those a batch also is many times the same question.
 */
export function leastSureFirst({ margin }: Judged, seed: number): Int32Array<ArrayBuffer> {
  const byMargin = Int32Array.from(margin.keys()).sort(
    (one, other) => (margin[one] ?? 0) - (margin[other] ?? 0) || one - other,
  );
  const drawn = Int32Array.from(margin.keys());
  shuffle(drawn, randomSource(seed, 13));
  const order = new Int32Array(margin.length);
  const isTaken = new Uint8Array(margin.length);
  const next = { margin: 0, drawn: 0 };
  for (let place = 0; place < order.length; place += 1) {
    const isDrawn = place % DRAWN === DRAWN - 1;
    const from = isDrawn ? drawn : byMargin;
    let at = isDrawn ? next.drawn : next.margin;
    while (isTaken[from[at] ?? 0] === 1) at += 1;
    next[isDrawn ? 'drawn' : 'margin'] = at + 1;
    order[place] = from[at] ?? 0;
    isTaken[order[place] ?? 0] = 1;
  }
  return order;
}
