/**
 * Places of examples on their principal axes, from the products of all pairs of them (Gram matrix), so that the width of what
 * is projected does not matter; and turned so that they move little from one reading to the next.
 */
import { generator } from '../../catalog/random';

/** Rounds of the iteration at most: eigenvalues that are apart have settled by then, and of near ones any axes between them do. */
const ROUNDS = 25;
/** The iteration ends when no eigenvalue moves by more than this share of it: axes are then right to about its root. */
const SETTLED = 1e-5;

/**
 * By orthogonal iteration (Golub & Van Loan, "Matrix Computations", 8.2.4).
 * @param gram `count × count` products of centred examples, row after row.
 * @param before places of the same examples a little earlier, near which the iteration begins: few rounds are left then.
 * @returns `count × axes`; axes beyond the rank are 0, and all are where a product is not finite.
 */
export function principalPlaces(
  gram: ArrayLike<number>,
  count: number,
  axes: number,
  before: Float32Array | null = null,
): Float32Array<ArrayBuffer> {
  const places = new Float32Array(count * axes);
  const matrix = new Float64Array(gram);
  for (const product of matrix) if (!Number.isFinite(product)) return places;
  const basis = beginning(count, axes, before);
  let values = basis.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const next = basis.map((vector, axis) => {
      vector.set(times(matrix, vector));
      return orthonormalize(vector, basis.slice(0, axis));
    });
    const isSettled = next.every((value, axis) => Math.abs(value - (values[axis] ?? 0)) <= SETTLED * value);
    values = next;
    if (isSettled) break;
  }
  const least = 1e-7 * (values[0] ?? 0);
  basis.forEach((vector, axis) => {
    const value = values[axis] ?? 0;
    if (value <= least) return;
    for (let at = 0; at < count; at++) places[at * axes + axis] = (vector[at] ?? 0) * Math.sqrt(value);
  });
  return places;
}

/** Directions to begin with: those of the places before, with a little of any direction, so that none is missed. */
function beginning(count: number, axes: number, before: Float32Array | null): Float64Array[] {
  const next = generator(1);
  const known = before?.length === count * axes ? before : null;
  return Array.from({ length: Math.min(axes, count) }, (_, axis) => {
    const vector = Float64Array.from({ length: count }, (_unused, at) => known?.[at * axes + axis] ?? 0);
    const length = Math.hypot(...vector);
    const little = length > 0 ? (0.01 * length) / Math.sqrt(count) : 1;
    return vector.map((value) => value + little * (next() / 2 ** 32 - 0.5));
  });
}

/**
 * Turns, and mirrors where that fits better, the first two axes so that examples lie as near as they can to where they lay
 * (orthogonal Procrustes in the plane, Schönemann 1966).
 * @param places `count × axes`, changed in place. @param before as `places`, of the same examples.
 */
export function turnTowards(places: Float32Array, before: Float32Array, axes: number): void {
  if (places.length !== before.length || axes < 2) return;
  const [direct, mirrored] = [angleOf(places, before, axes, 1), angleOf(places, before, axes, -1)];
  const side = mirrored.fit > direct.fit ? -1 : 1;
  const { cosine, sine } = side === 1 ? direct : mirrored;
  for (let at = 0; at < places.length; at += axes) {
    const [x, y] = [places[at] ?? 0, side * (places[at + 1] ?? 0)];
    places[at] = cosine * x - sine * y;
    places[at + 1] = sine * x + cosine * y;
  }
}

function angleOf(places: Float32Array, before: Float32Array, axes: number, side: 1 | -1) {
  let [along, across] = [0, 0];
  for (let at = 0; at < places.length; at += axes) {
    const [x, y] = [places[at] ?? 0, side * (places[at + 1] ?? 0)];
    const [toX, toY] = [before[at] ?? 0, before[at + 1] ?? 0];
    along += x * toX + y * toY;
    across += x * toY - y * toX;
  }
  const fit = Math.hypot(along, across);
  return fit === 0 ? { fit, cosine: 1, sine: 0 } : { fit, cosine: along / fit, sine: across / fit };
}

/** Four sums at a time: one alone waits for each of its additions. */
function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const count = vector.length;
  const product = new Float64Array(count);
  const whole = count - (count % 4);
  for (let row = 0, at = 0; row < count; row++) {
    let [one, two, three, four] = [0, 0, 0, 0];
    for (let column = 0; column < whole; column += 4, at += 4) {
      one += (matrix[at] ?? 0) * (vector[column] ?? 0);
      two += (matrix[at + 1] ?? 0) * (vector[column + 1] ?? 0);
      three += (matrix[at + 2] ?? 0) * (vector[column + 2] ?? 0);
      four += (matrix[at + 3] ?? 0) * (vector[column + 3] ?? 0);
    }
    for (let column = whole; column < count; column++, at++) one += (matrix[at] ?? 0) * (vector[column] ?? 0);
    product[row] = one + two + three + four;
  }
  return product;
}

/** @returns the length that was left once what lies along the others was taken off. */
function orthonormalize(vector: Float64Array, others: readonly Float64Array[]): number {
  for (const other of others) {
    let along = 0;
    for (let at = 0; at < vector.length; at++) along += (vector[at] ?? 0) * (other[at] ?? 0);
    for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) - along * (other[at] ?? 0);
  }
  const length = Math.hypot(...vector);
  if (length > 0) for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / length;
  return length;
}
