/**
 * A density over several parameters at once from the values of some trials: a kernel at each, and a wide one over everything
 * (the prior). A kernel is a product over its parameters, so that values which are good only together stay together
 * (Falkner et al. 2018, BOHB); how wide it is follows Bergstra et al. 2011 with the least width of Hyperopt and Optuna
 * (Watanabe 2023, "Tree-structured Parzen estimator", 3.3).
 */
import type { FieldValue, FieldValues, SearchParameter, SearchRange } from '../../contract';
import type { Generator } from '../random';
import { shareOf, uniform, valueAt } from './draw';
import { drawWithin, logDensity, massWithin, type Kernel } from './normal';

export interface Density {
  draw(next: Generator): FieldValues;
  /** The logarithm; of whole numbers and choices of a probability. */
  logOf(values: FieldValues): number;
}

/** One parameter of the density: by kernel, how to draw and how likely a value is. */
interface Side {
  readonly path: string;
  draw(kernel: number, next: Generator): FieldValue;
  /** Logarithms of how likely a value is, one per kernel. */
  logsOf(value: FieldValue): Float64Array;
}

/**
 * @param observed values of trials, each with all parameters. @param weights one per trial.
 * @param priorWeight what the kernel over everything counts.
 */
export function densityOf(
  parameters: readonly SearchParameter[],
  observed: readonly FieldValues[],
  { weights, priorWeight }: { readonly weights: readonly number[]; readonly priorWeight: number },
): Density {
  const all = [...weights, priorWeight];
  const total = all.reduce((sum, weight) => sum + weight, 0);
  const sides = parameters.map(({ path, range }) => {
    const values = observed.map((one) => one[path] ?? 0);
    return range.kind === 'choice' ? choiceSide(path, range.values, values) : numberSide(path, range, values);
  });
  return {
    draw(next) {
      const kernel = pick(all, total, next);
      return Object.fromEntries(sides.map((side) => [side.path, side.draw(kernel, next)]));
    },
    logOf(values) {
      const logs = Float64Array.from(all, (weight) => Math.log(weight / total));
      for (const side of sides) {
        const own = side.logsOf(values[side.path] ?? 0);
        for (const [kernel, log] of own.entries()) logs[kernel] = (logs[kernel] ?? 0) + log;
      }
      const most = Math.max(...logs);
      return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
    },
  };
}

function pick(weights: readonly number[], total: number, next: Generator): number {
  let left = uniform(next) * total;
  const found = weights.findIndex((weight) => (left -= weight) < 0);
  return found === -1 ? weights.length - 1 : found;
}

/** Each kernel prefers its own choice; the prior's one vote is spread over all. */
function choiceSide(path: string, choices: readonly FieldValue[], observed: readonly FieldValue[]): Side {
  const kernels = observed.length + 1;
  const smooth = 1 / kernels;
  const total = 1 + smooth * choices.length;
  const own = observed.map((value) => choices.indexOf(value));
  return {
    path,
    draw(kernel, next) {
      const place = own[kernel] ?? -1;
      const even = Math.min(choices.length - 1, Math.floor(uniform(next) * choices.length));
      const isOwn = place >= 0 && uniform(next) < 1 / total;
      return choices[isOwn ? place : even] ?? 0;
    },
    logsOf(value) {
      const place = choices.indexOf(value);
      return Float64Array.from({ length: kernels }, (_, kernel) => {
        const favourite = own[kernel] ?? -1;
        if (favourite < 0) return -Math.log(choices.length);
        return Math.log(((favourite === place ? 1 : 0) + smooth) / total);
      });
    },
  };
}

function numberSide(
  path: string,
  range: Exclude<SearchRange, { kind: 'choice' }>,
  observed: readonly FieldValue[],
): Side {
  const means = observed.map((value) => shareOf(range, Number(value)));
  const widths = widthsOf(means);
  const kernels: Kernel[] = [
    ...means.map((mean, at) => ({ mean, deviation: widths[at] ?? 1 })),
    { mean: 0.5, deviation: 1 },
  ];
  const within = kernels.map((kernel) => Math.log(massWithin(kernel)));
  return {
    path,
    draw: (kernel, next) => valueAt(range, drawWithin(kernels[kernel] ?? { mean: 0.5, deviation: 1 }, next)),
    logsOf(value) {
      const at = shareOf(range, Number(value));
      const [low, high] = [shareOf(range, Number(value) - 0.5), shareOf(range, Number(value) + 0.5)];
      return Float64Array.from(kernels, (kernel, place) => {
        const log = range.kind === 'integer' ? Math.log(massWithin(kernel, low, high)) : logDensity(kernel, at);
        return log - (within[place] ?? 0);
      });
    },
  };
}

/**
 * The distance to the farther neighbour; not below a share that shrinks with their number. The ends of the range are neighbours of
 * a value that is alone.
 */
function widthsOf(means: readonly number[]): number[] {
  const least = 1 / Math.min(100, means.length + 2);
  const order = [...means.keys()].sort((a, b) => (means[a] ?? 0) - (means[b] ?? 0));
  const widths = means.map(() => 1);
  for (const [rank, at] of order.entries()) {
    const mean = means[at] ?? 0;
    const isAlone = order.length === 1;
    const below = rank === 0 ? (isAlone ? 0 : mean) : (means[order[rank - 1] ?? 0] ?? 0);
    const above = rank === order.length - 1 ? (isAlone ? 1 : mean) : (means[order[rank + 1] ?? 0] ?? 0);
    widths[at] = Math.min(1, Math.max(least, mean - below, above - mean));
  }
  return widths;
}
