/** Loss and metrics of a batch as sums over examples, and sums put together into what people read. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { LossDefinition, MetricDefinition } from '../catalog';
import type { MetricValues, SplitPart } from '../contract';
import type { Sums } from './step';
import type { TensorFlow } from './tf';
import type { TargetScale } from './training-data';

export interface Measures {
  readonly loss: LossDefinition;
  readonly metrics: readonly MetricDefinition[];
  readonly targetScale: TargetScale;
}

/** Sums of each metric over the batch, in the person's unit. Call inside `tf.tidy`. */
export function metricSums(
  tf: TensorFlow,
  { metrics, targetScale }: Measures,
  target: tensorflow.Tensor,
  output: tensorflow.Tensor,
): tensorflow.Scalar[] {
  const numbers = metrics.some((metric) => metric.target === 'number');
  const restore = (value: tensorflow.Tensor) =>
    numbers ? tf.add(tf.mul(value, targetScale.standardDeviation), targetScale.mean) : value;
  const [restoredTarget, restoredOutput] = [restore(target), restore(output)];
  return metrics.map((metric) => tf.sum(metric.perExample(tf, restoredTarget, restoredOutput)));
}

/**
 * The penalty of L1/L2 over all layers; null where no layer has one.
 */
export function penaltyOf(tf: TensorFlow, model: tensorflow.LayersModel): tensorflow.Scalar | null {
  const losses = model.calculateLosses();
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
