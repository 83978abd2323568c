/** Numbers as people type them, and the steps of the arrow keys. */
import { describe, expect, test } from 'vitest';
import { parseNumber, stepNumber } from './parse-number';

describe('parseNumber', () => {
  test.each([
    ['128', 128],
    [' 0.001 ', 0.001],
    ['1e-3', 0.001],
    ['.5', 0.5],
    ['-3', -3],
    ['−3', -3],
    ['60,000', 60_000],
    ['1,234.5', 1234.5],
    ['60 000', 60_000],
    ['0,5', 0.5],
    ['１２８', 128],
  ])('%s is %d', (typed, value) => {
    expect(parseNumber(typed)).toBe(value);
  });
  test.each(['', 'abc', '1.2.3', '12px', '1e999', '--1', '1,2,3', 'Infinity', '0x10'])('"%s" is no number', (typed) => {
    expect(parseNumber(typed)).toBeNull();
  });
});

describe('stepNumber', () => {
  test('linear steps leave no binary dust', () => {
    expect(stepNumber(0.2, 1, 'linear', 0.1)).toBe(0.3);
    expect(stepNumber(10, -1, 'linear', 1)).toBe(9);
  });
  test('logarithmic steps go 1-2-5', () => {
    expect(stepNumber(0.001, 1, 'log', 1)).toBe(0.002);
    expect(stepNumber(0.005, 1, 'log', 1)).toBe(0.01);
    expect(stepNumber(0.001, -1, 'log', 1)).toBe(0.0005);
    expect(stepNumber(0.003, 1, 'log', 1)).toBe(0.005);
    expect(stepNumber(0, 1, 'log', 1)).toBe(0.0001);
  });
});
