/**
 * How sure a model is of a whole list of classes. Each class is right with its own probability; were they independent, all
 * would be right with the product. They are not, so the product is raised to one power, chosen so that what happened to
 * labelled rows is as likely as can be.
 */

const MOST = 8;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const STEPS = 40;
/** A certainty of 0 or of 1 says too much. */
const SMALLEST = 1e-6;

/** Of `rows × classes` probabilities that a row has a class: of each row, that all answers that are the likelier are right. */
export function allRight(has: Float32Array, classes: number): Float32Array<ArrayBuffer> {
  const products = new Float32Array(has.length / Math.max(1, classes)).fill(1);
  for (const [at, probability] of has.entries()) {
    const row = Math.floor(at / classes);
    products[row] = (products[row] ?? 0) * Math.max(probability, 1 - probability);
  }
  return products;
}

/**
 * @param products of labelled rows, each by models that had not seen it. @param right 1 where the whole list was right.
 * @returns the power; one right and one wrong row of middling product are added, so that few rows prove little.
 */
export function fitPower(products: Float32Array, right: Uint8Array): number {
  const logs = Float64Array.from(products, (product) => -Math.log(Math.min(1 - SMALLEST, Math.max(SMALLEST, product))));
  const middling = logs.reduce((sum, log) => sum + log, 0) / Math.max(1, logs.length);
  const surprise = (power: number) => {
    const of = (log: number, isRight: boolean) => (isRight ? power * log : -Math.log(-Math.expm1(-power * log)));
    return logs.reduce((sum, log, row) => sum + of(log, right[row] === 1), of(middling, true) + of(middling, false));
  };
  if (logs.length === 0 || middling === 0) return 1;
  let [low, high] = [Math.log(1 / MOST), Math.log(MOST)];
  // Golden section: the surprise is convex in the power, so that there is one valley.
  for (let step = 0; step < STEPS; step += 1) {
    const width = GOLDEN * (high - low);
    if (surprise(Math.exp(high - width)) < surprise(Math.exp(low + width))) high = low + width;
    else low = high - width;
  }
  return Math.exp((low + high) / 2);
}
