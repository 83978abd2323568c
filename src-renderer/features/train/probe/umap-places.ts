/**
 * Places of the probe's examples by UMAP (McInnes, Healy & Melville 2018): neighbours among the many axes stay neighbours in the
 * plane. It begins where the examples were drawn before, so that they move little from one epoch to the next, and first at the
 * two main axes (Kobak & Linderman 2021 on why the start decides where groups come to lie).
 */
import { UMAP } from 'umap-js';
import { generator } from '../../../../src-main/catalog/random';

/** As umap-learn's own: how many neighbours a point is held by, and how near points may come. */
const NEIGHBOURS = 15;
const MINIMUM_DISTANCE = 0.1;
/** Width of the plane that it begins in, as umap-learn's. */
const START_REACH = 10;

/**
 * @param places `examples × axes`. @param axes from 2.
 * @param before `examples × 2`, what this gave for another epoch.
 * @returns `examples × 2` from -1 to 1; null where there are too few examples or a place that is no number.
 */
export function umapPlaces(places: Float32Array, axes: number, before: Float32Array | null): Float32Array | null {
  const count = places.length / axes;
  if (count < 4 || !places.every(Number.isFinite)) return null;
  const nNeighbors = Math.min(NEIGHBOURS, count - 1);
  const points = Array.from({ length: count }, (_, at) => [...places.subarray(at * axes, (at + 1) * axes)]);
  const next = generator(1);
  const umap = new UMAP({ nNeighbors, minDist: MINIMUM_DISTANCE, random: () => next() / 2 ** 32 });
  const nearest = points.map((point) => nearestTo(point, points, nNeighbors));
  umap.setPrecomputedKNN(
    nearest.map((ones) => ones.map(({ place }) => place)),
    nearest.map((ones) => ones.map(({ far }) => far)),
  );
  const epochs = umap.initializeFit(points);
  const embedding = umap.getEmbedding();
  const start = before ?? withinReach(points);
  // The rows are the library's own, which it goes on from.
  embedding.forEach((row, at) => {
    for (const axis of [0, 1]) row[axis] = START_REACH * (start[2 * at + axis] ?? 0);
  });
  for (let epoch = 0; epoch < epochs; epoch += 1) umap.step();
  return withinReach(umap.getEmbedding());
}

/** Every point is its own first neighbour, as the library expects. */
function nearestTo(point: readonly number[], points: readonly (readonly number[])[], most: number) {
  const all = points.map((other, place) => ({ place, far: Math.hypot(...other.map((x, at) => x - (point[at] ?? 0))) }));
  return all.sort((a, b) => a.far - b.far || Number(a.place > b.place)).slice(0, most);
}

/** Around their middle, the furthest at 1. */
function withinReach(rows: readonly (readonly number[])[]): Float32Array {
  const middle = [0, 1].map((axis) => rows.reduce((sum, row) => sum + (row[axis] ?? 0), 0) / rows.length);
  const centred = Float32Array.from(
    rows.flatMap((row) => [0, 1].map((axis) => (row[axis] ?? 0) - (middle[axis] ?? 0))),
  );
  const reach = centred.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return centred.map((value) => value / reach);
}
