/** Exported figures must be the drawn ones. */
import { expect, test } from 'vitest';
import { seriesToCsv, type Series } from './series';

const line = (label: string, points: [number, number][]): Series => ({
  key: label,
  label,
  points: points.map(([x, y]) => ({ x, y })),
  colour: 0,
  dash: 0,
});

test('one row per x, an empty cell where a line has no point', () => {
  const training = line('training', [
    [1, 0.5],
    [2, 0.25],
  ]);
  expect(seriesToCsv('epoch', [training, line('validation, mean', [[2, 0.3]])])).toBe(
    'epoch,training,"validation, mean"\n1,0.5,\n2,0.25,0.3\n',
  );
});
