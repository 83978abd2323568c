/** Which saved model is tested: the one asked for, else the best, else the latest. */
import { isHigherBetter } from '../../../src-main/catalog';
import type { RunSummary } from '../../../src-main/contract';

type Choice = Pick<RunSummary, 'id' | 'epochsDone' | 'best' | 'createdAt'>;

/** Runs that have a saved model, in the order of the list. */
export function testable<Run extends Choice>(runs: readonly Run[]): readonly Run[] {
  return runs.filter((run) => run.epochsDone > 0);
}

export function toTest<Run extends Choice>(runs: readonly Run[], asked: string | null): Run | null {
  const able = testable(runs);
  return able.find((run) => run.id === asked) ?? able.reduce<Run | null>((a, b) => (betterOf(a, b) ? a : b), null);
}

/** Whether `a` is to be tested rather than `b`; values of different metrics don't compare, so the later one leads. */
function betterOf(a: Choice | null, b: Choice): boolean {
  if (!a) return false;
  if (!a.best || !b.best || a.best.metric !== b.best.metric)
    return a.best && !b.best ? true : a.createdAt >= b.createdAt;
  return isHigherBetter(a.best.metric) ? a.best.value >= b.best.value : a.best.value <= b.best.value;
}
