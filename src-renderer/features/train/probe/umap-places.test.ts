/** UMAP of the probe's places: neighbours stay neighbours where two axes draw them over each other. */
import { expect, test } from 'vitest';
import { umapPlaces } from './umap-places';

const AXES = 8;

/** Eight tight groups, two of each along one of four axes: along the first two, half of them lie over each other. */
function groups(count: number, spread: number): { places: Float32Array; group: number[] } {
  const group = Array.from({ length: count }, (_, example) => example % 8);
  const places = new Float32Array(count * AXES);
  for (let example = 0; example < count; example += 1) {
    for (let axis = 0; axis < AXES; axis += 1)
      places[example * AXES + axis] = spread * Math.sin(example * 12.9898 + axis * 78.233);
    const of = example % 8;
    places[example * AXES + (of >> 1)]! += of % 2 === 0 ? 5 : -5;
  }
  return { places, group };
}

/** Share of the nearest ten that are of the same group. */
function purity(places: Float32Array, axes: number, group: readonly number[]): number {
  let same = 0;
  group.forEach((own, example) => {
    const far = (other: number) =>
      Math.hypot(...[0, 1].map((axis) => (places[other * axes + axis] ?? 0) - (places[example * axes + axis] ?? 0)));
    const others = group.map((_, other) => other).filter((other) => other !== example);
    same +=
      others
        .sort((a, b) => far(a) - far(b))
        .slice(0, 10)
        .filter((other) => group[other] === own).length / 10;
  });
  return same / group.length;
}

test('groups that lie over each other on two axes come apart', () => {
  const { places, group } = groups(256, 0.7);
  const laid = umapPlaces(places, AXES, null);
  expect(laid).toHaveLength(512);
  expect(Math.max(...laid!.map(Math.abs))).toBeCloseTo(1, 6);
  expect(purity(places, AXES, group)).toBeLessThan(0.75);
  expect(purity(laid!, 2, group)).toBeGreaterThan(0.99);
});

test('the next epoch begins where the examples were, and moves them little', () => {
  const { places } = groups(256, 0.7);
  const first = umapPlaces(places, AXES, null)!;
  const moved = places.map((value, at) => value + 0.01 * Math.cos(at));
  const middleShift = (next: Float32Array) => {
    const shifts = Array.from({ length: 256 }, (_, example) =>
      Math.hypot(...[0, 1].map((axis) => next[2 * example + axis]! - first[2 * example + axis]!)),
    );
    return shifts.sort((a, b) => a - b)[128]!;
  };
  expect(middleShift(umapPlaces(places, AXES, null)!)).toBe(0);
  const near = middleShift(umapPlaces(moved, AXES, first)!);
  expect(near).toBeLessThan(0.25);
  expect(near).toBeLessThan(0.5 * middleShift(umapPlaces(moved, AXES, null)!));
});

test('few examples are arranged too; too few, and what is no number, are not', () => {
  expect(umapPlaces(groups(5, 0.7).places, AXES, null)).toHaveLength(10);
  expect(umapPlaces(groups(3, 0.7).places, AXES, null)).toBeNull();
  expect(umapPlaces(groups(16, 0.7).places.fill(NaN, 3, 4), AXES, null)).toBeNull();
  expect([...umapPlaces(new Float32Array(16 * AXES), AXES, null)!].every(Number.isFinite)).toBe(true);
});
