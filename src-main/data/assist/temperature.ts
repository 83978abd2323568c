/**
 * Makes a model's confidence mean what it says: one number by which all log probabilities are divided, chosen so that labels the
 * model had not seen are as likely as can be (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017). The most
 * probable class stays the same.
 */

/** Never surer than the model itself: a few labels that were all right prove little. */
const LEAST = 1;
const MOST = 8;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const STEPS = 30;
/** A probability of 0 says too much. */
const SMALLEST = 1e-7;

/**
 * @param probabilities `rows × classes` of labelled rows. @param labels class index per row.
 * @returns above 1 for a model that is too sure of itself, else 1.
 */
export function fitTemperature(probabilities: Float32Array, labels: Int32Array, classes: number): number {
  const surprise = (logarithm: number) => meanSurprise(probabilities, labels, classes, Math.exp(logarithm));
  let [low, high] = [Math.log(LEAST), Math.log(MOST)];
  // Golden section: the mean surprise is convex in 1/T, so that there is one valley.
  for (let step = 0; step < STEPS; step += 1) {
    const width = GOLDEN * (high - low);
    if (surprise(high - width) < surprise(low + width)) high = low + width;
    else low = high - width;
  }
  return Math.exp((low + high) / 2);
}

/** Probabilities under a temperature, in place. */
export function temper(probabilities: Float32Array, classes: number, temperature: number): void {
  for (let at = 0; at < probabilities.length; at += classes) {
    let sum = 0;
    for (let one = 0; one < classes; one += 1) {
      const value = Math.max(SMALLEST, probabilities[at + one] ?? 0) ** (1 / temperature);
      probabilities[at + one] = value;
      sum += value;
    }
    for (let one = 0; one < classes; one += 1) probabilities[at + one] = (probabilities[at + one] ?? 0) / sum;
  }
}

/** Mean of −log probability of the own label. */
function meanSurprise(probabilities: Float32Array, labels: Int32Array, classes: number, temperature: number): number {
  let total = 0;
  for (const [row, label] of labels.entries()) {
    let sum = 0;
    const raised = (one: number) => Math.max(SMALLEST, probabilities[row * classes + one] ?? 0) ** (1 / temperature);
    for (let one = 0; one < classes; one += 1) sum += raised(one);
    total -= Math.log(raised(label) / sum);
  }
  return total / Math.max(1, labels.length);
}
