/** What is wrong with a plan, each problem beside the field that mends it. Main checks again before a search begins. */
import type { SearchableField, SearchLimits } from '../../../../src-main/catalog';
import type { SearchParameter, SearchPlan, SearchRange } from '../../../../src-main/contract';
import { isThere, neededCondition } from './plan-edits';

export type ParameterProblem =
  | {
      readonly code:
        'field-gone' | 'from-above-to' | 'log-from-zero' | 'condition-gone' | 'not-there' | 'not-always-there';
    }
  | { readonly code: 'out-of-limits'; readonly minimum: number; readonly maximum: number };

export interface PlanProblems {
  /** By path. */
  readonly parameters: ReadonlyMap<string, ParameterProblem>;
  readonly nothingSearched: boolean;
  /** Neither minutes nor trials end it. */
  readonly noEnd: boolean;
  /** Losses of different kinds are no measure. */
  readonly lossSearched: boolean;
  /** Trials would be given up for their metric alone, though there is a second goal. */
  readonly secondPruned: boolean;
}

export function planProblems(plan: SearchPlan, fields: readonly SearchableField[]): PlanProblems {
  const byPath = new Map(fields.map((field) => [field.path, field]));
  const parameters = new Map<string, ParameterProblem>();
  plan.parameters.forEach((parameter, place) => {
    const field = byPath.get(parameter.path);
    const before = plan.parameters.slice(0, place);
    const problem = field
      ? (parameterProblem(parameter, before, field) ?? ownerProblem(plan, parameter, before, field, fields))
      : { code: 'field-gone' as const };
    if (problem) parameters.set(parameter.path, problem);
  });
  return {
    parameters,
    nothingSearched: plan.parameters.length === 0,
    noEnd: plan.budget.minutes === null && plan.budget.trials === null,
    lossSearched: plan.metric === 'loss' && plan.parameters.some(({ path }) => path === 'loss'),
    secondPruned: plan.second !== null && plan.pruner.type !== 'none',
  };
}

function parameterProblem(
  { range, when }: SearchParameter,
  before: readonly SearchParameter[],
  { limits }: SearchableField,
): ParameterProblem | null {
  if (when && !before.some(({ path }) => path === when.path)) return { code: 'condition-gone' };
  if (range.kind !== 'choice' && range.minimum >= range.maximum) return { code: 'from-above-to' };
  if (range.kind !== 'choice' && range.scale === 'log' && range.minimum <= 0) return { code: 'log-from-zero' };
  return isWithin(range, limits) || limits.kind === 'choice'
    ? null
    : { code: 'out-of-limits', minimum: limits.minimum, maximum: limits.maximum };
}

function isWithin(range: SearchRange, limits: SearchLimits): boolean {
  if (limits.kind === 'choice') return true;
  const ends = range.kind === 'choice' ? range.values : [range.minimum, range.maximum];
  return ends.every((end) => typeof end === 'number' && end >= limits.minimum && end <= limits.maximum);
}

/** A field of one optimizer can't be tried with another one. */
function ownerProblem(
  plan: SearchPlan,
  { when }: SearchParameter,
  before: readonly SearchParameter[],
  field: SearchableField,
  fields: readonly SearchableField[],
): ParameterProblem | null {
  if (!field.when) return null;
  if (!isThere({ ...plan, parameters: [...before] }, field, fields)) return { code: 'not-there' };
  const needed = neededCondition(before, field);
  if (!needed) return null;
  const isNarrowed = when?.path === needed.path && when.values.every((value) => needed.values.includes(value));
  return isNarrowed ? null : { code: 'not-always-there' };
}
