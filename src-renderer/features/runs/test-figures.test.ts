/** A comparison shows every figure once, and one baseline: that of the score which decides. */
import { expect, test } from 'vitest';
import { testFigures } from './test-figures';

test('the first score has its baseline below it; older runs name the part', () => {
  const scored = { loss: 1, accuracy: 0.9, 'roc-auc': 0.8, 'baseline.accuracy': 0.3, 'baseline.roc-auc': 0.5 };
  expect(testFigures([{ test: { 'test.accuracy': 0.5 } }, { test: null }, { test: scored }])).toEqual([
    { name: 'accuracy', baseline: true },
    { name: 'loss', baseline: false },
    { name: 'roc-auc', baseline: false },
  ]);
  expect(testFigures([{ test: { loss: 1, accuracy: 0.9 } }]).some(({ baseline }) => baseline)).toBe(false);
});
