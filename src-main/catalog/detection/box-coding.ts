/**
 * Boxes as a network without anchors learns them, on a grid of cells over the picture (Zhou et al., "Objects as Points", 2019; Liu
 * et al., "Training-Time-Friendly Network", AAAI 2020): a map per class that is 1 at the cell of a box's middle and falls off
 * around it, and in the cells near a middle where the box lies, coded as offset of its middle and logarithm of its size.
 */
import type { TrueBox } from './matching';
import type { Rectangle } from './overlap';

export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

/** Values that a cell says of its box. */
export const boxValues = 4;

export interface CellTargets {
  /** `rows × columns × classes`, 0 to 1. */
  readonly heat: Float32Array;
  /** `rows × columns × 4`: middle across and down, width, height, in cells; 1 where no box is. */
  readonly boxes: Float32Array;
  /** `rows × columns`: how much a cell's box counts, a box's cells together 1. */
  readonly weights: Float32Array;
  /** Boxes in the picture. */
  readonly count: number;
}

/** Of a box's half side: within this ellipse around its middle the map is above 0 and cells learn the box (TTFNet's α). */
const REACH = 0.54;
/** Narrower than this a map falls to nothing at the next cell. */
const LEAST_SIGMA = 0.25;

/** @param there boxes in shares of the picture, the middle inside. A cell in the reach of several learns the smallest. */
export function cellTargets(there: readonly TrueBox[], { rows, columns }: Grid, classes: number): CellTargets {
  const heat = new Float32Array(rows * columns * classes);
  const boxes = new Float32Array(rows * columns * boxValues).fill(1);
  const weights = new Float32Array(rows * columns);
  const areaOf = ({ width, height }: Rectangle) => width * height;
  // The smallest comes last and takes its cells from the others.
  const owners = new Int32Array(rows * columns).fill(-1);
  const sorted = [...there].sort((one, other) => areaOf(other) - areaOf(one));
  for (const [place, box] of sorted.entries()) {
    const middle = { x: (box.x + box.width / 2) * columns, y: (box.y + box.height / 2) * rows };
    const size = { x: box.width * columns, y: box.height * rows };
    for (const { cell, value, isReached } of bump(middle, size, { rows, columns })) {
      const at = cell * classes + box.label;
      heat[at] = Math.max(heat[at] ?? 0, value);
      if (!isReached) continue;
      owners[cell] = place;
      weights[cell] = value;
      boxes.set([middle.x, middle.y, size.x, size.y], cell * boxValues);
    }
  }
  shareOut(weights, owners, sorted.length);
  return { heat, boxes, weights, count: there.length };
}

/** Cells around a middle with the value of a Gaussian there, 1 in the cell that holds it. */
function* bump(middle: { x: number; y: number }, size: { x: number; y: number }, { rows, columns }: Grid) {
  const home = { x: cellAt(middle.x, columns), y: cellAt(middle.y, rows) };
  const sigma = {
    x: Math.max(LEAST_SIGMA, (REACH * size.x) / 6),
    y: Math.max(LEAST_SIGMA, (REACH * size.y) / 6),
  };
  const far = { x: Math.ceil(3 * sigma.x), y: Math.ceil(3 * sigma.y) };
  for (let y = Math.max(0, home.y - far.y); y <= Math.min(rows - 1, home.y + far.y); y += 1) {
    for (let x = Math.max(0, home.x - far.x); x <= Math.min(columns - 1, home.x + far.x); x += 1) {
      const away = ((x - home.x) / sigma.x) ** 2 + ((y - home.y) / sigma.y) ** 2;
      const value = Math.exp(-away / 2);
      yield { cell: y * columns + x, value, isReached: away <= 9 };
    }
  }
}

function cellAt(place: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, Math.floor(place)));
}

/** Large boxes have many cells, small ones one: each box counts 1 in all. */
function shareOut(weights: Float32Array, owners: Int32Array, count: number): void {
  const sums = new Float64Array(count);
  for (const [cell, owner] of owners.entries()) if (owner >= 0) sums[owner] = (sums[owner] ?? 0) + (weights[cell] ?? 0);
  for (const [cell, owner] of owners.entries())
    if (owner >= 0) weights[cell] = (weights[cell] ?? 0) / (sums[owner] ?? 1);
}

/** Sizes beyond these powers of e are no cells of any picture. */
const MOST_LOG = 5;

/** What a cell would say of a box. @param box in shares of the picture. */
export function encodeBox(box: Rectangle, cell: number, { rows, columns }: Grid): [number, number, number, number] {
  const [x, y] = [cell % columns, Math.floor(cell / columns)];
  return [
    (box.x + box.width / 2) * columns - x - 0.5,
    (box.y + box.height / 2) * rows - y - 0.5,
    Math.log(box.width * columns),
    Math.log(box.height * rows),
  ];
}

/** The box that a cell speaks of, in shares of the picture, not clipped to it. The inverse of `encodeBox`. */
export function decodeBox(codes: ArrayLike<number>, cell: number, { rows, columns }: Grid): Rectangle {
  const code = (place: number) => codes[place] ?? 0;
  const side = (log: number) => Math.exp(Math.min(MOST_LOG, Math.max(-MOST_LOG, log)));
  const [width, height] = [side(code(2)) / columns, side(code(3)) / rows];
  const x = ((cell % columns) + 0.5 + code(0)) / columns - width / 2;
  const y = (Math.floor(cell / columns) + 0.5 + code(1)) / rows - height / 2;
  return { x, y, width, height };
}
