/**
 * Trials in the order of how good they are, for a sampler to learn from: those that keep the limits before all others, whole
 * ones before those that were ended early, and these by how far they got. With a second objective the trials are ranked by
 * fronts that nothing dominates, and on a front by what each adds to the area that it dominates (Ozaki et al. 2022, MOTPE).
 */
import type { Trial } from '../../contract';
import type { SamplerRequest } from '../sampler-definitions';
import { hypervolume, type Point } from '../searching/pareto';

type Question = Pick<SamplerRequest, 'better' | 'second' | 'fits'>;

/** @returns the best first; trials that tell nothing, such as those still running, are left out. */
export function rankTrials(trials: readonly Trial[], question: Question): Trial[] {
  const ended = trials.filter(({ state }) => state === 'finished' || state === 'pruned' || state === 'failed');
  const turn = (trial: Trial): number => {
    if (trial.state === 'failed' || lossOf(trial, question) === Infinity) return 3;
    if (!question.fits(trial)) return 2;
    return trial.state === 'pruned' ? 1 : 0;
  };
  const groups = [0, 1, 2, 3].map((number) => ended.filter((trial) => turn(trial) === number));
  const [whole = [], pruned = [], beyond = [], useless = []] = groups;
  return [
    ...(question.second === null ? byValue(whole, question) : byFronts(whole, question)),
    ...byValue(pruned, question).sort((one, other) => other.curve.length - one.curve.length),
    ...byValue(beyond, question),
    ...useless,
  ];
}

/** The metric, to be low. */
function lossOf({ value }: Trial, { better }: Pick<Question, 'better'>): number {
  if (value === null || !Number.isFinite(value)) return Infinity;
  return better === 'higher' ? -value : value;
}

function byValue(trials: readonly Trial[], question: Question): Trial[] {
  return [...trials].sort((one, other) => lossOf(one, question) - lossOf(other, question));
}

interface Placed {
  readonly trial: Trial;
  readonly point: Point;
}

function byFronts(trials: readonly Trial[], question: Question): Trial[] {
  const { second } = question;
  // Sizes and times differ by factors.
  const cost = (trial: Trial) => Math.log(Math.max(1e-12, (second && trial.measures[second]) ?? Infinity));
  let left = trials.map((trial): Placed => ({ trial, point: [lossOf(trial, question), cost(trial)] }));
  const ranked: Trial[] = [];
  while (left.length > 0) {
    const front = left.filter((one) => !left.some((other) => dominates(other.point, one.point)));
    ranked.push(...byContribution(front));
    left = left.filter((one) => !front.includes(one));
  }
  return ranked;
}

function dominates(one: Point, other: Point): boolean {
  return one[0] <= other[0] && one[1] <= other[1] && (one[0] < other[0] || one[1] < other[1]);
}

/** Greedily, each time the one that adds the most area; the choice of so many first ones is then near the best there is. */
function byContribution(front: readonly Placed[]): Trial[] {
  const reference = [0, 1].map((side) => {
    const values = front.map(({ point }) => point[side] ?? 0).filter(Number.isFinite);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return high + 0.1 * (high - low || 1);
  });
  const corner: Point = [reference[0] ?? 0, reference[1] ?? 0];
  const left = [...front];
  const chosen: Placed[] = [];
  while (left.length > 0) {
    const areas = left.map(({ point }) => hypervolume([...chosen.map((one) => one.point), point], corner));
    const [next] = left.splice(areas.indexOf(Math.max(...areas)), 1);
    if (next) chosen.push(next);
  }
  return chosen.map(({ trial }) => trial);
}
