/** How many runs are trained at the same time where nobody has chosen it. */
import { expect, test } from 'vitest';
import { automaticParallelRuns, type Room } from './parallel-runs';

const room: Room = { backend: 'tensorflow-cpu', cores: 16, freeMemory: 32e9, training: 0, needed: 1e9 };

test.each([
  ['two cores train one run', { cores: 2 }, 1],
  ['seven cores are one run and a rest', { cores: 7 }, 1],
  ['every four cores train one', {}, 4],
  ['never more than can be chosen', { cores: 128, freeMemory: 1e12 }, 8],
  ['a GPU trains one, whatever the cores', { backend: 'tensorflow-cuda' }, 1],
  ['memory that holds two more beside the reserve', { freeMemory: 7.5e9, needed: 3e9, training: 1 }, 3],
  ['memory that holds no further one leaves those that train', { freeMemory: 1.5e9, training: 2 }, 2],
  ['the first is trained even where memory is short', { freeMemory: 0.2e9 }, 1],
] satisfies [string, Partial<Room>, number][])('%s', (_, change, runs) => {
  expect(automaticParallelRuns({ ...room, ...change })).toBe(runs);
});
