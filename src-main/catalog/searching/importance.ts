/**
 * How much each parameter of a search decided how good a trial became. Trials are compared at equal effort: by the best they had
 * after as many epochs as half of them were trained, and by its rank, since a few that went astray would else be all that is seen.
 * Of parameters under a condition only what happens where they are counts.
 */
import type { FieldValues, SearchParameter, SearchPlan, Trial } from '../../contract';
import { fewestForImportance, importanceOf, ranksOf } from '../comparing/importance';
import { bestUntil } from '../pruning';
import { shareOf } from '../sampling/draw';
import { mainEffects } from './fanova';
import { betterOf } from './pareto';

export interface ParameterImportance {
  readonly path: string;
  /** Of the variance of the metric's ranks over all values that were searched, what the parameter explains by itself: 0–1. */
  readonly share: number;
  /** Whether the metric grows with the parameter, 1, or falls, −1; 0 for choices and where neither is plain. */
  readonly direction: -1 | 0 | 1;
}

/** A direction is named only where chance seldom gives one as strong. */
const level = 0.05;

interface Point {
  readonly values: FieldValues;
  readonly figure: number;
}

/** @returns the most important first; none for too few trials. */
export function searchImportance(
  plan: Pick<SearchPlan, 'parameters' | 'metric'>,
  trials: readonly Trial[],
): readonly ParameterImportance[] {
  const points = pointsOf(plan, trials);
  if (points.length < fewestForImportance) return [];
  const directions = directionsOf(plan, points);
  const groups = new Map<string, SearchParameter[]>();
  for (const parameter of plan.parameters) {
    const condition = JSON.stringify(parameter.when ?? null);
    groups.set(condition, [...(groups.get(condition) ?? []), parameter]);
  }
  const whole = squares(points);
  return [...groups.values()]
    .flatMap((group) => sharesOf(plan.parameters, group, points, whole))
    .map(({ path, share }) => ({ path, share, direction: directions.get(path) ?? 0 }))
    .sort((one, other) => other.share - one.share || (one.path < other.path ? -1 : 1));
}

/** Trials with a figure after as many epochs as half of them have; those that came to their end before stand for it. */
function pointsOf({ metric }: Pick<SearchPlan, 'metric'>, trials: readonly Trial[]): Point[] {
  const begun = trials.filter(({ state, curve }) => state !== 'running' && curve.length > 0);
  const lengths = begun.map(({ curve }) => curve.length).sort((a, b) => a - b);
  const epoch = lengths[Math.floor(lengths.length / 2)] ?? 0;
  const better = betterOf({ metric });
  const points = begun.flatMap(({ values, curve, state }) => {
    const loss = bestUntil(curve, epoch, better);
    const isThere = curve.length >= epoch || state === 'finished';
    if (!isThere || !Number.isFinite(loss)) return [];
    return [{ values, figure: better === 'higher' ? -loss : loss }];
  });
  const ranks = ranksOf(points.map(({ figure }) => figure));
  return points.map(({ values }, at) => ({ values, figure: ranks[at] ?? 0 }));
}

function directionsOf({ parameters }: Pick<SearchPlan, 'parameters'>, points: readonly Point[]) {
  const settings = parameters.map(({ path }) => ({
    id: path,
    values: points.map(({ values }) => values[path] ?? null),
  }));
  const found = importanceOf(
    settings,
    points.map(({ figure }) => figure),
  );
  return new Map(found.map(({ id, direction, p }) => [id, p < level ? direction : (0 as const)]));
}

/** Of the parameters of one condition, over the trials that have them. @param whole squares of all trials' figures */
function sharesOf(
  parameters: readonly SearchParameter[],
  group: readonly SearchParameter[],
  points: readonly Point[],
  whole: number,
): { readonly path: string; readonly share: number }[] {
  const own = points.filter(({ values }) => group.every(({ path }) => Object.hasOwn(values, path)));
  if (own.length < fewestForImportance || whole === 0) return group.map(({ path }) => ({ path, share: 0 }));
  const there = parameters.filter(({ path }) => own.every(({ values }) => Object.hasOwn(values, path)));
  const axes = there.map(({ range }) => ({ choices: range.kind === 'choice' ? range.values.length : null }));
  const rows = own.map(({ values }) => Float64Array.from(there, (parameter) => placeOf(parameter, values)));
  const effects = mainEffects(
    axes,
    rows,
    own.map(({ figure }) => figure),
  );
  const scale = squares(own) / whole;
  return group.map((parameter) => ({ path: parameter.path, share: (effects[there.indexOf(parameter)] ?? 0) * scale }));
}

function placeOf({ path, range }: SearchParameter, values: FieldValues): number {
  const value = values[path] ?? 0;
  return range.kind === 'choice' ? range.values.indexOf(value) : shareOf(range, Number(value));
}

function squares(points: readonly Point[]): number {
  const mean = points.reduce((sum, { figure }) => sum + figure, 0) / points.length;
  return points.reduce((sum, { figure }) => sum + (figure - mean) ** 2, 0);
}
