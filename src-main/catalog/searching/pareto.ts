/** Which trials are the answer: the best by the metric within the limits, and the front where two things are wanted. */
import type { SearchPlan, Trial } from '../../contract';
import { isHigherBetter } from '../run-metrics';

export function betterOf({ metric }: Pick<SearchPlan, 'metric'>): 'higher' | 'lower' {
  return isHigherBetter(metric) ? 'higher' : 'lower';
}

export function isBetter(plan: Pick<SearchPlan, 'metric'>, one: number, other: number): boolean {
  return betterOf(plan) === 'higher' ? one > other : one < other;
}

/** Whether nothing of a trial is above a limit; what was not measured, as of a trial that is just beginning, is not. */
export function keepsLimits({ limits }: Pick<SearchPlan, 'limits'>, { measures }: Pick<Trial, 'measures'>): boolean {
  return limits.every(({ measure, most }) => (measures[measure] ?? 0) <= most);
}

/** The earliest of equals; null where no trial has a value and keeps the limits. */
export function bestTrial(plan: Pick<SearchPlan, 'metric' | 'limits'>, trials: readonly Trial[]): Trial | null {
  let best: (Trial & { readonly value: number }) | null = null;
  for (const trial of trials) {
    if (!isAnswer(plan, trial)) continue;
    if (best === null || isBetter(plan, trial.value, best.value)) best = trial;
  }
  return best;
}

/** What can be an answer: the end of a trial says nothing against its best epoch, but that it failed. */
function isAnswer(plan: Pick<SearchPlan, 'limits'>, trial: Trial): trial is Trial & { readonly value: number } {
  return trial.value !== null && Number.isFinite(trial.value) && trial.state !== 'failed' && keepsLimits(plan, trial);
}

/**
 * Trials that no other is at least as good as in both objectives and better in one, the best by the metric first. Of equals the
 * earliest. Without a second objective it is the best alone.
 */
export function paretoFront(
  plan: Pick<SearchPlan, 'metric' | 'limits' | 'second'>,
  trials: readonly Trial[],
): readonly Trial[] {
  const { second } = plan;
  if (second === null) {
    const best = bestTrial(plan, trials);
    return best ? [best] : [];
  }
  const sign = betterOf(plan) === 'higher' ? -1 : 1;
  const answers = trials.flatMap((trial) => {
    const measured = trial.measures[second];
    return isAnswer(plan, trial) && measured !== undefined
      ? [{ trial, point: [sign * trial.value, measured] as const }]
      : [];
  });
  const sorted = answers.sort((a, b) => a.point[0] - b.point[0] || a.point[1] - b.point[1]);
  let least = Infinity;
  return sorted.flatMap(({ trial, point }) => {
    if (point[1] >= least) return [];
    least = point[1];
    return [trial];
  });
}

/** A point of two objectives, both to be low. */
export type Point = readonly [number, number];

/** The area that the points dominate within a reference point (Zitzler & Thiele 1998), of two objectives that are to be low. */
export function hypervolume(points: readonly Point[], reference: Point): number {
  const inside = points
    .filter(([x, y]) => x < reference[0] && y < reference[1])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let [area, height] = [0, reference[1]];
  for (const [x, y] of inside) {
    if (y >= height) continue;
    area += (reference[0] - x) * (height - y);
    height = y;
  }
  return area;
}
