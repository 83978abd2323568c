/** Confident learning against numbers worked out by hand after Northcutt, Jiang and Chuang (2021). */
import { expect, test } from 'vitest';
import { classThresholds, confidentJoint, estimateWrong, rankLabels, suspectLabels } from './confident-learning';

/**
 * Seven rows of two classes. Thresholds: class 0 is the mean of .9 .8 .1 .6 = .6, class 1 that of .7 .9 .2 = .6. Confident: rows 0, 1 and
 * 3 are 0 (row 3 just so), row 2 is 1; rows 4 and 5 are 1, row 6 is 0. The joint is [[3, 1], [1, 2]]; shared out over 4 and 3 rows,
 * 4 · 1/4 + 3 · 1/3 = 2 labels are wrong.
 */
const probabilities = Float32Array.from(
  [
    [0.9, 0.1],
    [0.8, 0.2],
    [0.1, 0.9],
    [0.6, 0.4],
    [0.3, 0.7],
    [0.1, 0.9],
    [0.8, 0.2],
  ].flat(),
);
const labels = Int32Array.from([0, 0, 0, 0, 1, 1, 1]);
const judged = { probabilities, classes: 2 };

test('thresholds are how sure a class is of its own rows', () => {
  const thresholds = classThresholds(judged, labels);
  expect(thresholds[0]).toBeCloseTo(0.6, 6);
  expect(thresholds[1]).toBeCloseTo(0.6, 6);
});

test('the confident joint counts rows by label and by what they confidently are', () => {
  expect(confidentJoint(judged, labels)).toEqual([
    [3, 1],
    [1, 2],
  ]);
  expect(estimateWrong(judged, labels)).toBeCloseTo(2, 6);
});

test('the rows least sure of their own label come first, with the class they rather are', () => {
  expect([...rankLabels(judged, labels)]).toEqual([2, 6, 3, 4, 1, 0, 5]);
  expect(suspectLabels(judged, labels).map(({ row, suggested }) => [row, suggested])).toEqual([
    [2, 1],
    [6, 0],
  ]);
});

test('rows without a label or without probabilities are left out, and a class without rows is no one', () => {
  const holes = { probabilities: Float32Array.from([...probabilities, 0.5, 0.5, NaN, NaN]), classes: 2 };
  const more = Int32Array.from([...labels, -1, 0]);
  expect([...rankLabels(holes, more)]).toEqual([2, 6, 3, 4, 1, 0, 5]);
  expect(suspectLabels(holes, more)).toEqual(suspectLabels(judged, labels));
  const three = { probabilities: Float32Array.from([0.5, 0.1, 0.4, 0.4, 0.5, 0.1]), classes: 3 };
  expect(classThresholds(three, Int32Array.from([0, 0]))[2]).toBe(Infinity);
  expect(suspectLabels(three, Int32Array.from([0, 0]))).toEqual([]);
});

test('labels that all agree with the models are not suspected', () => {
  const sure = { probabilities: Float32Array.from([0.9, 0.1, 0.7, 0.3, 0.2, 0.8, 0.1, 0.9]), classes: 2 };
  expect(suspectLabels(sure, Int32Array.from([0, 0, 1, 1]))).toEqual([]);
});
