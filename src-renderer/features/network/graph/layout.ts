/**
 * Where the nodes of a graph stand, from top to bottom, and where its lines run: each node one row below the lowest of its
 * sources, lines that pass rows in places of their own (Sugiyama, Tagawa & Toda 1981), rows put in order by the mean place of
 * what they are joined to. All lengths in pixels.
 */
export interface Box {
  readonly id: string;
  readonly height: number;
}
export interface Line {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Layout {
  /** Left upper corners by the ids of nodes. */
  readonly places: ReadonlyMap<string, Point>;
  /** By the ids of lines: from the middle of the source's lower edge to the middle of the target's upper edge. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
  /** Edges of all nodes and lines. The middle of the first node is at 0, so that it stays where it is when branches come. */
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

export const nodeWidth = 232;
/** Room that a line takes where it passes a row. */
const lineWidth = 28;
const columnGap = 32;
const rowGap = 44;
const sweeps = 6;

/** A node, or a line on its way past a row. */
interface Item {
  readonly id: string;
  readonly before: Item[];
  readonly after: Item[];
  /** Items in a row without a fork, itself among them: they stand straight below each other. */
  column: readonly Item[];
  /** Of the widest in its column. */
  width: number;
  /** Of its middle. */
  x: number;
}

/** @param boxes in the order of the network's list, which decides where nothing else does. Lines may form circles. */
export function layOut(boxes: readonly Box[], lines: readonly Line[]): Layout {
  const rowOf = rowsOf(boxes, lines);
  const heightOf = new Map(boxes.map(({ id, height }) => [id, height]));
  const { rows, items, passing } = itemsOf(boxes, lines, rowOf);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const row of isDown ? rows : rows.toReversed()) order(row, isDown ? 'before' : 'after');
  }
  for (const item of rows.flat()) join(item);
  for (const row of rows) align(row, () => 0);
  for (let sweep = 0; sweep < 2 * sweeps; sweep += 1) {
    for (const row of sweep % 2 === 0 ? rows : rows.toReversed()) align(row, wanted);
  }
  const anchor = items.get(boxes[0]?.id ?? '')?.x ?? 0;
  const left = Math.min(0, ...rows.flat().map(({ x, width }) => x - anchor - width / 2));
  const right = Math.max(0, ...rows.flat().map(({ x, width }) => x - anchor + width / 2));
  const tops: number[] = [];
  let bottom = 0;
  const heights = rows.map((row) => Math.max(0, ...row.map(({ id }) => heightOf.get(id) ?? 0)));
  for (const height of heights) {
    tops.push(bottom);
    bottom += height + rowGap;
  }
  const top = (id: string) => tops[rowOf.get(id) ?? 0] ?? 0;
  const middle = (id: string) => (items.get(id)?.x ?? 0) - anchor;
  const routes = lines.map((line): [string, Point[]] => {
    const between = (passing.get(line.id) ?? []).flatMap(({ x }, at) => {
      const row = (rowOf.get(line.source) ?? 0) + 1 + at;
      const y = tops[row] ?? 0;
      return [
        { x: x - left, y },
        { x: x - left, y: y + (heights[row] ?? 0) },
      ];
    });
    const start = { x: middle(line.source), y: top(line.source) + (heightOf.get(line.source) ?? 0) };
    return [line.id, [start, ...between, { x: middle(line.target), y: top(line.target) }]];
  });
  return {
    places: new Map(boxes.map(({ id }) => [id, { x: middle(id) - nodeWidth / 2, y: top(id) }])),
    routes: new Map(routes),
    left,
    right,
    height: Math.max(0, bottom - rowGap),
  };
}

/** The row of each node: one below the lowest of its sources. Where all that is left waits in circles, the first goes on. */
function rowsOf(boxes: readonly Box[], lines: readonly Line[]): Map<string, number> {
  const rows = new Map<string, number>();
  const left = new Set(boxes.map(({ id }) => id));
  const sources = new Map<string, string[]>();
  for (const { source, target } of lines) sources.set(target, [...(sources.get(target) ?? []), source]);
  while (left.size > 0) {
    const isReady = (id: string) => (sources.get(id) ?? []).every((source) => !left.has(source));
    const next = [...left].find(isReady) ?? [...left][0];
    if (next === undefined) break;
    const above = (sources.get(next) ?? []).map((source) => rows.get(source) ?? -1);
    rows.set(next, Math.max(-1, ...above) + 1);
    left.delete(next);
  }
  return rows;
}

/** Nodes and passing lines by row, joined to what they are joined to in the rows beside. Lines upwards join nothing. */
function itemsOf(boxes: readonly Box[], lines: readonly Line[], rowOf: ReadonlyMap<string, number>) {
  const item = (id: string, width: number): Item => ({ id, width, before: [], after: [], column: [], x: 0 });
  const items = new Map(boxes.map(({ id }) => [id, item(id, nodeWidth)]));
  const rows: Item[][] = Array.from({ length: Math.max(-1, ...rowOf.values()) + 1 }, () => []);
  for (const [id, one] of items) rows[rowOf.get(id) ?? 0]?.push(one);
  const passing = new Map<string, Item[]>();
  for (const { id, source, target } of lines) {
    const [from, to] = [rowOf.get(source) ?? 0, rowOf.get(target) ?? 0];
    const [start, end] = [items.get(source), items.get(target)];
    if (!start || !end || to <= from) continue;
    const between = Array.from({ length: to - from - 1 }, (_, at) => item(`${id}@${at}`, lineWidth));
    between.forEach((one, at) => rows[from + 1 + at]?.push(one));
    passing.set(id, between);
    const chain = [start, ...between, end];
    chain.slice(1).forEach((one, at) => {
      const before = chain[at];
      if (!before) return;
      one.before.push(before);
      before.after.push(one);
    });
  }
  for (const row of rows) row.forEach((one, at) => (one.x = at));
  return { rows, items, passing };
}

const mean = (items: readonly Item[]) => items.reduce((sum, { x }) => sum + x, 0) / items.length;

/** Puts a row in the order of the mean places of its neighbours on one side; places are numbers in the row meanwhile. */
function order(row: Item[], side: 'before' | 'after'): void {
  const place = new Map(row.map((item) => [item, item[side].length > 0 ? mean(item[side]) : item.x]));
  row.sort((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0));
  row.forEach((item, at) => (item.x = at));
}

/** Finds the column that begins at an item; those that do not begin one are found from where theirs does. */
function join(item: Item): void {
  const [above] = item.before;
  if (item.before.length === 1 && above?.after.length === 1) return;
  const column = [item];
  for (let [last] = column; last?.after.length === 1; last = last.after[0]) {
    const next = last.after[0];
    if (!next || next.before.length !== 1) break;
    column.push(next);
  }
  const width = Math.max(...column.map((one) => one.width));
  for (const one of column) Object.assign(one, { column, width });
}

/** In the middle of all that its column is joined to. */
function wanted({ column, x }: Item): number {
  const beside = [...(column[0]?.before ?? []), ...(column.at(-1)?.after ?? [])];
  return beside.length > 0 ? mean(beside) : x;
}

/**
 * Moves a row's items as little as possible from where they should be, in their order and without touching: least squares
 * by pooling neighbours that would collide.
 */
function align(row: readonly Item[], place: (item: Item) => number): void {
  let offset = 0;
  const pools: { sum: number; items: Item[] }[] = [];
  const offsets = new Map<Item, number>();
  row.forEach((item, at) => {
    const last = row[at - 1];
    if (last) offset += (last.width + item.width) / 2 + columnGap;
    offsets.set(item, offset);
    pools.push({ sum: place(item) - offset, items: [item] });
    for (let [one, other] = pools.slice(-2); one && other; [one, other] = pools.slice(-2)) {
      if (one.sum / one.items.length <= other.sum / other.items.length) break;
      pools.splice(-2, 2, { sum: one.sum + other.sum, items: [...one.items, ...other.items] });
    }
  });
  for (const { sum, items } of pools) {
    for (const item of items) item.x = sum / items.length + (offsets.get(item) ?? 0);
  }
}

/** The nearest of routes to a point. @returns its id; null where there are none. */
export function nearestRoute(routes: ReadonlyMap<string, readonly Point[]>, point: Point): string | null {
  let found: string | null = null;
  let shortest = Infinity;
  for (const [id, route] of routes) {
    route.slice(1).forEach((end, at) => {
      const start = route[at];
      if (!start) return;
      const distance = toSegment(point, start, end);
      if (distance >= shortest) return;
      shortest = distance;
      found = id;
    });
  }
  return found;
}

function toSegment(point: Point, start: Point, end: Point): number {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - start.x) * dx + (point.y - start.y) * dy) / length;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - start.x - share * dx, point.y - start.y - share * dy);
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The node that an arrow key goes to: across, the nearest in the row; up and down, the nearest in the next row. */
export function neighbour(places: Layout['places'], id: string, direction: Direction): string | null {
  const from = places.get(id);
  if (!from) return null;
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const candidates = [...places].flatMap(([other, { x, y }]) => {
    const [along, aside] = isAcross ? [x - from.x, y - from.y] : [y - from.y, x - from.x];
    if (along * sign <= 0 || (isAcross && aside !== 0)) return [];
    return [{ other, along: along * sign, aside: Math.abs(aside) }];
  });
  candidates.sort((one, two) => one.along - two.along || one.aside - two.aside);
  return candidates[0]?.other ?? null;
}
