/** Loss and metrics of a batch as sums over examples, and sums put together into what people read. */
import type * as tensorflow from '@tensorflow/tfjs';
import { applyNetwork } from './apply-network';
import type { Examples, LossDefinition, MetricDefinition, TargetPart } from '../catalog';
import { isStepSeeded, type StepRandom } from '../catalog/step-seeded';
import type { Clipping, Precision, MetricValues, SplitPart } from '../contract';
import { augmented, type Augmentation } from './augment';
import { clipped } from './clip';
import type { Sums } from './step';
import type { TensorFlow } from './tf';
import type { InputData, TargetScale } from './training-data';

export interface Measures {
  readonly loss: LossDefinition;
  readonly metrics: readonly MetricDefinition[];
  readonly targetScale: TargetScale;
}

/** Each metric per example, in the person's unit: `[batch]` each. Call inside `tf.tidy`. */
export function perExampleMetrics(
  tf: TensorFlow,
  { metrics, targetScale }: Measures,
  target: tensorflow.Tensor,
  output: tensorflow.Tensor,
): tensorflow.Tensor1D[] {
  const numbers = metrics.some((metric) => metric.target === 'number');
  const restore = (value: tensorflow.Tensor) =>
    numbers ? tf.add(tf.mul(value, targetScale.standardDeviation), targetScale.mean) : value;
  const [restoredTarget, restoredOutput] = [restore(target), restore(output)];
  return metrics.map((metric) => metric.perExample(tf, restoredTarget, restoredOutput));
}

/** Sums of each metric over the batch, by share where examples have several targets. Call inside `tf.tidy`. */
export function metricSums(
  tf: TensorFlow,
  measures: Measures,
  targets: readonly TargetPart[],
  output: tensorflow.Tensor,
): tensorflow.Scalar[] {
  const parts = targets.map(({ target, share }) =>
    perExampleMetrics(tf, measures, target, output).map((values) =>
      tf.sum(share ? tf.mul(values, share) : values).asScalar(),
    ),
  );
  return parts.reduce((sums, part) => sums.map((sum, index) => tf.add(sum, part[index] ?? 0).asScalar()));
}

/** What changes the gradients of a step. */
export interface TrainingRules {
  readonly clipping?: Clipping;
  /** Of products and convolutions in recorded steps; eager ones are float32 always. */
  readonly precision?: Precision;
  /** By class index, what an example's loss counts in training; 1 each if absent. */
  readonly classWeights?: readonly number[] | undefined;
  /** Random changes of the examples. */
  readonly augmentation?: Augmentation | undefined;
}

/** What a step trains on. */
export interface TrainingBatch {
  /** float32 `[batch, ...inputShape]`, as the data has it. */
  readonly input: tensorflow.Tensor;
  readonly target: tensorflow.Tensor;
  /** float32 `[batch]`: what each example's loss counts; absent where all count the same. */
  readonly weights?: tensorflow.Tensor1D | undefined;
}

/** What a pass over a batch needs to know of the network and what is measured. */
interface Pass extends Measures, TrainingRules {
  readonly tf: TensorFlow;
  readonly model: tensorflow.LayersModel;
  readonly data: Pick<InputData, 'normalization'>;
}

/**
 * Forward and backward through the network, training layers on, random numbers of this step.
 * @returns the mean loss of the batch with its penalty, gradients by variable name (clipped where the rules say so), the
 * targets after augmentation, and the output (kept: dispose it).
 */
export function trainingPass(
  pass: Pass,
  variables: tensorflow.Variable[],
  { input, target, weights }: TrainingBatch,
  random: StepRandom,
) {
  const { tf, model, clipping, augmentation } = pass;
  for (const layer of model.layers) if (isStepSeeded(layer)) layer.setRandom(random);
  const plain: Examples = { inputs: input, targets: [{ target, weights }] };
  const { inputs, targets } = augmentation ? augmented(tf, plain, augmentation, random) : plain;
  const forward: { output?: tensorflow.Tensor } = {};
  const { value, grads } = releasingOnThrow(forward, () =>
    tf.variableGrads(() => {
      const output = applyNetwork(tf, pass, inputs, true);
      forward.output = tf.keep(output);
      const losses = targets.map((part) => weightedLosses(pass, part, output));
      const mean: tensorflow.Scalar = tf.mean(losses.reduce((sum, part) => tf.add(sum, part)));
      const penalty = penaltyOf(tf, model);
      return penalty ? tf.add(mean, penalty) : mean;
    }, variables),
  );
  if (!forward.output) throw new Error('The network was not run');
  return { value, grads: clipping ? clipped(tf, grads, clipping) : grads, targets, output: forward.output };
}

/** `[batch]` losses against one target, each by what it counts. */
function weightedLosses(
  { tf, loss, classWeights }: Pass,
  { target, share, weights }: TargetPart,
  output: tensorflow.Tensor,
): tensorflow.Tensor {
  const factors = [share, weights, classWeights && weightsOf(tf, target, classWeights)];
  return factors
    .filter((factor) => factor !== undefined)
    .reduce<tensorflow.Tensor>((product, factor) => tf.mul(product, factor), loss.perExample(tf, target, output));
}

/** What was kept for later is let go where there is no later: memory may be what ran out. */
function releasingOnThrow<T>(kept: { readonly output?: tensorflow.Tensor }, work: () => T): T {
  try {
    return work();
  } catch (error) {
    kept.output?.dispose();
    throw error;
  }
}

/** Each example's weight, `[batch]`. By one-hot rows, as `tf.gather` reads its indices back, which can't be recorded. */
function weightsOf(tf: TensorFlow, target: tensorflow.Tensor, classWeights: readonly number[]): tensorflow.Tensor1D {
  const oneHot = tf.cast(tf.oneHot(target.as1D(), classWeights.length), 'float32');
  return tf.sum(tf.mul(oneHot, tf.tensor1d([...classWeights])), 1);
}

/**
 * The penalty of L1/L2 over all layers; null where no layer has one. Asked of the layers, as a tfjs `Sequential` forgets it.
 */
export function penaltyOf(tf: TensorFlow, model: tensorflow.LayersModel): tensorflow.Scalar | null {
  const losses = model.layers.flatMap((layer) => layer.calculateLosses());
  return losses.length === 0 ? null : tf.addN(losses).asScalar();
}

export function addSums(parts: readonly Sums[], metricCount: number): Sums {
  const total = { examples: 0, loss: 0, metrics: Array.from({ length: metricCount }, () => 0) };
  for (const part of parts) {
    total.examples += part.examples;
    total.loss += part.loss;
    for (let i = 0; i < metricCount; i++) total.metrics[i] = (total.metrics[i] ?? 0) + (part.metrics[i] ?? 0);
  }
  return total;
}

/** Means over examples by name, as `loss` and `accuracy`, with `validation.` or `test.` before them for those parts. */
export function metricValues(sums: Sums, metrics: readonly MetricDefinition[], part: SplitPart): MetricValues {
  const prefix = part === 'training' ? '' : `${part}.`;
  const values: Record<string, number> = { [`${prefix}loss`]: sums.loss / sums.examples };
  for (const [index, metric] of metrics.entries()) {
    const mean = (sums.metrics[index] ?? NaN) / sums.examples;
    values[prefix + metric.id] = metric.finish ? metric.finish(mean) : mean;
  }
  return values;
}
