/** Schedules against rates worked out by hand: 10 steps per epoch, 4 epochs, learning rate 2. */
import { expect, test } from 'vitest';
import { schedules, startingSettings } from '../catalog';
import type { FieldValues } from '../contract';
import { LearningRate } from './learning-rate';

function rates(type: string, fields: FieldValues = {}) {
  const settings = { ...startingSettings('cross-entropy', { batchSize: 32, epochs: 4 }), learningRate: 2 };
  const rate = new LearningRate({ ...settings, schedule: { type, fields } }, 310);
  return { rate, at: (step: number) => rate.at(step, {}) };
}

test.each([
  ['constant', {}, { 0: 2, 39: 2 }],
  ['step', { every: 2, factor: 0.1 }, { 0: 2, 19: 2, 20: 0.2, 39: 0.2 }],
  ['exponential', { factor: 0.25 }, { 0: 2, 5: 1, 10: 0.5, 20: 0.125 }],
  ['cosine', {}, { 0: 2, 10: 1 + Math.SQRT1_2, 20: 1, 30: 1 - Math.SQRT1_2 }],
  ['cosine', { end: 0.5 }, { 0: 2, 20: 1.5 }],
  ['warm-up-cosine', { warmUp: 0.1 }, { 0: 0.4, 1: 0.8, 3: 1.6, 4: 2, 22: 1 }],
  ['one-cycle', { warmUp: 0.5, startDivisor: 4, endDivisor: 10 }, { 0: 0.5, 10: 1.25, 20: 2, 30: 1.025 }],
  ['plateau', {}, { 0: 2, 39: 2 }],
] as const)('%s %o', (type, fields, expected) => {
  const { at } = rates(type, fields);
  for (const [step, value] of Object.entries(expected)) expect(at(Number(step))).toBeCloseTo(value, 9);
});

test('on a plateau the rate falls after its patience, counts anew, and stops at its least share', () => {
  const { rate } = rates('plateau', { patience: 2, factor: 0.5, least: 0.2 });
  let memory = {};
  const seen = [3, 2, 2, 2.5, 1, 1, 1, 1, 1, 1, 1].map((loss) => {
    memory = rate.afterEpoch(memory, loss);
    return rate.at(0, memory);
  });
  expect(seen).toEqual([2, 2, 2, 1, 1, 1, 0.5, 0.5, 0.4, 0.4, 0.4]);
});

test.each(schedules.all)('$id gives a rate from 0 to the one set at every step', ({ id }) => {
  const { at } = rates(id);
  for (let step = 0; step < 40; step++) {
    expect(at(step)).toBeGreaterThan(0);
    expect(at(step)).toBeLessThanOrEqual(2);
  }
});
