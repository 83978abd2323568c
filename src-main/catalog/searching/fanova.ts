/**
 * Functional analysis of variance over a random forest (Hutter, Hoos & Leyton-Brown 2014): how much of the variance of a figure,
 * over the whole space that is searched, each parameter explains by itself. The forest only fills the gaps between the points;
 * marginals over it are exact, as every leaf is a box.
 */
import { generator } from '../random';
import { uniform } from '../sampling/draw';
import { growTree, type Axis, type Leaf } from './regression-tree';

const trees = 32;
/** Larger samples hold up the window and change nothing that is seen. */
const mostPoints = 300;

/**
 * @param axes of the points. @param points a share (0–1) or the place of a choice for each axis. @param figures one per point.
 * @returns the share of each axis, 0–1; what is left to 1 comes from axes together. All 0 where the figures do not vary.
 */
export function mainEffects(
  axes: readonly Axis[],
  points: readonly Float64Array[],
  figures: readonly number[],
): number[] {
  const next = generator(points.length, axes.length);
  const sums = axes.map(() => 0);
  let counted = 0;
  for (let tree = 0; tree < trees; tree++) {
    const rows = Array.from({ length: Math.min(mostPoints, points.length) }, () =>
      Math.floor(uniform(next) * points.length),
    );
    const leaves = growTree(
      axes,
      rows.map((row) => points[row] ?? new Float64Array()),
      rows.map((row) => figures[row] ?? 0),
    );
    const mean = leaves.reduce((sum, leaf) => sum + volumeOf(leaf) * leaf.value, 0);
    const variance = leaves.reduce((sum, leaf) => sum + volumeOf(leaf) * (leaf.value - mean) ** 2, 0);
    if (!(variance > 1e-300)) continue;
    counted++;
    for (const side of axes.keys()) sums[side] = (sums[side] ?? 0) + marginalVariance(leaves, side, mean) / variance;
  }
  return sums.map((sum) => (counted === 0 ? 0 : sum / counted));
}

/** How much of the space a leaf is. */
function volumeOf({ sizes }: Leaf): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** Of the figure's mean over all other axes, as it depends on this one. */
function marginalVariance(leaves: readonly Leaf[], side: number, mean: number): number {
  const edges = [...new Set(leaves.flatMap(({ parts }) => (parts[side] ?? []).flatMap(({ from, to }) => [from, to])))];
  edges.sort((a, b) => a - b);
  const places = new Map(edges.map((edge, place) => [edge, place]));
  const changes = new Float64Array(edges.length + 1);
  for (const leaf of leaves) {
    const rest = (leaf.value * volumeOf(leaf)) / (leaf.sizes[side] ?? 1);
    for (const { from, to } of leaf.parts[side] ?? []) {
      const [first, last] = [places.get(from) ?? 0, places.get(to) ?? 0];
      changes[first] = (changes[first] ?? 0) + rest;
      changes[last] = (changes[last] ?? 0) - rest;
    }
  }
  let [marginal, variance] = [0, 0];
  for (let place = 0; place + 1 < edges.length; place++) {
    marginal += changes[place] ?? 0;
    variance += ((edges[place + 1] ?? 0) - (edges[place] ?? 0)) * (marginal - mean) ** 2;
  }
  return variance;
}
