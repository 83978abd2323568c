/** κ against scikit-learn's `cohen_kappa_score`, its error against statsmodels' `cohens_kappa` (0.14), on published tables. */
import { expect, test } from 'vitest';
import { agreementOf } from './agreement';
import { isSameAnswer, readAnswer } from './answers';
import { cohensKappa } from './kappa';

test.each([
  // Fleiss, Cohen and Everitt (1969), in per cent.
  [
    'three diagnoses',
    [
      [53, 5, 2],
      [11, 14, 5],
      [1, 6, 3],
    ],
    0.4285714285714286,
    0.0759588315346638,
  ],
  // The example of Wikipedia's article on Cohen's kappa.
  [
    '50 grant proposals',
    [
      [20, 5],
      [10, 15],
    ],
    0.4,
    0.12699606293110033,
  ],
  [
    'four classes',
    [
      [44, 5, 1, 0],
      [7, 20, 3, 2],
      [0, 6, 12, 4],
      [1, 0, 3, 9],
    ],
    0.6052298608182202,
    0.057412185164881856,
  ],
])('%s', (_, table, kappa, standardError) => {
  const found = cohensKappa(table);
  expect(found.kappa).toBeCloseTo(kappa, 12);
  expect(found.standardError).toBeCloseTo(standardError, 12);
});

test('one class throughout says nothing of agreement', () => {
  expect(cohensKappa([[7]])).toMatchObject({ observed: 1, kappa: null, standardError: null });
  expect(
    cohensKappa([
      [0, 9],
      [0, 0],
    ]).kappa,
  ).toBe(0);
});

test('several classes have a κ each, boxes are counted by overlap, numbers by correlation', () => {
  const lists = [
    ['["a","b"]', '["b","a"]'],
    ['["a"]', '[]'],
    ['[]', '[]'],
    ['["b"]', '["b"]'],
  ] as const;
  const labels = agreementOf('labels', lists);
  expect(labels.kind === 'labels' && labels.perClass.map(({ label, agreement }) => [label, agreement.kappa])).toEqual([
    ['a', 0.5],
    ['b', 1],
  ]);
  const box = (x: number, label = 'cell') => `{"label":"${label}","x":${x},"y":0,"width":0.2,"height":0.2}`;
  const boxes = agreementOf('boxes', [[`[${box(0)},${box(0.5)}]`, `[${box(0.05)},${box(0.5, 'dog')},${box(0.75)}]`]]);
  expect(boxes).toEqual({ kind: 'boxes', matched: 1, first: 2, second: 3, f1: 0.4 });
  const numbers = agreementOf('number', [
    ['1', '2'],
    ['2', '3'],
    ['3', '7'],
  ]);
  // numpy: corrcoef 0.9449111825230682, mean 2, std(ddof=1) 1.7320508075688772
  expect(numbers.kind === 'numbers' && numbers.correlation).toBeCloseTo(0.9449111825230682, 12);
  expect(numbers).toMatchObject({ meanDifference: 2, deviation: Math.sqrt(3) });
});

test('answers are equal by what they say, and are refused where they are none', () => {
  expect(readAnswer('labels', 'c', 'cat; dog')).toBe('["cat","dog"]');
  expect(readAnswer('category', 'c', "'=1+1")).toBe('=1+1');
  expect(readAnswer('category', 'c', ' n/a ')).toBeNull();
  expect(() => readAnswer('number', 'c', 'many')).toThrow(
    expect.objectContaining({ code: 'edit-not-number' }) as Error,
  );
  expect(() => readAnswer('boxes', 'c', '[{"x":1}]')).toThrow(
    expect.objectContaining({ code: 'edit-not-labels' }) as Error,
  );
  expect(isSameAnswer('labels', '["a","b"]', '["b","a"]')).toBe(true);
  expect(isSameAnswer('labels', '["a"]', '["a","b"]')).toBe(false);
});
