/**
 * Which labels are likely wrong, from probabilities of models that have not seen them: confident learning (Northcutt, Jiang and
 * Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 2021).
 */

export interface LabelSuspect {
  readonly row: number;
  /** Class index that the models rather see. */
  readonly suggested: number;
  /** Probability of the label that the row has: the lower, the more suspect. */
  readonly confidence: number;
}

export interface OutOfFold {
  /** `rows × classes`; NaN where no model judged the row. */
  readonly probabilities: Float32Array;
  readonly classes: number;
}

/** How sure a class's rows are of it on average (eq. 2): from there on a row counts as one of that class. Infinite for an empty class. */
export function classThresholds({ probabilities, classes }: OutOfFold, labels: Int32Array): Float64Array {
  const sums = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (const [row, label] of labels.entries()) {
    const own = label < 0 ? Number.NaN : (probabilities[row * classes + label] ?? Number.NaN);
    if (Number.isNaN(own)) continue;
    sums[label] = (sums[label] ?? 0) + own;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return sums.map((sum, label) => ((counts[label] ?? 0) > 0 ? sum / (counts[label] ?? 1) : Infinity));
}

/** The class that a row confidently is, the most probable of those over their threshold; -1 where none is. */
export function confidentClass({ probabilities, classes }: OutOfFold, thresholds: Float64Array, row: number): number {
  let winner = -1;
  for (let one = 0; one < classes; one += 1) {
    const probability = probabilities[row * classes + one] ?? Number.NaN;
    if (!(probability >= (thresholds[one] ?? Infinity))) continue;
    if (winner < 0 || probability > (probabilities[row * classes + winner] ?? 0)) winner = one;
  }
  return winner;
}

/** `joint[given][confident]` counts of rows (eq. 1); rows that are no class confidently are not counted. */
export function confidentJoint(outOfFold: OutOfFold, labels: Int32Array): number[][] {
  const { classes } = outOfFold;
  const thresholds = classThresholds(outOfFold, labels);
  const joint = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [row, label] of labels.entries()) {
    const found = label < 0 ? -1 : confidentClass(outOfFold, thresholds, row);
    const counts = joint[label];
    if (counts && found >= 0) counts[found] = (counts[found] ?? 0) + 1;
  }
  return joint;
}

/** All rows with a label and probabilities, the most suspect first: by the probability of their own label. */
export function rankLabels({ probabilities, classes }: OutOfFold, labels: Int32Array): Int32Array {
  const confidence = Float32Array.from(labels, (label, row) =>
    label < 0 ? Number.NaN : (probabilities[row * classes + label] ?? Number.NaN),
  );
  return Int32Array.from(labels.keys())
    .filter((row) => !Number.isNaN(confidence[row]))
    .sort((one, other) => (confidence[one] ?? 0) - (confidence[other] ?? 0) || one - other);
}

/**
 * How many labels are wrong by the confident joint: each class's rows shared out as its confident ones are (eq. 3), and what lies
 * off the diagonal added up.
 */
export function estimateWrong(outOfFold: OutOfFold, labels: Int32Array): number {
  const judged = new Float64Array(outOfFold.classes);
  for (const row of rankLabels(outOfFold, labels)) judged[labels[row] ?? 0] = (judged[labels[row] ?? 0] ?? 0) + 1;
  let wrong = 0;
  for (const [label, counts] of confidentJoint(outOfFold, labels).entries()) {
    const confident = counts.reduce((sum, count) => sum + count, 0);
    if (confident > 0) wrong += ((confident - (counts[label] ?? 0)) / confident) * (judged[label] ?? 0);
  }
  return wrong;
}

/**
 * As many rows as are estimated to be wrong, of those for which another class is the most probable, the least sure of their own
 * label first.
 */
export function suspectLabels(outOfFold: OutOfFold, labels: Int32Array): LabelSuspect[] {
  const { probabilities, classes } = outOfFold;
  const most = Math.round(estimateWrong(outOfFold, labels));
  const suspects: LabelSuspect[] = [];
  for (const row of rankLabels(outOfFold, labels)) {
    if (suspects.length >= most) break;
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    const suggested = own.indexOf(Math.max(...own));
    const label = labels[row] ?? -1;
    if (suggested !== label) suspects.push({ row, suggested, confidence: own[label] ?? 0 });
  }
  return suspects;
}
