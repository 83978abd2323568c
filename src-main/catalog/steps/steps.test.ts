/** Steps against scikit-learn's numbers, fitted on some rows and applied to others, with gaps and values never seen. */
import { describe, expect, test } from 'vitest';
import type { FieldValues } from '../../contract';
import {
  applyChain,
  fitChain,
  readChain,
  steps,
  type NumberValues,
  type PictureValues,
  type StepValues,
} from '../index';
import { pillow, scikitLearn as reference } from './reference.test-data';

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

describe('text', () => {
  const docs = texts(reference.docs.map((text) => text || null));
  const both = texts([...reference.docs.map((text) => text || null), ...reference.newDocs]);
  /** scikit-learn sorts its vocabulary by name, this one by frequency. */
  const asSorted = ({ values, width }: NumberValues, order: readonly string[]) => {
    const places = reference.words.map((word) => order.indexOf(word));
    return Array.from({ length: values.length / width }, (_, row) =>
      places.map((place) => values[row * width + place]!),
    );
  };
  const vocabulary = (fields: FieldValues, given: StepValues) => {
    const [step] = fitChain([{ type: 'tokens', fields }], given);
    return (step!.fitted as { vocabulary: string[] }).vocabulary;
  };

  test.each([
    ['counts', reference.counts],
    ['tf-idf', reference.tfidf],
  ])('%s of words', (output, expected) => {
    const order = vocabulary({ output }, docs);
    expect(order.toSorted()).toEqual(reference.words);
    const made = run('tokens', { output }, docs, both);
    expectClose(asSorted(made, order).flat(), expected.flat());
  });

  test('the vocabulary is of the training rows, the most frequent first and equal ones by name', () => {
    expect(vocabulary({ vocabulary: 3 }, docs)).toEqual(['the', 'cat', '2']);
    const unseen = run('tokens', { output: 'presence' }, docs, texts(['unseen words', null]));
    expect(unseen.values.every((value) => value === 0)).toBe(true);
  });

  test('Chinese signs are words of their own, an emoji stays whole, accents are one whatever their form', () => {
    const given = texts(['今天天气好 👩‍🔬👍🏽', 'Cafe\u0301 café CAFÉ', '第3章 GPU卡']);
    const found = vocabulary({}, given);
    expect(found).toEqual(expect.arrayContaining(['天', '今', '👩‍🔬', '👍🏽', 'café', '3', 'gpu', '卡']));
    expect(found.slice(0, 2)).toEqual(['café', '天']);
    expect(vocabulary({ lowercase: false }, given)).toContain('CAFÉ');
  });

  test('characters, and places in order cut or filled to one length', () => {
    const given = texts(['abca', '好👍']);
    expect(vocabulary({ unit: 'characters' }, given)).toEqual(['a', 'b', 'c', '好', '👍']);
    const fields = { unit: 'characters', output: 'sequence', length: 3 };
    expect([...run('tokens', fields, given, texts(['abca', '👍x好', null])).values]).toEqual([
      1, 2, 3, 5, 4, 0, 0, 0, 0,
    ]);
  });

  test('byte pairs: a word never seen is known by its pieces', () => {
    const words = { low: 5, lower: 2, newest: 6, widest: 3 };
    const rows = texts(Object.entries(words).flatMap(([word, count]) => Array<string>(count).fill(word)));
    const fields = { unit: 'byte-pairs', vocabulary: 10, output: 'presence' };
    const order = vocabulary(fields, rows);
    const { values } = run('tokens', fields, rows, texts(['lowest']));
    expect(order.filter((_, place) => values[place] === 1)).toEqual(expect.arrayContaining(['low', 'est</w>']));
  });
});

const picturesOf = (height: number, width: number, channels: number, pixels: readonly number[]): PictureValues => {
  return { kind: 'pictures', height, width, channels, pixels: Uint8Array.from(pixels), normalization: null };
};

describe('pictures', () => {
  const change = (fields: FieldValues, given: PictureValues, type = 'resize') => {
    const made = applyChain(fitChain([{ type, fields }], given), given);
    if (made.kind !== 'pictures') throw new Error(`${type} gives no pictures`);
    return made;
  };

  test.each([
    [3, 4, pillow.small3x4],
    [14, 10, pillow.small14x10],
    [5, 8, pillow.small5x8],
  ])('a grey one of 7 × 5 becomes %i × %i as in Pillow, within 1 of 255', (height, width, expected) => {
    const made = change({ height, width }, picturesOf(7, 5, 1, pillow.small));
    expect(made).toMatchObject({ height, width, channels: 1 });
    expect(made.pixels).toHaveLength(expected.length);
    for (const [at, pixel] of expected.entries()) expect(Math.abs(made.pixels[at]! - pixel)).toBeLessThanOrEqual(1);
  });

  test('colours keep to themselves, and of several pictures each to itself', () => {
    const twice = picturesOf(4, 4, 3, [...pillow.colour, ...pillow.colour]);
    const made = change({ height: 2, width: 3 }, twice);
    const expected = [...pillow.colour2x3, ...pillow.colour2x3];
    expect(made.pixels).toHaveLength(expected.length);
    for (const [at, pixel] of expected.entries()) expect(Math.abs(made.pixels[at]! - pixel)).toBeLessThanOrEqual(1);
  });

  test('the middle is kept, and what is short already stays', () => {
    const rows = Array.from({ length: 20 }, (_, at) => at);
    const made = change({ height: 2, width: 9 }, picturesOf(4, 5, 1, rows), 'crop');
    expect(made).toMatchObject({ height: 2, width: 5 });
    expect([...made.pixels]).toEqual(rows.slice(5, 15));
  });

  test('channels are standardized by the mean and deviation that NumPy finds; pixels stay as they are', () => {
    const given = picturesOf(4, 4, 3, pillow.colour);
    const { normalization, pixels } = change({ range: 'standardize' }, given, 'pixel-range');
    expectClose(normalization!.mean, pillow.mean);
    expectClose(normalization!.deviation, pillow.deviation);
    expect(pixels).toBe(given.pixels);
    expect(change({}, given, 'pixel-range').normalization).toBeNull();
    const grey = change({ range: 'standardize' }, picturesOf(1, 2, 1, [77, 77]), 'pixel-range');
    expect(grey.normalization).toEqual({ mean: [77 / 255], deviation: [1] });
  });
});

test('what a row becomes does not depend on the rows beside it', () => {
  const samples: Record<StepValues['kind'], StepValues> = {
    numbers: numbers([1, null, 30, -4]),
    texts: texts(['2024-02-29 13:00', null, '天气很好 🌞', 'the weather']),
    pictures: picturesOf(2, 2, 1, [1, 2, 3, 4, 50, 60, 70, 80, 9, 0, 9, 0, 255, 254, 253, 252]),
  };
  const rowOf = (given: StepValues, row: number): StepValues => {
    if (given.kind === 'numbers') return { ...given, values: given.values.slice(row, row + 1) };
    if (given.kind === 'texts') return { ...given, codes: given.codes.slice(row, row + 1) };
    return { ...given, pixels: given.pixels.slice(4 * row, 4 * row + 4) };
  };
  const numbersIn = (made: StepValues) => [
    ...(made.kind === 'numbers' ? made.values : made.kind === 'pictures' ? made.pixels : []),
  ];
  for (const { id, takes } of steps.all) {
    const chain = fitChain([{ type: id, fields: {} }], samples[takes]);
    const together = applyChain(chain, samples[takes]);
    const joined = [0, 1, 2, 3].flatMap((row) => numbersIn(applyChain(chain, rowOf(samples[takes], row))));
    expect(joined, id).toEqual(numbersIn(together));
  }
});
