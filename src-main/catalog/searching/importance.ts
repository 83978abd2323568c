/** How much each parameter of a search decided how good a trial became. */
import type { SearchPlan, Trial } from '../../contract';
import { importanceOf } from '../comparing/importance';

export interface ParameterImportance {
  readonly path: string;
  /** Of all that the parameters decided, 0–1; they add up to 1 at most. */
  readonly share: number;
  /** Whether the metric grows with the parameter, 1, or falls, −1; 0 for choices and where neither is plain. */
  readonly direction: -1 | 0 | 1;
}

/** @returns the most important first; none for too few trials. */
export function searchImportance(plan: SearchPlan, trials: readonly Trial[]): readonly ParameterImportance[] {
  const settings = plan.parameters.map(({ path }) => ({
    id: path,
    values: trials.map(({ values }) => values[path] ?? null),
  }));
  const found = importanceOf(
    settings,
    trials.map(({ value }) => value),
  );
  const all = found.reduce((sum, { strength }) => sum + strength ** 2, 0) || 1;
  return found.map(({ id, strength, direction }) => ({ path: id, share: strength ** 2 / all, direction }));
}
