import { expect, test } from 'vitest';
import { randomSource } from '../random';
import { allRightChance, bestThreshold, chanceOf, doubtOf, fitScale } from './box-sureness';

test('what a score is worth is found again', () => {
  const random = randomSource(6);
  const truth = { slope: 1.7, offset: -0.6 };
  const judged = Array.from({ length: 8000 }, () => {
    const score = 0.03 + 0.95 * random();
    return { score, isRight: random() < chanceOf(score, truth) };
  });
  const scale = fitScale(judged);
  for (const score of [0.1, 0.5, 0.9]) expect(chanceOf(score, scale)).toBeCloseTo(chanceOf(score, truth), 1);
  // A few boxes that were all right do not make it certain, and none say nothing.
  const few = fitScale([0.6, 0.7, 0.8].map((score) => ({ score, isRight: true })));
  expect(chanceOf(0.7, few)).toBeLessThan(0.9);
  expect(chanceOf(0.5, fitScale([]))).toBeCloseTo(0.5, 6);
});

test('boxes are proposed from the score on where F1 is highest', () => {
  const judged = [0.9, 0.8, 0.7, 0.6, 0.5].map((score, place) => ({
    score,
    isRight: [true, true, false, true, false][place]!,
  }));
  // 2/(1+4), 4/(2+4), 4/(3+4), 6/(4+4), 6/(5+4)
  expect(bestThreshold(judged, 4)).toBe(0.6);
  expect(bestThreshold([], 4)).toBe(0.5);
});

test('a picture is doubtful by its doubtful boxes, each against those that are there', () => {
  expect(doubtOf([0.99, 0.99])).toBeLessThan(doubtOf([0.99, 0.5]));
  expect(doubtOf([0.5, 0.99, 0.99, 0.99])).toBeLessThan(doubtOf([0.5]));
  expect(doubtOf([])).toBe(0);
  expect(allRightChance([0.9, 0.2])).toBeCloseTo(0.72, 9);
});
