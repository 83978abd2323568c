/** A point must stand at the same moment of the training, whatever the axis. */
import { expect, test } from 'vitest';
import { alongAxis, placed } from './curve-axis';

const epochs = [10, 30, 20].map((seconds, index) => ({ epoch: index + 1, metrics: {}, seconds, examplesPerSecond: 1 }));
const batches = [
  { step: 5, epoch: 0.5, loss: 1 },
  { step: 34, epoch: 3.4, loss: 1 },
];

test('steps follow from the steps of an epoch', () => {
  const along = alongAxis('step', { epochs, batches })!;
  expect([0.5, 1, 3.4].map(along)).toEqual([5, 10, 34]);
});

test('time is what epochs took, shared out within them, and foreseen for the one that is under way', () => {
  const along = alongAxis('time', { epochs, batches })!;
  expect([0, 1, 1.5, 2, 3].map(along)).toEqual([0, 10, 25, 40, 60]);
  expect(along(3.5)).toBe(70);
});

test('before the first epoch has ended nothing can be placed in time', () => {
  expect(alongAxis('time', { epochs: [], batches })).toBeNull();
  const series = [{ key: 'loss', label: 'Loss', points: [{ x: 0.5, y: 1 }], colour: 0, dash: 0 }];
  expect(placed(series, null)[0]!.points).toEqual([]);
});
