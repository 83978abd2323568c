/** What the curves of a run lie along: its epochs, its steps, or the time that it trained. */
import type { BatchPoint, Epoch } from '../../../src-main/contract';
import type { Series } from '../../charts/series';

export type CurveAxis = 'epoch' | 'step' | 'time';
export const curveAxes: readonly CurveAxis[] = ['epoch', 'step', 'time'];

/** Where on an axis an epoch's end (1, 2, …) and what lies between two of them (1.5) stand. */
export type Along = (epoch: number) => number;

/** @returns null where that cannot be known yet: time before the first epoch has ended. */
export function alongAxis(
  axis: CurveAxis,
  { epochs, batches }: { readonly epochs: readonly Epoch[]; readonly batches: readonly BatchPoint[] },
): Along | null {
  if (axis === 'epoch') return (epoch) => epoch;
  if (axis === 'step') {
    const last = batches.at(-1);
    const steps = last && last.epoch > 0 ? last.step / last.epoch : 1;
    return (epoch) => epoch * steps;
  }
  const ends = [0];
  for (const { seconds } of epochs) ends.push((ends.at(-1) ?? 0) + seconds);
  const total = ends.at(-1) ?? 0;
  if (epochs.length === 0) return null;
  const mean = total / epochs.length;
  return (epoch) => {
    const whole = Math.floor(epoch);
    const start = ends[whole] ?? total + (whole - epochs.length) * mean;
    const end = ends[whole + 1] ?? start + mean;
    return start + (epoch - whole) * (end - start);
  };
}

/** The same lines along another axis. */
export function placed(series: readonly Series[], along: Along | null): Series[] {
  return series.map((one) => ({
    ...one,
    points: along ? one.points.map(({ x, y }) => ({ x: along(x), y })) : [],
  }));
}
