/** The arithmetic of the checks: published examples and numbers worked out by hand. */
import { describe, expect, test } from 'vitest';
import { randomSource } from '../random';
import { outlyingRows } from './checks/outliers';
import { assignFolds } from './folds';
import { areNames, isCardNumber, isChineseIdentity, isNumberHeading, personalKinds } from './personal-data';
import { robustSpread } from './robust';
import { codeShift, numberShift } from './shift';
import { majorityAccuracy, rankCorrelation, singleColumnAccuracy } from './single-column';
import { textFeatures, wordsOf } from './text-features';
import { textProbabilities } from './text-model';

const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('personal data', () => {
  test.each([
    // Test numbers that card networks publish, and the example of the Luhn algorithm in ISO/IEC 7812-1.
    ['4111 1111 1111 1111', true],
    ['5500-0000-0000-0004', true],
    ['378282246310005', true],
    ['4111 1111 1111 1112', false],
    ['0000000000000000', false],
    ['79927398713', false],
  ])('%s is a card number: %s', (text, expected) => expect(isCardNumber(text)).toBe(expected));

  test('identity numbers by their check character', () => {
    // The example of GB 11643-1999.
    expect(isChineseIdentity('11010519491231002X')).toBe(true);
    expect(isChineseIdentity('110105194912310021')).toBe(false);
    expect(personalKinds('编号 11010519491231002X 已登记')).toEqual(['identity']);
  });

  test.each([
    ['write to anna.kim@example.co.uk today', ['mail']],
    ['call +49 (30) 1234-5678', ['phone']],
    ['手机13812345678', ['phone']],
    ['555-867-5309 or by mail to me@host.org', ['mail', 'phone']],
    ['paid with 4111 1111 1111 1111', ['card']],
  ])('%s', (text, kinds) => expect(personalKinds(text)).toEqual(kinds));

  test.each([
    'on 2024-01-31 at 12:30:15',
    'price 1299.95, model 3000-12',
    'ISBN 978-3-16-148410-0',
    'coordinates -122.41941 37.77493',
    '192.168.100.200',
    'order 20240131 of 1000000',
    'a@b',
    '@mention and 50 % @ 3 pm',
    '0.123-456-7890123',
    '4111111111111112',
  ])('no alarm: %s', (text) => expect(personalKinds(text)).toEqual([]));

  test('names of people need a heading that says so and values that look so', () => {
    const people = ['Anna Kim', 'José García', "Mary O'Neill", 'Li Wei', 'Jean-Luc Picard'];
    expect(areNames('name', people)).toBe(true);
    expect(areNames('姓名', ['王小明', '李华', '张伟'])).toBe(true);
    expect(areNames('lastName', ['Kim', 'García', 'Smith'])).toBe(true);
    expect(areNames('movie_name', people)).toBe(false);
    expect(areNames('species', people)).toBe(false);
    expect(areNames('name', ['oak', 'elm', 'bolt M8', 'washer'])).toBe(false);
    expect(isNumberHeading('mobile_number')).toBe('phone');
    expect(isNumberHeading('phoneme')).toBeNull();
  });
});

describe('numbers', () => {
  test('median and spread', () => {
    // Distances from 3 are 2 1 0 1 97: their median is 1.
    expect(robustSpread(Float64Array.from([1, 2, 3, 4, 100, NaN]))).toEqual({ count: 5, median: 3, deviation: 1.4826 });
    expect(robustSpread(new Float64Array(0))).toBeNull();
  });

  test('a slipped decimal point is an outlier, the farthest first', () => {
    const random = randomSource(1);
    const values = Float64Array.from({ length: 500 }, () => 20 + normal(random));
    [values[7], values[9]] = [200, 2000];
    expect(outlyingRows(values)).toEqual([9, 7]);
  });

  test.each<[string, (random: () => number) => number]>([
    ['normal', (random) => 5 * normal(random)],
    ['log-normal', (random) => Math.exp(1.5 * normal(random))],
    ['exponential', (random) => -Math.log(1 - random())],
    ['uniform', (random) => random()],
    ['mostly zero', (random) => (random() < 0.9 ? 0 : random() * 100)],
    ['counts', (random) => Math.floor(-4 * Math.log(1 - random()))],
  ])('no outliers among 20,000 %s numbers', (_, draw) => {
    const random = randomSource(3);
    expect(outlyingRows(Float64Array.from({ length: 20_000 }, () => draw(random)))).toEqual([]);
  });

  test('rank correlation as Spearman has it', () => {
    // The example of Wikipedia's article: IQ and hours of television, ρ = −29/165.
    const iq = Float64Array.from([106, 100, 86, 101, 99, 103, 97, 113, 112, 110]);
    const hours = Float64Array.from([7, 27, 2, 50, 28, 29, 20, 12, 6, 17]);
    expect(rankCorrelation(iq, hours)).toBeCloseTo(-29 / 165, 9);
    expect(rankCorrelation(iq, iq.map(Math.log))).toBeCloseTo(1, 12);
    expect(
      rankCorrelation(
        iq,
        iq.map(() => 4),
      ),
    ).toBe(0);
  });

  test('what one column says of the classes', () => {
    const labels = Int32Array.from({ length: 400 }, (_, row) => row % 2);
    const copy = { codes: labels, names: ['a', 'b'] };
    expect(singleColumnAccuracy(copy, labels, 2)).toBe(1);
    expect(
      singleColumnAccuracy(
        Float64Array.from(labels, (label) => label * 3),
        labels,
        2,
      ),
    ).toBe(1);
    const random = randomSource(2);
    const noise = Float64Array.from(labels, () => random());
    expect(singleColumnAccuracy(noise, labels, 2)).toBeLessThan(0.65);
    // A different value in every row is no knowledge.
    const identity = { codes: Int32Array.from(labels.keys()), names: [] };
    expect(singleColumnAccuracy(identity, labels, 2)).toBeLessThan(0.6);
    expect(majorityAccuracy(Int32Array.from([0, 0, 0, 1, -1]), 2)).toBe(0.75);
  });

  test('shift between parts', () => {
    const random = randomSource(4);
    const training = Int32Array.from({ length: 1000 }, (_, row) => row);
    const test = Int32Array.from({ length: 400 }, (_, row) => 1000 + row);
    const parts = { training, test };
    const same = Float64Array.from({ length: 1400 }, () => normal(random));
    expect(numberShift(same, parts, 1).certain).toBe(false);
    const moved = numberShift(
      same.map((value, row) => value + (row >= 1000 ? 1 : 0)),
      parts,
      1,
    );
    // Two normals one deviation apart differ by 2Φ(1/2) − 1 = 0.383 at the most.
    expect(moved.difference).toBeCloseTo(0.383, 1);
    expect(moved).toMatchObject({ certain: true, isHigher: true });
    const codes = Int32Array.from({ length: 1400 }, () => Math.floor(random() * 5));
    expect(codeShift(codes, parts, 1).certain).toBe(false);
    const shifted = codeShift(
      codes.map((code, row) => (row >= 1000 && code < 2 ? 3 : code)),
      parts,
      1,
    );
    expect(shifted.certain).toBe(true);
    expect(shifted.difference).toBeCloseTo(0.4, 1);
  });
});

test('folds hold a fifth of every class', () => {
  const labels = Int32Array.from({ length: 103 }, (_, row) => (row % 10 === 9 ? -1 : row % 3));
  const folds = assignFolds(labels, 5, 1);
  for (const label of [0, 1, 2]) {
    const counts = [0, 1, 2, 3, 4].map(
      (fold) => [...folds].filter((one, row) => one === fold && labels[row] === label).length,
    );
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  }
  expect([...folds].every((fold, row) => (fold === -1) === (labels[row] === -1))).toBe(true);
});

describe('texts', () => {
  test('words of two scripts', () => {
    expect(wordsOf("It's GOOD, 数据 2!")).toEqual(["it's", 'good', '数', '据', '2', '!']);
  });

  test('rows are of length one, and a term of one row alone is left out', () => {
    const { starts, features, values, width } = textFeatures([['red cat', 'red dog', null]]);
    expect([width, [...starts], [...features], [...values]]).toEqual([1, [0, 1, 2, 2], [0, 0], [1, 1]]);
  });

  test('a flipped label among texts gets the lowest probability, the same in every run', async () => {
    const random = randomSource(8);
    const moods = [
      ['fine', 'lovely', 'great'],
      ['bad', 'awful', 'dull'],
    ];
    const labels = Int32Array.from({ length: 200 }, (_, row) => row % 2);
    const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
    const texts = Array.from(
      labels,
      (label) => `a ${pick(moods[label]!)} film with ${pick(['rain', 'songs', 'cars'])}`,
    );
    labels[40] = 1;
    const watch = { signal: new AbortController().signal, progress: () => undefined };
    const probabilities = await textProbabilities([texts], labels, 2, watch);
    const own = Array.from(labels, (label, row) => probabilities[row * 2 + label]!);
    expect(own.indexOf(Math.min(...own))).toBe(40);
    expect(await textProbabilities([texts], labels, 2, watch)).toEqual(probabilities);
  });
});
