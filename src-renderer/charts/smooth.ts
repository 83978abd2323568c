/**
 * A line that follows another one calmly: the exponential moving average with its bias towards the start removed, as
 * TensorBoard draws it. It lies over the line itself and never in its place.
 */
import type { Point } from './decimate';

/**
 * s₀ = 0, sₜ = w·sₜ₋₁ + (1 − w)·yₜ, drawn as sₜ / (1 − wᵗ), so that the first point is the line's own.
 * @param weight 0 (the line itself) to below 1: how much of each value comes from those before it.
 */
export function smooth(points: readonly Point[], weight: number): readonly Point[] {
  if (weight <= 0) return points;
  let sum = 0;
  let share = 1;
  return points.map(({ x, y }) => {
    sum = weight * sum + (1 - weight) * y;
    share *= weight;
    return { x, y: sum / (1 - share) };
  });
}
