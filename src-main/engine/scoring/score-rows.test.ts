/** Scores and intervals against scikit-learn and SciPy (`score-reference.py`), the baseline against values by hand. */
import { expect, test } from 'vitest';
import type { Predictions } from '../../catalog';
import { evaluationSchema } from '../../contract';
import { beatsBaseline } from '../../catalog';
import { baselineOf } from './baseline';
import { curvesOf } from './score-curves';
import { chosenRows, scoreRows } from './score-rows';
import { classReferences, numberReference } from './score-reference.test-data';

const count = 120;
const rows = Array.from({ length: count }, (_, row) => row);
const noise = (i: number, n: number) => (((37 * i + 11 * n) % 23) - 11) / 16;

/** As `classes_of` of the script. */
function classPredictions(classes: number): Predictions {
  const actual = rows.map((row) => (row % 3 === 0 ? 0 : ((row * (row + 1)) / 2) % classes));
  const outputs = rows.flatMap((row) => {
    const each = Array.from({ length: classes }, (_, own) =>
      Math.exp((own === actual[row] ? 3 * noise(row, 2) + 1.2 : 0) + noise(own + classes * row, 1)),
    );
    const shares = scaled(each);
    return row % 5 === 0 ? scaled(shares.map((share) => (Math.round(share * 10) / 10) * 0.9 + 0.1 / classes)) : shares;
  });
  return { kind: 'classes', classes, actual: Int32Array.from(actual), outputs: Float32Array.from(outputs) };
}
function scaled(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
function numberPredictions(): Predictions {
  const actual = rows.map((row) => 10 * noise(row, 0));
  const outputs = actual.map((value, row) => value + 3 * noise(row * row, 5));
  return { kind: 'number', actual: Float32Array.from(actual), outputs: Float32Array.from(outputs) };
}

const references = [
  ...classReferences.map((reference) => {
    return { what: `${reference.classes} classes`, predictions: classPredictions(reference.classes), reference };
  }),
  { what: 'numbers', predictions: numberPredictions(), reference: numberReference },
];

test.each(references)('$what: every score is scikit-learn’s, within 2e-6', ({ predictions, reference }) => {
  const scores = scoreRows(predictions, null);
  expect(scores.map(({ id }) => id)).toEqual(Object.keys(reference.values));
  for (const { id, value } of scores) expect(Math.abs(value - reference.values[id]!), id).toBeLessThan(2e-6);
});

test.each(references)('$what: resampled ends are SciPy’s, within 8 % of the width', ({ predictions, reference }) => {
  const scores = new Map(scoreRows(predictions, null).map((score) => [score.id, score]));
  for (const [id, [low, high]] of Object.entries(reference.intervals)) {
    const { interval } = scores.get(id)!;
    expect(Math.abs(interval!.low - low) / (high - low), `${id} low`).toBeLessThan(0.08);
    expect(Math.abs(interval!.high - high) / (high - low), `${id} high`).toBeLessThan(0.08);
  }
});

test.each(classReferences)(
  'the ROC area of $classes classes has the interval of DeLong’s definition, within 1e-6',
  ({ classes, delong }) => {
    const { interval } = scoreRows(classPredictions(classes), null).find(({ id }) => id === 'roc-auc')!;
    expect(interval!.low).toBeCloseTo(delong[0], 6);
    expect(interval!.high).toBeCloseTo(delong[1], 6);
  },
);

test('what has no meaning on the rows is left out, and perfect rankings have no interval', () => {
  const one = {
    kind: 'classes' as const,
    classes: 2,
    actual: new Int32Array(5),
    outputs: new Float32Array(10).fill(0.5),
  };
  expect(scoreRows(one, null).map(({ id }) => id)).not.toContain('roc-auc');
  const same = {
    kind: 'number' as const,
    actual: new Float32Array(5).fill(2),
    outputs: Float32Array.of(1, 2, 3, 2, 1),
  };
  expect(scoreRows(same, null).map(({ id }) => id)).toEqual(['mean-absolute-error', 'root-mean-squared-error']);
  const sure = { ...one, actual: Int32Array.of(0, 1, 0, 1, 0), outputs: Float32Array.of(1, 0, 0, 1, 1, 0, 0, 1, 1, 0) };
  const perfect = new Map(scoreRows(sure, null).map((score) => [score.id, score]));
  expect(perfect.get('roc-auc')).toMatchObject({ value: 1, interval: null });
  expect(perfect.get('accuracy')!.interval!.low).toBeCloseTo(0.5655, 4);
});

const scale = { mean: 0, standardDeviation: 1 };

test('the baseline of classes is the majority of the training rows, measured on the test rows', () => {
  const target = { kind: 'classes' as const, classes: ['no', 'yes'] };
  const baseline = baselineOf(target, Int32Array.of(0, 0, 0, 1, 1, 1, 1), Int32Array.of(0, 1, 2, 3), scale);
  expect(baseline).toEqual({ kind: 'majority', label: 'no', shares: [0.75, 0.25] });
  const outputs = Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.6, 0.4, 0.7, 0.3);
  const predictions = { kind: 'classes' as const, classes: 2, actual: Int32Array.of(0, 1, 0, 0), outputs };
  const scores = new Map(scoreRows(predictions, baseline).map((score) => [score.id, score]));
  const constant = (id: string) => scores.get(id)!.baseline;
  expect(constant('accuracy')).toBe(0.75);
  expect(constant('balanced-accuracy')).toBe(0.5);
  expect(constant('macro-f1')).toBeCloseTo(6 / 7 / 2, 9);
  expect(constant('roc-auc')).toBe(0.5);
  expect(constant('pr-auc')).toBe(0.25);
  expect(constant('log-loss')).toBeCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), 6);
  expect(constant('calibration-error')).toBeNull();
  // All four are right, but of four rows that may be luck.
  expect(scores.get('accuracy')!.value).toBe(1);
  expect(beatsBaseline(scores.get('accuracy')!)).toBe(false);
});

test('the baseline of numbers is the mean, and the median for absolute errors, in the person’s unit', () => {
  const standardized = { mean: 10, standardDeviation: 2 };
  const training = Int32Array.of(0, 1, 2, 3);
  const baseline = baselineOf(
    { kind: 'number', unit: null },
    Float32Array.of(-5, -4, -3, 0, 99),
    training,
    standardized,
  );
  expect(baseline).toEqual({ kind: 'constant', mean: 4, median: 3 });
  const predictions = { kind: 'number' as const, actual: Float32Array.of(3, 5, 9), outputs: Float32Array.of(3, 5, 9) };
  const scores = new Map(scoreRows(predictions, baseline).map((score) => [score.id, score]));
  expect(scores.get('mean-absolute-error')!.baseline).toBeCloseTo(8 / 3, 9);
  expect(scores.get('root-mean-squared-error')!.baseline).toBe(3);
  // Σ (actual − 4)² = 27 against Σ (actual − 17/3)² = 56/3.
  expect(scores.get('r-squared')!.baseline).toBeCloseTo(1 - 27 / (56 / 3), 9);
  expect(beatsBaseline(scores.get('root-mean-squared-error')!)).toBe(true);
});

test('many rows are sampled, and their interval is as narrow as all of them make it', () => {
  const actual = Float32Array.from({ length: 80_000 }, (_, row) => noise(row, 0));
  const outputs = actual.map((value, row) => value + noise(row * row, 3));
  const [score] = scoreRows({ kind: 'number', actual, outputs }, null);
  // The standard error of the mean of absolute errors, times 2 · 1.96.
  const errors = outputs.map((value, row) => Math.abs(value - actual[row]!));
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const deviation = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length);
  const { low, high } = score!.interval!;
  expect((high - low) / ((2 * 1.96 * deviation) / Math.sqrt(80_000))).toBeCloseTo(1, 1);
  expect(new Set(chosenRows(100, 30)).size).toBe(30);
});

test('curves begin and end where they must, and keep their shape in few points', () => {
  const actual = Int32Array.from({ length: 5000 }, (_, row) => (row % 4 === 0 ? 1 : 0));
  const outputs = new Float32Array(10_000);
  for (let row = 0; row < 5000; row++) {
    const sure = 0.5 + 0.3 * noise(row, 1) + (actual[row] === 1 ? 0.15 : 0);
    outputs.set([1 - sure, sure], 2 * row);
  }
  const curves = curvesOf({ kind: 'classes', classes: 2, actual, outputs }, ['no', 'yes'], actual);
  if (curves.kind !== 'classes') throw new Error('These are classes');
  const [curve] = curves.classes;
  expect(curve!.label).toBe('yes');
  expect([curve!.roc[0], curve!.roc.at(-1)]).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(curve!.precisionRecall.at(-1)).toEqual([1, 0.25]);
  expect(curve!.roc.length).toBeLessThanOrEqual(100);
  const [area] = [
    curve!.roc.slice(1).reduce((sum, [x, y], at) => sum + ((x - curve!.roc[at]![0]) * (y + curve!.roc[at]![1])) / 2, 0),
  ];
  const exact = scoreRows({ kind: 'classes', classes: 2, actual, outputs }, null).find(
    ({ id }) => id === 'roc-auc',
  )!.value;
  expect(area).toBeCloseTo(exact, 3);
  expect(curves.reliability.reduce((sum, bin) => sum + bin.rows, 0)).toBe(5000);
  for (const { low, right, high } of curves.reliability) expect(low <= right && right <= high).toBe(true);
});

test('rows of one class alone have no curve, and nothing that cannot be kept', () => {
  const actual = new Int32Array(5);
  const outputs = Float32Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? 0.7 : 0.3));
  const predictions: Predictions = { kind: 'classes', classes: 2, actual, outputs };
  const curves = curvesOf(predictions, ['no', 'yes'], actual);
  expect(curves).toMatchObject({ kind: 'classes', classes: [] });
  const kept = JSON.parse(JSON.stringify({ curves, scores: scoreRows(predictions, null) })) as Record<string, unknown>;
  expect(evaluationSchema.pick({ curves: true, scores: true }).safeParse(kept).error).toBeUndefined();
});
