/** Three examples over three readings: what is counted of them. */
import { expect, test } from 'vitest';
import type { Probe } from '../../../../src-main/contract';
import { bandsOf, confusionOf, factsOf, spaced, stripes } from './probe-facts';

const probe: Probe = {
  part: 'validation',
  rows: Int32Array.of(4, 5, 6),
  actual: Float32Array.of(0, 1, 1),
  target: { kind: 'classes', classes: ['a', 'b'] },
};
const said = [Float32Array.of(0, 0, 0), Float32Array.of(0, 1, 0), Float32Array.of(1, 1, 0)];

test('the confusion matrix and the shares of each class follow the readings', () => {
  expect(confusionOf(probe, said[1]!)).toEqual([
    [1, 0],
    [1, 1],
  ]);
  expect(bandsOf(probe, said)).toEqual([
    [1, 1, 0],
    [0, 0.5, 0.5],
  ]);
});

test('an example flips where its answer changes, right or wrong', () => {
  expect(factsOf(probe, said, 2)).toEqual([
    { example: 0, isRight: false, hasFlipped: true, flips: 1, everRight: true },
    { example: 1, isRight: true, hasFlipped: false, flips: 1, everRight: true },
    { example: 2, isRight: false, hasFlipped: false, flips: 0, everRight: false },
  ]);
});

test('long rows are thinned with their end kept, and drawn in equal stretches', () => {
  expect(spaced(3, 10)).toEqual([0, 1, 2]);
  expect(spaced(100, 4)).toEqual([24, 49, 74, 99]);
  expect(stripes(['red', 'blue'])).toBe('linear-gradient(to right, red 0.00% 50.00%, blue 50.00% 100.00%)');
});
