/** What a search has come to so far, read off its trials, without the window, so that a thousand of them can be tried. */
import { betterOf, keepsLimits } from '../../../../src-main/catalog';
import type { Search, SearchPlan, Trial } from '../../../../src-main/contract';

/** Negative where `a` is the better value; what has none comes last. */
export function compareValues(a: number | null, b: number | null, better: 'higher' | 'lower'): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return better === 'higher' ? b - a : a - b;
}

export interface BestPoint {
  readonly trial: number;
  /** Of trying, up to the end of this trial. */
  readonly seconds: number;
  readonly value: number;
  /** Of this trial and all before it. */
  readonly best: number;
}

/** A point for each trial that can be the answer: it did not fail and keeps to the limits. */
export function bestSoFar(plan: Pick<SearchPlan, 'metric' | 'limits'>, trials: readonly Trial[]): BestPoint[] {
  const better = betterOf(plan);
  const points: BestPoint[] = [];
  let seconds = 0;
  let best: number | null = null;
  for (const trial of trials) {
    seconds += trial.seconds;
    if (trial.state === 'failed' || trial.value === null || !keepsLimits(plan, trial)) continue;
    if (best === null || compareValues(trial.value, best, better) < 0) best = trial.value;
    points.push({ trial: trial.number, seconds, value: trial.value, best });
  }
  return points;
}

/** Those that have ended, however. */
export function endedCount({ counts }: Pick<Search, 'counts'>): number {
  return counts.finished + counts.pruned + counts.failed + counts.interrupted;
}

/** Share of the budget that is spent, 0–1, by whichever part of it will be reached first. */
export function shareSpent(search: Pick<Search, 'plan' | 'counts' | 'seconds'>): number {
  const { minutes, trials } = search.plan.budget;
  const shares = [
    minutes === null ? 0 : search.seconds / (60 * minutes),
    trials === null ? 0 : endedCount(search) / trials,
  ];
  return Math.min(1, Math.max(...shares));
}

/** Seconds until the budget is spent at the pace so far; null where nothing tells. */
export function secondsLeft(search: Pick<Search, 'plan' | 'counts' | 'seconds'>): number | null {
  const { minutes, trials } = search.plan.budget;
  const ended = endedCount(search);
  const left = [
    ...(minutes === null ? [] : [60 * minutes - search.seconds]),
    ...(trials === null || ended === 0 ? [] : [((trials - ended) * search.seconds) / ended]),
  ];
  return left.length === 0 ? null : Math.max(0, Math.min(...left));
}

/** Trials to be drawn where there are more than can be told apart: the better half of them by rank, the others evenly over time. */
export function drawnTrials(trials: readonly Trial[], better: 'higher' | 'lower', most: number): readonly Trial[] {
  if (trials.length <= most) return trials;
  const ranked = trials.toSorted((a, b) => compareValues(a.value, b.value, better));
  const kept = new Set(ranked.slice(0, Math.ceil(most / 2)));
  const others = trials.filter((trial) => !kept.has(trial));
  const room = most - kept.size;
  for (let place = 0; place < room; place++) {
    const other = others[Math.floor((place * others.length) / room)];
    if (other) kept.add(other);
  }
  return trials.filter((trial) => kept.has(trial));
}

export const shadeCount = 5;

/** 1 for the worst fifth to 5 for the best, by rank, equals alike; none for trials without a value. */
export function shades(trials: readonly Trial[], better: 'higher' | 'lower'): ReadonlyMap<number, number> {
  const ranked = trials.filter(({ value }) => value !== null).sort((a, b) => compareValues(a.value, b.value, better));
  const last = Math.max(1, ranked.length - 1);
  let rank = 0;
  return new Map(
    ranked.map(({ number, value }, at) => {
      if (value !== ranked[at - 1]?.value) rank = at;
      return [number, shadeCount - Math.min(shadeCount - 1, Math.floor((rank / last) * shadeCount))];
    }),
  );
}
