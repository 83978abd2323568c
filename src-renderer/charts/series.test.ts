/** Exported figures must be the drawn ones, and safe to open in a spreadsheet. */
import { expect, test } from 'vitest';
import { csvCell, seriesToCsv, type Series } from './series';

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

test('text that looks like a formula is defused', () => {
  expect(csvCell('=1+1')).toBe("'=1+1");
  expect(csvCell('a "b"')).toBe('"a ""b"""');
  expect(csvCell('plain')).toBe('plain');
});
