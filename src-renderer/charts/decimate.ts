/**
 * Thins a long line before it is drawn, without losing an extreme: each stretch of the horizontal axis keeps its first,
 * lowest, highest and last point. Chart.js's own decimation drops extremes, so it is not used. The part in view is thinned by
 * itself, so that a closer look shows every point there is; blocks of a long line remember their extremes, so that moving
 * about in it does not read it all again.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A stretch of the horizontal axis. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * @param points in ascending order of x.
 * @param buckets how many stretches to keep, about one per pixel column drawn.
 * @returns at most `4 · buckets` of the given points in their order; the input itself where it is short enough.
 */
export function decimate(points: readonly Point[], buckets: number): readonly Point[] {
  if (points.length <= 4 * buckets) return points;
  const kept: Point[] = [];
  const isThinned = inStretches(points, buckets, null, (first, lowest, highest, last) => {
    const extremes = lowest.x <= highest.x ? [lowest, highest] : [highest, lowest];
    kept.push(...new Set([first, ...extremes, last]));
  });
  return isThinned ? kept : points;
}

/** The points in view and one more on each side, to which the line leads. */
export function pointsWithin(points: readonly Point[], range: Range | null): readonly Point[] {
  if (!range) return points;
  const { start, end } = visible(points, range);
  return points.slice(start, end);
}

/** Told of a stretch: its first, lowest, highest and last point. */
type Visit = (first: Point, lowest: Point, highest: Point, last: Point) => void;

/**
 * Divides what is in view into stretches of the same length and tells of those that have points, from left to right.
 * @param range the part in view, the whole line where null.
 * @returns false, without having told of any, where there are no more than two points for each.
 */
export function inStretches(points: readonly Point[], buckets: number, range: Range | null, visit: Visit): boolean {
  const within = range ? visible(points, range) : { start: 0, end: points.length };
  const first = points[within.start];
  const last = points[within.end - 1];
  if (buckets < 1 || within.end - within.start <= 2 * buckets || !first || !last || last.x <= first.x) return false;
  const width = (last.x - first.x) / buckets;
  const usual = Math.ceil((within.end - within.start) / buckets);
  const extremes = points.length >= LONG ? extremesOf(points) : null;
  for (let start = within.start; start < within.end;) {
    const bucket = bucketOf(points[start], first.x, width, buckets);
    const isBeyond = (index: number) => bucketOf(points[index], first.x, width, buckets) > bucket;
    const end = firstNear(start + usual, start + 1, within.end, isBeyond);
    visitStretch(points, start, end, extremes, visit);
    start = end;
  }
  return true;
}

/** How many of the points lie in view. */
export function countWithin(points: readonly Point[], range: Range | null): number {
  if (!range) return points.length;
  return pastLast(points, range.to) - firstWhere(0, points.length, (index) => (points[index]?.x ?? 0) >= range.from);
}

/** The lowest and the highest value in view, of those that are numbers; low above high where there are none. */
export function extremesWithin(points: readonly Point[], range: Range | null): Span {
  const start = range ? firstWhere(0, points.length, (index) => (points[index]?.x ?? 0) >= range.from) : 0;
  const end = range ? pastLast(points, range.to) : points.length;
  if (points.length < LONG) return spanOf(points, start, end);
  const { low, high } = extremesOf(points);
  const [firstBlock, pastBlocks] = [Math.ceil(start / BLOCK), Math.floor(end / BLOCK)];
  if (firstBlock >= pastBlocks) return spanOf(points, start, end);
  const [before, after] = [spanOf(points, start, firstBlock * BLOCK), spanOf(points, pastBlocks * BLOCK, end)];
  const span = { low: Math.min(before.low, after.low), high: Math.max(before.high, after.high) };
  for (let block = firstBlock; block < pastBlocks; block += 1) {
    span.low = Math.min(span.low, low[block] ?? Number.POSITIVE_INFINITY);
    span.high = Math.max(span.high, high[block] ?? Number.NEGATIVE_INFINITY);
  }
  return span;
}

export interface Span {
  readonly low: number;
  readonly high: number;
}

function spanOf(points: readonly Point[], start: number, end: number): Span {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = start; index < end; index += 1) {
    const y = points[index]?.y ?? Number.NaN;
    if (!Number.isFinite(y)) continue;
    if (y < low) low = y;
    if (y > high) high = y;
  }
  return { low, high };
}

/** Places of the points in view and of one more on each side. */
function visible(points: readonly Point[], { from, to }: Range): { start: number; end: number } {
  const start = firstWhere(0, points.length, (index) => (points[index]?.x ?? 0) >= from);
  return { start: Math.max(0, start - 1), end: Math.min(points.length, pastLast(points, to) + 1) };
}

function pastLast(points: readonly Point[], to: number): number {
  return firstWhere(0, points.length, (index) => (points[index]?.x ?? 0) > to);
}

/** The first place in `start…end` for which the test holds, which holds for all after it; `end` if for none. */
function firstWhere(start: number, end: number, holds: (index: number) => boolean): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** As `firstWhere`, sooner where the place is near the guess. */
function firstNear(guess: number, start: number, end: number, holds: (index: number) => boolean): number {
  let [low, high] = [start, end];
  let step = 1;
  let at = Math.min(guess, end - 1);
  while (at >= low && at < high) {
    if (holds(at)) {
      high = at;
      at -= step;
    } else {
      low = at + 1;
      at += step;
    }
    step *= 2;
  }
  return firstWhere(low, high, holds);
}

function bucketOf(point: Point | undefined, origin: number, width: number, buckets: number): number {
  return point ? Math.min(buckets - 1, Math.floor((point.x - origin) / width)) : -1;
}

/** Tells of `points[start..end)`, read in blocks where their extremes are known. */
function visitStretch(
  points: readonly Point[],
  start: number,
  end: number,
  extremes: Extremes | null,
  visit: Visit,
): void {
  const [first, last] = [points[start], points[end - 1]];
  if (!first || !last) return;
  let lowest = first;
  let highest = first;
  for (let index = start; index < end;) {
    const whole = extremes && index % BLOCK === 0 && index + BLOCK <= end ? index / BLOCK : -1;
    const low = points[extremes?.lowest[whole] ?? index];
    const high = points[extremes?.highest[whole] ?? index];
    if (low && low.y < lowest.y) lowest = low;
    if (high && high.y > highest.y) highest = high;
    index += whole === -1 ? 1 : BLOCK;
  }
  visit(first, lowest, highest, last);
}

/** The lowest and the highest point of each block of a line, of those that are numbers: their places and their values. */
interface Extremes {
  readonly lowest: Int32Array;
  readonly highest: Int32Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

const BLOCK = 64;
/** Points of a line that is read in blocks. */
const LONG = 4096;
const known = new WeakMap<readonly Point[], Extremes>();

function extremesOf(points: readonly Point[]): Extremes {
  const found = known.get(points);
  if (found) return found;
  const blocks = Math.ceil(points.length / BLOCK);
  const made = {
    ...{ lowest: new Int32Array(blocks), highest: new Int32Array(blocks) },
    ...{ low: new Float64Array(blocks), high: new Float64Array(blocks) },
  };
  for (let block = 0; block < blocks; block += 1) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    made.lowest[block] = made.highest[block] = block * BLOCK;
    for (let index = block * BLOCK; index < Math.min(points.length, (block + 1) * BLOCK); index += 1) {
      const y = points[index]?.y ?? Number.NaN;
      if (y < low && y > Number.NEGATIVE_INFINITY) {
        low = y;
        made.lowest[block] = index;
      }
      if (y > high && y < Number.POSITIVE_INFINITY) {
        high = y;
        made.highest[block] = index;
      }
    }
    made.low[block] = low;
    made.high[block] = high;
  }
  known.set(points, made);
  return made;
}
