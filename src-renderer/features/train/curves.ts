/** Curves and figures out of a run's epochs. Metric names are the contract's: `loss`, `validation.loss`, `test.loss`. */
import { metrics, tasks, type MetricDefinition } from '../../../src-main/catalog';
import type { BatchPoint, Epoch, Run } from '../../../src-main/contract';
import type { Point } from '../../charts/decimate';

/** The metric that decides what is best, besides the loss; null for a task that is not known. */
export function mainMetricOf(run: Run): MetricDefinition | null {
  return mainMetricOfTask(run.data.task);
}

/** @param task its id; one that is not known has no metric. */
export function mainMetricOfTask(task: string): MetricDefinition | null {
  const id = tasks.has(task) ? tasks.get(task).metrics[0] : undefined;
  return id !== undefined && metrics.has(id) ? metrics.get(id) : null;
}

export function pointsOf(epochs: readonly Epoch[], name: string): Point[] {
  return epochs.flatMap(({ epoch, metrics: values }) => {
    const y = values[name];
    return y === undefined || !Number.isFinite(y) ? [] : [{ x: epoch, y }];
  });
}

/** The training loss of single batches, on the axis of epochs (0.5 is the middle of the first). */
export function batchPoints(batches: readonly BatchPoint[]): Point[] {
  return batches.flatMap(({ epoch, loss }) => (Number.isFinite(loss) ? [{ x: epoch, y: loss }] : []));
}

export interface BestValue {
  readonly value: number;
  readonly epoch: number;
}

/** The best value of a metric and the first epoch that reached it. */
export function bestOf(epochs: readonly Epoch[], name: string, better: 'higher' | 'lower'): BestValue | null {
  let best: BestValue | null = null;
  for (const { epoch, metrics: values } of epochs) {
    const value = values[name];
    if (value === undefined || !Number.isFinite(value)) continue;
    if (!best || (better === 'higher' ? value > best.value : value < best.value)) best = { value, epoch };
  }
  return best;
}

/** Whether a part was measured at all. */
export function measures(epochs: readonly Epoch[], part: 'validation' | 'test'): boolean {
  return epochs.some((epoch) => Object.keys(epoch.metrics).some((name) => name.startsWith(`${part}.`)));
}
