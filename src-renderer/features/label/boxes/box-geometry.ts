/**
 * The geometry of drawing boxes: what a click meets, how edges follow the pointer, snap and stay inside. All in pixels of the
 * original picture, from its top left corner, so that nothing hangs on how large it is shown.
 */
import type { PictureSize } from '../../../../src-main/catalog';
import type { Box } from '../../../../src-main/contract';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Right and bottom are where the box ends: a box of one pixel goes from 4 to 5. */
export interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Which edges a handle takes along. */
export const handles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type Handle = (typeof handles)[number];

/** Edges that others snap to. */
export interface Guides {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** What a gesture is bound by. */
export interface Bounds {
  readonly picture: PictureSize;
  /** Empty where snapping is off. */
  readonly guides: Guides;
  /** How near an edge must come to snap. */
  readonly reach: number;
}

export interface Placed {
  readonly edges: Edges;
  /** The guides on which it lies, to be shown. */
  readonly on: Guides;
}

export const noGuides: Guides = { x: [], y: [] };
/** Six digits of a share tell a pixel of any picture that is taken, as in an import. */
const DIGITS = 1e6;

export function edgesOf({ x, y, width, height }: Box, picture: PictureSize): Edges {
  return {
    left: tidied(x * picture.width),
    top: tidied(y * picture.height),
    right: tidied((x + width) * picture.width),
    bottom: tidied((y + height) * picture.height),
  };
}

export function boxOf(label: string, { left, top, right, bottom }: Edges, picture: PictureSize): Box {
  const x = share(left, picture.width);
  const y = share(top, picture.height);
  const width = share(right, picture.width) - x;
  const height = share(bottom, picture.height) - y;
  return { label, x, y, width: rounded(width), height: rounded(height) };
}

/** Without the noise of fractions, so that an edge on a whole pixel is there exactly and guides are met. */
function tidied(pixels: number): number {
  return Math.round(pixels * 1e4) / 1e4;
}

function share(value: number, of: number): number {
  return rounded(Math.min(1, Math.max(0, value / of)));
}

function rounded(value: number): number {
  return Math.round(value * DIGITS) / DIGITS;
}

/** The edges of the picture and of all boxes but one. @param except its place; −1 for none */
export function guidesOf(all: readonly Edges[], except: number, picture: PictureSize): Guides {
  const others = all.filter((_, place) => place !== except);
  return {
    x: [0, picture.width, ...others.flatMap(({ left, right }) => [left, right])],
    y: [0, picture.height, ...others.flatMap(({ top, bottom }) => [top, bottom])],
  };
}

/** A box from one corner to the other; whole pixels, at least one each way. */
export function drawn(from: Point, to: Point, bounds: Bounds): Placed {
  const x = drawnSide(from.x, to.x, bounds.picture.width, bounds.guides.x, bounds.reach);
  const y = drawnSide(from.y, to.y, bounds.picture.height, bounds.guides.y, bounds.reach);
  return {
    edges: { left: x.from, right: x.to, top: y.from, bottom: y.to },
    on: { x: x.on, y: y.on },
  };
}

function drawnSide(from: number, to: number, most: number, guides: readonly number[], reach: number) {
  const ends = [from, to].map((value) => snapped(value, most, guides, reach));
  const values = ends.map(({ value }) => value).sort((one, other) => one - other);
  const [first = 0, last = 0] = values;
  return { ...atLeastOne(first, last, most), on: ends.flatMap(({ guide }) => (guide === null ? [] : [guide])) };
}

/** The whole box goes along, and keeps its size; the edge that comes nearest to a guide snaps. */
export function moved(edges: Edges, by: Point, bounds: Bounds): Placed {
  const x = movedSide(edges.left, edges.right, by.x, bounds.picture.width, bounds.guides.x, bounds.reach);
  const y = movedSide(edges.top, edges.bottom, by.y, bounds.picture.height, bounds.guides.y, bounds.reach);
  return { edges: { left: x.from, right: x.to, top: y.from, bottom: y.to }, on: { x: x.on, y: y.on } };
}

function movedSide(from: number, to: number, by: number, most: number, guides: readonly number[], reach: number) {
  if (by === 0) return { from, to, on: [] };
  let shift = Math.round(from + by) - from;
  let nearest = reach;
  for (const guide of guides) {
    for (const edge of [from, to]) {
      const distance = Math.abs(edge + by - guide);
      if (distance > nearest || (distance === nearest && nearest === 0)) continue;
      nearest = distance;
      shift = guide - edge;
    }
  }
  const size = to - from;
  const start = Math.min(Math.max(0, from + shift), most - size);
  const on = guides.filter((guide) => guide === start || guide === start + size);
  return { from: start, to: start + size, on };
}

/** The handle's edges follow the pointer; drawn over the opposite edge, the box turns over. */
export function resized(edges: Edges, handle: Handle, by: Point, bounds: Bounds): Placed {
  const near = { x: handle.includes('w'), y: handle.includes('n') };
  const far = { x: handle.includes('e'), y: handle.includes('s') };
  const { picture, guides, reach } = bounds;
  const side = (
    from: number,
    to: number,
    shift: number,
    first: boolean,
    last: boolean,
    most: number,
    lines: readonly number[],
  ) => {
    if (!first && !last) return { from, to, on: [] };
    const { value, guide } = snapped((first ? from : to) + shift, most, lines, reach);
    const fixed = first ? to : from;
    return { ...atLeastOne(Math.min(value, fixed), Math.max(value, fixed), most), on: guide === null ? [] : [guide] };
  };
  const x = side(edges.left, edges.right, by.x, near.x, far.x, picture.width, guides.x);
  const y = side(edges.top, edges.bottom, by.y, near.y, far.y, picture.height, guides.y);
  return { edges: { left: x.from, right: x.to, top: y.from, bottom: y.to }, on: { x: x.on, y: y.on } };
}

/** The nearest guide within reach, else the nearest whole pixel; inside the picture. */
function snapped(value: number, most: number, guides: readonly number[], reach: number) {
  let guide: number | null = null;
  for (const line of guides) {
    const isNearer =
      guide === null ? Math.abs(line - value) <= reach : Math.abs(line - value) < Math.abs(guide - value);
    if (isNearer) guide = line;
  }
  return { value: Math.min(most, Math.max(0, guide ?? Math.round(value))), guide };
}

function atLeastOne(from: number, to: number, most: number): { from: number; to: number } {
  if (to - from >= 1) return { from, to };
  const start = Math.max(0, Math.min(from, most - 1));
  return { from: start, to: Math.min(most, start + 1) };
}

/**
 * The boxes under a point, the smallest first, since a large one can be met beside it.
 * @param reach how far outside a box still counts.
 */
export function boxesAt(all: readonly Edges[], { x, y }: Point, reach: number): number[] {
  return all
    .map((edges, place) => ({ edges, place, area: (edges.right - edges.left) * (edges.bottom - edges.top) }))
    .filter(({ edges: { left, top, right, bottom } }) => {
      return x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach;
    })
    .sort((one, other) => one.area - other.area || one.place - other.place)
    .map(({ place }) => place);
}

/** The next of the boxes at one place, so that clicks reach each of those that lie over each other. */
export function nextAt(found: readonly number[], selected: number): number {
  const at = found.indexOf(selected);
  return found[(at + 1) % Math.max(1, found.length)] ?? -1;
}

/** Where a handle lies. */
export function handlePoint({ left, top, right, bottom }: Edges, handle: Handle): Point {
  const x = handle.includes('w') ? left : handle.includes('e') ? right : (left + right) / 2;
  const y = handle.includes('n') ? top : handle.includes('s') ? bottom : (top + bottom) / 2;
  return { x, y };
}

/** The handle within reach of a point; corners before sides, as they are what remains of a tiny box. */
export function handleAt(edges: Edges, point: Point, reach: number): Handle | null {
  const near = handles.filter((handle) => {
    const { x, y } = handlePoint(edges, handle);
    return Math.abs(point.x - x) <= reach && Math.abs(point.y - y) <= reach;
  });
  return near.find(({ length }) => length === 2) ?? near[0] ?? null;
}
