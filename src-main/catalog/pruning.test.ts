/** When a trial is ended early: by rungs of successive halving, and by the median of the others. */
import { describe, expect, test } from 'vitest';
import type { Trial } from '../contract';
import { defaultsOf, pruners } from './index';

function trialOf(...curve: number[]): Trial {
  return { number: 1, state: 'pruned', values: {}, curve, value: null, measures: {}, seconds: 1, error: null };
}

function goesOn(pruner: string, curve: number[], trials: Trial[], fields: object = {}): boolean {
  const definition = pruners.get(pruner);
  const own = { ...defaultsOf(definition.fields), ...fields };
  return definition.goesOn({ curve, trials, better: 'higher', epochs: 20, fields: own });
}

describe('successive halving', () => {
  const others = [0.1, 0.2, 0.3, 0.4, 0.5].map((value) => trialOf(value));

  test('lets the best third of those that came to a rung go on', () => {
    expect(goesOn('asha', [0.45], others)).toBe(true);
    expect(goesOn('asha', [0.35], others)).toBe(false);
  });

  test('asks at rungs alone, and only those that came as far', () => {
    expect(
      goesOn(
        'asha',
        [0, 0],
        others.map(() => trialOf(0.5, 0.5)),
      ),
    ).toBe(true);
    expect(goesOn('asha', [0, 0, 0.1], others)).toBe(true);
    expect(
      goesOn(
        'asha',
        [0, 0, 0.1],
        others.map(() => trialOf(0.5, 0.5, 0.5)),
      ),
    ).toBe(false);
    expect(
      goesOn(
        'asha',
        [0, 0],
        others.map(() => trialOf(0.5, 0.5)),
        { minimum: 2 },
      ),
    ).toBe(false);
  });

  test('says nothing before there are as many as one of which goes on', () => {
    expect(goesOn('asha', [0.1], [trialOf(0.9)])).toBe(true);
    expect(goesOn('asha', [0.1], [trialOf(0.9), trialOf(0.8)])).toBe(false);
  });

  test('takes the best epoch so far, lets equals go on and ends what is no number', () => {
    expect(
      goesOn(
        'asha',
        [0.6, 0.1, 0.1],
        others.map(() => trialOf(0.5, 0.5, 0.5)),
      ),
    ).toBe(true);
    expect(
      goesOn(
        'asha',
        [0.5],
        others.map(() => trialOf(0.5)),
      ),
    ).toBe(true);
    expect(goesOn('asha', [NaN], others)).toBe(false);
  });

  test('leaves a trial alone that is at its end', () => {
    expect(
      goesOn(
        'asha',
        Array.from({ length: 20 }, () => 0),
        others.map(() => trialOf(...Array<number>(20).fill(1))),
        { minimum: 20 },
      ),
    ).toBe(true);
  });
});

test('the median rule ends what is below the median of the others’ averages, once there are enough of them', () => {
  // Averages of the first three epochs: 0.2, 0.3, 0.4, 0.5, 0.6.
  const others = [0.2, 0.3, 0.4, 0.5, 0.6].map((mean) => trialOf(mean - 0.1, mean, mean + 0.1, 1));
  expect(goesOn('median', [0.1, 0.41, 0.1], others)).toBe(true);
  expect(goesOn('median', [0.1, 0.39, 0.1], others)).toBe(false);
  expect(goesOn('median', [0.1, 0.39, 0.1], others.slice(1))).toBe(true);
  expect(goesOn('median', [0.1, 0.1], others)).toBe(true);
});
