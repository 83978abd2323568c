/** Which of many equally high rows are worth drawing: those in sight and a few around them. */

export interface VirtualWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * @param offset pixels scrolled past. @param extent pixels in sight. @param size pixels per row.
 * @param overscan rows drawn before and after, so that fast scrolling meets no holes.
 */
export function virtualWindow(
  offset: number,
  extent: number,
  size: number,
  count: number,
  overscan = 3,
): VirtualWindow {
  const first = Math.max(0, Math.min(count, Math.floor(offset / size)) - overscan);
  const end = Math.min(count, Math.ceil((offset + extent) / size) + overscan);
  return { first, end: Math.max(first, end) };
}

/**
 * How many elements are enough for any window of this height, so that a line that comes can take the place of one that goes: to
 * fill an element anew costs a fraction of making one. Lines that follow each other differ in `line % poolSize(…)`.
 */
export function poolSize(extent: number, size: number, overscan = 3): number {
  return Math.max(1, Math.ceil(extent / size) + 1 + 2 * overscan);
}

/**
 * The next step from the lines that are drawn to those that are wanted: lines out of the window go, at most `most` come,
 * those in sight first. Ascending.
 */
export function arriveAt(
  drawn: readonly number[],
  wanted: VirtualWindow,
  visible: VirtualWindow,
  most: number,
): readonly number[] {
  const kept = drawn.filter((line) => line >= wanted.first && line < wanted.end);
  const here = new Set(kept);
  const missing: number[] = [];
  for (let line = wanted.first; line < wanted.end; line += 1) if (!here.has(line)) missing.push(line);
  const inSight = (line: number) => Number(line >= visible.first && line < visible.end);
  const coming = missing.sort((a, b) => inSight(b) - inSight(a) || a - b).slice(0, most);
  return [...kept, ...coming].sort((a, b) => a - b);
}

/** Where to scroll so that a row is wholly in sight; the same offset if it is. */
export function offsetToShow(index: number, offset: number, extent: number, size: number): number {
  if (index * size < offset) return index * size;
  return Math.max(offset, (index + 1) * size - extent);
}

/**
 * The next active cell by a key, or null if the key does not move.
 * @param columns cells per row; 1 for a list. @param page rows in sight.
 */
export function moveByKey(key: string, active: number, count: number, columns: number, page: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    ArrowRight: columns === 1 ? 0 : 1,
    ArrowLeft: columns === 1 ? 0 : -1,
    PageDown: columns * Math.max(1, page - 1),
    PageUp: -columns * Math.max(1, page - 1),
    Home: -active,
    End: count - 1 - active,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (!step || count === 0) return null;
  return Math.min(count - 1, Math.max(0, active + step));
}
