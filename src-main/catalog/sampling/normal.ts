/** The normal distribution, cut to the stretch from 0 to 1: what a kernel over a share of a range is. */
import type { Generator } from '../random';
import { uniform } from './draw';

/** Chebyshev's fit of erfc (Press et al., Numerical Recipes, 6.2.2): the relative error is below 1.2e-7 everywhere. */
function erfc(x: number): number {
  const z = Math.abs(x);
  const t = 1 / (1 + z / 2);
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ];
  const series = terms.reduceRight((sum, term) => term + t * sum, 0);
  const tail = t * Math.exp(-z * z + series);
  return x >= 0 ? tail : 2 - tail;
}

/** Of the standard normal distribution between two points; taken on the side where nothing cancels. */
function massBetween(low: number, high: number): number {
  const beyond = (z: number) => erfc(z / Math.SQRT2) / 2;
  return low > 0 ? beyond(low) - beyond(high) : beyond(-high) - beyond(-low);
}

export interface Kernel {
  readonly mean: number;
  readonly deviation: number;
}

const leastMass = 1e-300;

/** What is left of the kernel within 0 to 1. */
export function massWithin({ mean, deviation }: Kernel, low = 0, high = 1): number {
  return Math.max(leastMass, massBetween((low - mean) / deviation, (high - mean) / deviation));
}

/** The logarithm of the kernel's density at a point, before it is divided by what is left of it. */
export function logDensity({ mean, deviation }: Kernel, at: number): number {
  const z = (at - mean) / deviation;
  return -0.5 * z * z - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
}

/** Drawn until it lies within 0 to 1; its mean does, so that takes few turns. */
export function drawWithin({ mean, deviation }: Kernel, next: Generator): number {
  for (;;) {
    const drawn = mean + deviation * standardNormal(next);
    if (drawn >= 0 && drawn < 1) return drawn;
  }
}

/** Box & Muller 1958. */
function standardNormal(next: Generator): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(next)));
  return radius * Math.cos(2 * Math.PI * uniform(next));
}
