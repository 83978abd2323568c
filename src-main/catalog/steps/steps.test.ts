/** Steps against scikit-learn's numbers, fitted on some rows and applied to others, with gaps and values never seen. */
import { describe, expect, test } from 'vitest';
import type { FieldValues } from '../../contract';
import { applyChain, fitChain, readChain, steps, type NumberValues, type StepValues } from '../index';
import { scikitLearn as reference } from './scikit-learn.test-data';

/** Relative to 1 or to the value: both sides compute in float64, in another order. */
const TOLERANCE = 1e-12;

const numbers = (values: readonly (number | null)[]): NumberValues => {
  return { kind: 'numbers', width: 1, values: Float64Array.from(values, (value) => value ?? NaN), missing: null };
};
const texts = (values: readonly (string | null)[]): StepValues => {
  const names = [...new Set(values.filter((value) => value !== null))].sort();
  return { kind: 'texts', names, codes: Int32Array.from(values, (value) => names.indexOf(value ?? '\0')) };
};

/** Learns from some rows, is saved and read again, and takes those rows and others. */
function run(type: string, fields: FieldValues, training: StepValues, all: StepValues): NumberValues {
  const chain = readChain(JSON.parse(JSON.stringify(fitChain([{ type, fields }], training))));
  const made = applyChain(chain, all);
  if (made.kind !== 'numbers') throw new Error(`${type} gives texts`);
  return made;
}

function expectClose(found: ArrayLike<number>, expected: readonly (number | null)[]) {
  expect(found.length).toBe(expected.length);
  for (const [at, value] of expected.entries()) {
    if (value === null) expect(found[at]).toBeNaN();
    else expect(Math.abs(found[at]! - value)).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(value)));
  }
}

const training = numbers(reference.train);
const all = numbers([...reference.train, ...reference.new]);

describe('numbers', () => {
  test.each<[string, FieldValues, readonly (number | null)[]]>([
    ['standardize', {}, reference.standardize],
    ['min-max', {}, reference.minMax],
    ['min-max', { range: 'minus-one-to-one', clip: true }, reference.minMaxClipped],
    ['log', {}, reference.log],
    ['impute', { strategy: 'mean' }, reference.mean],
    ['impute', { strategy: 'median' }, reference.median],
    ['impute', { strategy: 'most-frequent' }, reference.mostFrequent],
    ['impute', { strategy: 'constant', value: -7 }, reference.constant],
  ])('%s %o', (type, fields, expected) => {
    expectClose(run(type, fields, training, all).values, expected);
  });

  test('gaps are marked where the training rows have some, and only there', () => {
    expectClose(run('impute', {}, training, all).missing!, reference.missing);
    expect(run('impute', { flag: false }, training, all).missing).toBeNull();
    const whole = numbers([1, 2, 3]);
    const later = run('impute', { strategy: 'median' }, whole, numbers([null, 5]));
    expect(later.missing).toBeNull();
    expectClose(later.values, [2, 5]);
  });

  test.each(['standardize', 'min-max', 'log', 'impute'])(
    '%s of a constant, of one value and of none is finite',
    (type) => {
      for (const rows of [[4, 4, 4], [4], [null, null], []]) {
        const { values } = run(type, {}, numbers(rows), numbers([4, -4]));
        expect(values.every(Number.isFinite)).toBe(true);
      }
    },
  );
});

describe('categories', () => {
  const seen = texts(['b', 'a', 'c', 'a', 'b', 'a']);
  const later = texts(['b', 'a', 'c', 'a', 'b', 'a', 'c', 'zebra', 'a']);

  test('one-hot and index', () => {
    expectClose(run('one-hot', {}, seen, later).values, reference.oneHot.flat());
    expectClose(run('category-index', {}, seen, later).values, reference.ordinal);
  });

  test('of many, the most frequent are kept and the others share an input', () => {
    const { width, values } = run('one-hot', { most: 2, others: true }, seen, texts(['c', 'a', null, 'zebra', 'b']));
    expect(width).toBe(3);
    expect([...values]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0]);
  });

  test('a gap becomes the most frequent category or one of its own', () => {
    const filled = (strategy: string) => {
      const chain = fitChain(
        [
          { type: 'impute-category', fields: { strategy } },
          { type: 'one-hot', fields: {} },
        ],
        texts([null, 'x', 'y', 'x']),
      );
      const made = applyChain(chain, texts(['y', null])) as NumberValues;
      return [...made.values];
    };
    expect(filled('most-frequent')).toEqual([0, 1, 1, 0]);
    expect(filled('own')).toEqual([0, 0, 1, 1, 0, 0]);
  });
});

test('what a row becomes does not depend on the rows beside it', () => {
  const samples: Record<StepValues['kind'], StepValues> = {
    numbers: numbers([1, null, 30, -4]),
    texts: texts(['2024-02-29 13:00', null, '天气很好 🌞', 'the weather']),
  };
  for (const { id, takes } of steps.all) {
    const chain = fitChain([{ type: id, fields: {} }], samples[takes]);
    const together = applyChain(chain, samples[takes]);
    const alone = [0, 1, 2, 3].map((row) => {
      const given = samples[takes];
      const one =
        given.kind === 'numbers'
          ? { ...given, values: given.values.slice(row, row + 1) }
          : { ...given, codes: given.codes.slice(row, row + 1) };
      return applyChain(chain, one);
    });
    if (together.kind === 'texts') continue;
    const joined = alone.flatMap((made) => (made.kind === 'numbers' ? [...made.values] : []));
    expect(joined, id).toEqual([...together.values]);
  }
});
