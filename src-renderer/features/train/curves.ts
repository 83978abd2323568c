/** Curves and figures out of a run's epochs. Metric names are the contract's: `loss`, `validation.loss`, `test.loss`. */
import { decidingMeasure, metrics, tasks, type MetricDefinition } from '../../../src-main/catalog';
import type { BatchPoint, Epoch, Run, RunEvent } from '../../../src-main/contract';
import type { Point } from '../../charts/decimate';

/** The metric that stands first, besides the loss; null for a task that is not known. */
export function mainMetricOf(run: Run): MetricDefinition | null {
  return mainMetricOfTask(run.data.task);
}

/** @param task its id; one that is not known has no metric. */
export function mainMetricOfTask(task: string): MetricDefinition | null {
  const id = tasks.has(task) ? tasks.get(task).metrics[0] : undefined;
  return id !== undefined && metrics.has(id) ? metrics.get(id) : null;
}

/** The measure that decides which epoch is best, and in which direction; null where this version does not know it. */
export function bestMeasureOf({
  data,
  settings,
}: Pick<Run, 'data' | 'settings'>): Pick<MetricDefinition, 'id' | 'better'> | null {
  if (!tasks.has(data.task)) return null;
  const own = tasks.get(data.task).metrics.filter((id) => metrics.has(id));
  const { best } = settings.watch;
  if (best !== 'main' && best !== 'loss' && !own.includes(best)) return null;
  return decidingMeasure(best, own.map(metrics.get));
}

export type Engine = NonNullable<Run['engine']>;

/** What does the steps of a run: as stored, or as its log says while the stored run was read before it began. */
export function engineOf(run: Pick<Run, 'engine'>, events: readonly RunEvent[]): Engine | null {
  for (const { code, parameters } of events.toReversed()) {
    if (code === 'step-compiled') {
      return { kind: 'compiled', reason: null, recordingSeconds: Number(parameters['seconds']) };
    }
    if (code === 'step-eager' || code === 'backend-slow') {
      return { kind: 'eager', reason: String(parameters['reason']), recordingSeconds: null };
    }
  }
  return run.engine;
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
