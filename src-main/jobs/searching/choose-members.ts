/**
 * Which trials answer together: greedy forward selection (Caruana et al. 2004, "Ensemble selection from libraries of models").
 * The best alone begins; of the rest the one is added with which the mean of all is best on the validation rows, as long as it
 * gets better. A trial is taken once at most, as their answers count the same.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { isBetter } from '../../catalog';
import type { SearchPlan } from '../../contract';
import { applyNetwork } from '../../engine/apply-network';
import type { FitControl } from '../../engine/fit-control';
import { addSums, metricSums, metricValues, type Measures } from '../../engine/measure';
import type { Sums } from '../../engine/step';
import type { TensorFlow } from '../../engine/tf';
import { BatchCutter, batches, batchTargets, evaluationBatch, type TrainingData } from '../../engine/training-data';

/** What a candidate says of the validation rows, as its network gives it: `rows × outputs` numbers. */
export interface Candidate {
  readonly number: number;
  readonly outputs: Float32Array;
}

export interface Judged {
  readonly plan: Pick<SearchPlan, 'metric'>;
  readonly tf: TensorFlow;
  readonly measures: Measures;
  readonly data: TrainingData;
  /** The validation rows. */
  readonly rows: Int32Array;
}

/** A network's outputs on rows, in pieces between which the process hears commands. */
export async function outputsOf(
  { tf, data, rows }: Pick<Judged, 'tf' | 'data' | 'rows'>,
  model: tensorflow.LayersModel,
  control: FitControl,
): Promise<Float32Array> {
  const cutter = new BatchCutter(data);
  const pieces: Float32Array[] = [];
  for (const piece of batches(rows, evaluationBatch)) {
    await control.between();
    pieces.push(
      tf.tidy(() =>
        Float32Array.from(applyNetwork(tf, { model, data }, cutter.inputs(tf, piece), false).dataSync<'float32'>()),
      ),
    );
  }
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Of equal values of the metric the lower loss decides, as shares of few rows are often equal. */
interface Worth {
  readonly value: number;
  readonly loss: number;
}

/**
 * @param candidates the best alone first. @param most members.
 * @returns them in the order in which they were taken, with the metric of all together and of the first alone
 */
export function chooseMembers(
  judged: Judged,
  candidates: readonly Candidate[],
  most: number,
): { readonly members: readonly number[]; readonly value: number; readonly alone: number } {
  const [first, ...others] = candidates;
  if (!first) return { members: [], value: NaN, alone: NaN };
  const members = [first.number];
  let sum = Float64Array.from(first.outputs);
  let worth = worthOf(judged, first.outputs);
  const alone = worth.value;
  const left = new Set(others);
  while (members.length < most) {
    let found: { readonly candidate: Candidate; readonly worth: Worth } | null = null;
    for (const candidate of left) {
      const mean = Float32Array.from(sum, (value, at) => (value + (candidate.outputs[at] ?? 0)) / (members.length + 1));
      const reached = worthOf(judged, mean);
      if (isWorthMore(judged.plan, reached, found?.worth ?? worth)) found = { candidate, worth: reached };
    }
    if (!found) break;
    const { candidate } = found;
    sum = sum.map((value, at) => value + (candidate.outputs[at] ?? 0));
    worth = found.worth;
    members.push(candidate.number);
    left.delete(candidate);
  }
  return { members, value: worth.value, alone };
}

function isWorthMore(plan: Pick<SearchPlan, 'metric'>, one: Worth, other: Worth): boolean {
  return isBetter(plan, one.value, other.value) || (one.value === other.value && one.loss < other.loss);
}

/** @param outputs of the rows in their order. */
function worthOf({ plan, tf, measures, data, rows }: Judged, outputs: Float32Array): Worth {
  const width = outputs.length / Math.max(1, rows.length);
  const cutter = new BatchCutter(data);
  const sums: Sums[] = [];
  let at = 0;
  for (const piece of batches(rows, evaluationBatch)) {
    const part = outputs.slice(at * width, (at + piece.length) * width);
    at += piece.length;
    sums.push(
      tf.tidy(() => {
        const output = tf.tensor2d(part, [piece.length, width]);
        const input = data.isReconstructed ? cutter.inputs(tf, piece).reshape([piece.length, -1]) : output;
        const target = batchTargets(tf, data, piece, input);
        const loss = tf.sum(measures.loss.perExample(tf, target, output));
        const [total = NaN, ...metrics] = tf
          .stack([loss, ...metricSums(tf, measures, [{ target }], output)])
          .dataSync();
        return { examples: piece.length, loss: total, metrics };
      }),
    );
  }
  const values = metricValues(addSums(sums, measures.metrics.length), measures.metrics, 'training');
  return { value: values[plan.metric] ?? NaN, loss: values['loss'] ?? NaN };
}
