/**
 * Thins a long line before it is drawn, without losing an extreme: each stretch of the horizontal axis keeps its first,
 * lowest, highest and last point. Chart.js's own decimation drops extremes, so it is not used.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * @param points in ascending order of x.
 * @param buckets how many stretches to keep, about one per pixel column drawn.
 * @returns at most `4 · buckets` of the given points in their order; the input itself where it is short enough.
 */
export function decimate(points: readonly Point[], buckets: number): readonly Point[] {
  if (buckets < 1 || points.length <= 4 * buckets) return points;
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last || last.x <= first.x) return points;
  const width = (last.x - first.x) / buckets;
  const kept: Point[] = [];
  let start = 0;
  while (start < points.length) {
    const bucket = bucketOf(points[start], first.x, width, buckets);
    let end = start + 1;
    while (end < points.length && bucketOf(points[end], first.x, width, buckets) === bucket) end += 1;
    keepExtremes(points, start, end, kept);
    start = end;
  }
  return kept;
}

function bucketOf(point: Point | undefined, origin: number, width: number, buckets: number): number {
  return point ? Math.min(buckets - 1, Math.floor((point.x - origin) / width)) : -1;
}

/** Adds the first, lowest, highest and last of `points[start..end)` in their order, each once. */
function keepExtremes(points: readonly Point[], start: number, end: number, kept: Point[]): void {
  let lowest = start;
  let highest = start;
  for (let index = start; index < end; index += 1) {
    const y = points[index]?.y ?? Number.NaN;
    if (y < (points[lowest]?.y ?? Number.NaN)) lowest = index;
    if (y > (points[highest]?.y ?? Number.NaN)) highest = index;
  }
  const indices = [...new Set([start, lowest, highest, end - 1])].sort((a, b) => a - b);
  for (const index of indices) {
    const point = points[index];
    if (point) kept.push(point);
  }
}
