/** Colours stay with the runs that stay, and what is hidden stays hidden. */
import { expect, test } from 'vitest';
import { assignSlots, follow, noSlots } from './visible-runs';

test('a run keeps its colour while others come and go', () => {
  const first = assignSlots(noSlots, ['a', 'b', 'c']);
  expect([...first]).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ]);
  const second = assignSlots(first, ['c', 'd', 'b', 'e']);
  expect(Object.fromEntries(second)).toEqual({ b: 1, c: 2, d: 0, e: 3 });
});

test('newly chosen runs are shown while there is room, hidden ones are not', () => {
  const many = Array.from({ length: 40 }, (_, place) => `r${place}`);
  const shown = follow([], [], many);
  expect(shown).toEqual(many.slice(0, 8));
  expect(follow(['r1', 'r2'], many, many)).toEqual(['r1', 'r2']);
  expect(follow(['r1', 'r2'], ['r0', 'r1', 'r2'], ['r0', 'r2', 'r5'])).toEqual(['r2', 'r5']);
});
