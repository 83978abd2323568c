/** Which saved model is tested: the one asked for, else the best, else the latest. */
import { metrics } from '../../../src-main/catalog';
import type { Run } from '../../../src-main/contract';
import { mainMetric } from '../runs/run-table';

/** Runs that have a saved model, in the order of the list. */
export function testable(runs: readonly Run[]): readonly Run[] {
  return runs.filter((run) => run.epochsDone > 0);
}

export function toTest(runs: readonly Run[], asked: string | null): Run | null {
  const able = testable(runs);
  return able.find((run) => run.id === asked) ?? able.reduce<Run | null>((a, b) => (betterOf(a, b) ? a : b), null);
}

/** Whether `a` is to be tested rather than `b`; values of different metrics don't compare, so the later one leads. */
function betterOf(a: Run | null, b: Run): boolean {
  if (!a) return false;
  if (!a.best || !b.best || a.best.metric !== b.best.metric)
    return a.best && !b.best ? true : a.createdAt >= b.createdAt;
  const name = mainMetric(a) ?? '';
  const higher = metrics.has(name) ? metrics.get(name).better === 'higher' : false;
  return higher ? a.best.value >= b.best.value : a.best.value <= b.best.value;
}
