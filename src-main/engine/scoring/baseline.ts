/** The baseline of a run: the best constant answer that the training rows give, which looks at no input at all. */
import type { Baseline, Target } from '../../contract';
import type { TargetScale } from '../training-data';

/**
 * @param targets class indices, or standardized numbers, of all rows. @param rows those that are trained on.
 * @param scale puts numbers back into the person's unit.
 * @returns null without training rows.
 */
export function baselineOf(
  target: Target,
  targets: ArrayLike<number>,
  rows: Int32Array,
  scale: TargetScale,
): Baseline | null {
  if (rows.length === 0) return null;
  if (target.kind === 'number') return constantOf(targets, rows, scale);
  if (target.kind === 'reconstruction') return { kind: 'mean-example' };
  const counts = target.classes.map(() => 0);
  for (const row of rows) {
    const own = targets[row] ?? -1;
    counts[own] = (counts[own] ?? 0) + 1;
  }
  const most = counts.indexOf(Math.max(...counts));
  return {
    kind: 'majority',
    label: target.classes[most] ?? '',
    shares: counts.map((count) => count / rows.length),
  };
}

function constantOf(targets: ArrayLike<number>, rows: Int32Array, { mean, standardDeviation }: TargetScale): Baseline {
  const values = Float64Array.from(rows, (row) => (targets[row] ?? NaN) * standardDeviation + mean).sort();
  const middle = (values.length - 1) / 2;
  return {
    kind: 'constant',
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    median: ((values[Math.floor(middle)] ?? NaN) + (values[Math.ceil(middle)] ?? NaN)) / 2,
  };
}
