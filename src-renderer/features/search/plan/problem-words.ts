/** Problems of a plan in words: what, and what to do. */
import { formatNumber, m } from '../../../i18n';
import type { ParameterProblem, PlanProblems } from './plan-problems';

export function parameterProblemWords(problem: ParameterProblem): string {
  switch (problem.code) {
    case 'field-gone':
      return m.search_problem_gone();
    case 'from-above-to':
      return m.search_problem_order();
    case 'log-from-zero':
      return m.search_problem_log();
    case 'condition-gone':
      return m.search_problem_condition();
    case 'not-there':
      return m.search_problem_not_there();
    case 'not-always-there':
      return m.search_problem_not_always_there();
    case 'out-of-limits':
      return m.search_problem_limits({
        minimum: formatNumber(problem.minimum),
        maximum: formatNumber(problem.maximum),
      });
  }
}

/** The first thing that stands in the way of a start; null where nothing does. */
export function startProblem({
  parameters,
  nothingSearched,
  noEnd,
  lossSearched,
  secondPruned,
}: PlanProblems): string | null {
  if (nothingSearched) return m.search_problem_nothing();
  if (noEnd) return m.search_problem_end();
  if (lossSearched) return m.search_problem_loss();
  if (secondPruned) return m.search_problem_pruned();
  return parameters.size > 0 ? m.search_problem_fields({ count: parameters.size }) : null;
}
