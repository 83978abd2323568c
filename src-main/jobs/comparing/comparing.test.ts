/** Runs held against each other over a real library: which rows they share, which is better, where they disagree. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Evaluation, Target } from '../../contract';
import { exampleRun, temporaryFolder } from '../../storage/fixtures/examples';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { saveEvaluation } from '../../storage/evaluations';
import { createRun } from '../../storage/runs';
import { compareTests } from './compare-tests';
import { openComparedRuns } from './compared-runs';
import { findDisagreements } from './disagreements';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
let first: ReturnType<typeof exampleRun>;

beforeEach(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
  first = exampleRun(library.db);
});
afterEach(() => {
  library.close();
  folder.dispose();
});

const classes: Target = { kind: 'classes', classes: ['Adelie', 'Gentoo'] };

interface Rows {
  readonly indices: readonly number[];
  readonly actual: readonly number[];
  readonly outputs: readonly number[];
  readonly actualSteps?: readonly number[];
}

function evaluate(runId: string, rows: Rows, target: Target = classes, more: Partial<Evaluation> = {}): void {
  const evaluation: Evaluation = {
    ...{ runId, part: 'test', rows: rows.indices.length, metrics: {}, confusion: [], target, scores: [] },
    ...{ baseline: null, curves: null, ranking: null, ...more },
  };
  const { indices, actual, outputs, actualSteps } = rows;
  saveEvaluation(library.db, evaluation, {
    indices: Int32Array.from(indices),
    actual: Float32Array.from(actual),
    outputs: Float32Array.from(outputs),
    ...(actualSteps ? { actualSteps: Float32Array.from(actualSteps) } : {}),
  });
}

/** Another run over the same data, or over changed data. */
function another(changes: Partial<typeof first.data> = {}): string {
  const { projectId, name, datasetName, network, settings } = first;
  const data = { ...first.data, ...changes };
  return createRun(library.db, { id: newId(), projectId, name, data, datasetName, network, settings }).id;
}

/** Rows 0 … count − 1 of alternating classes, answered with 80 % for the right class but where `isWrong`. */
function answers(count: number, isWrong: (row: number) => boolean, sure = 0.75): Rows {
  const indices = Array.from({ length: count }, (_, row) => row);
  const actual = indices.map((row) => row % 2);
  const outputs = indices.flatMap((row) => ((row % 2 === 0) !== isWrong(row) ? [sure, 1 - sure] : [1 - sure, sure]));
  return { indices, actual, outputs };
}

/** The same rows in another order. */
function backwards({ indices, actual, outputs }: Rows): Rows {
  const width = outputs.length / indices.length;
  return {
    indices: indices.toReversed(),
    actual: actual.toReversed(),
    outputs: indices.toReversed().flatMap((row) => outputs.slice(row * width, (row + 1) * width)),
  };
}

const compare = (ids: readonly string[], score: string | null = null) =>
  compareTests(openComparedRuns(library.db, ids), score);
const rowsOf = (ids: string[], which: 'apart' | 'first' | 'second' | 'all' | 'none' | 'some' | null) =>
  findDisagreements(openComparedRuns(library.db, ids), { runIds: ids, which, cell: null, offset: 0, limit: 10 });

describe('classes', () => {
  test('rows are matched by their number, and the better run is told from luck', () => {
    const second = another();
    evaluate(
      first.id,
      answers(200, (row) => row % 4 === 0),
    );
    evaluate(second, backwards(answers(200, (row) => row % 50 === 0)));
    const { pairs, runs, rows, isPart, score, unfit } = compare([first.id, second]);
    expect([score, rows, isPart, unfit]).toEqual(['accuracy', 200, false, []]);
    expect(runs.map(({ value }) => value)).toEqual([0.75, 0.98]);
    expect(runs[1]?.confusion).toEqual([
      [96, 4],
      [0, 100],
    ]);
    // 0, 100 are wrong in both; 48 others in the first alone; 50 and 150 in the second alone.
    expect(pairs[0]?.agreement).toMatchObject({ both: 148, onlyReference: 2, onlyOther: 48, neither: 2 });
    expect(pairs[0]).toMatchObject({ runId: second, verdict: 'better' });
    expect(pairs[0]?.difference).toBeCloseTo(0.23, 12);
    expect(pairs[0]?.low).toBeGreaterThan(0.15);
    expect(compare([second, first.id]).pairs[0]?.verdict).toBe('worse');
    expect(compare([first.id, second], 'log-loss')).toMatchObject({
      score: 'log-loss',
      pairs: [{ verdict: 'better' }],
    });
  });

  test('a difference of few rows is a tie, and the same answers are no difference', () => {
    const [second, third] = [another(), another()];
    evaluate(
      first.id,
      answers(60, (row) => row < 9),
    );
    evaluate(
      second,
      answers(60, (row) => row < 7),
    );
    evaluate(
      third,
      answers(60, (row) => row < 9),
    );
    const { pairs } = compare([first.id, second, third]);
    expect(pairs.map(({ verdict }) => verdict)).toEqual(['tie', 'tie']);
    expect(pairs[1]).toMatchObject({ difference: 0, low: 0, high: 0, p: 1, adjusted: 1 });
    // Holm: the smaller of two p values counts twice.
    expect(pairs[0]?.adjusted).toBeCloseTo(Math.min(1, 2 * (pairs[0]?.p ?? 0)), 12);
  });

  test('rows that all have are compared; what cannot be is left out with its reason', () => {
    const [part, few, untested] = [another(), another(), another()];
    const [otherTarget, otherValues] = [another({ target: 'island' }), another()];
    const whole = answers(40, () => false);
    const cut = (from: number, to: number) => ({
      indices: whole.indices.slice(from, to),
      actual: whole.actual.slice(from, to),
      outputs: whole.outputs.slice(2 * from, 2 * to),
    });
    evaluate(first.id, whole);
    evaluate(part, cut(20, 40));
    evaluate(few, cut(35, 40));
    evaluate(otherTarget, whole);
    evaluate(otherValues, { ...whole, actual: whole.actual.map((one) => 1 - one) });
    const found = compare([first.id, part, few, untested, otherTarget, otherValues]);
    expect(found.rows).toBe(20);
    expect(found.isPart).toBe(true);
    expect(found.unfit).toEqual([
      { runId: few, reason: 'few-rows' },
      { runId: untested, reason: 'not-tested' },
      { runId: otherTarget, reason: 'other-target' },
      { runId: otherValues, reason: 'other-values' },
    ]);
    const elsewhere = exampleRun(library.db, 'other');
    evaluate(elsewhere.id, whole);
    expect(compare([first.id, elsewhere.id]).unfit).toEqual([{ runId: elsewhere.id, reason: 'other-version' }]);
    expect(compare([untested, another()])).toMatchObject({ score: null, reference: null, pairs: [] });
  });

  test('rows are found by who is right, those first of which even the less sure model is sure', () => {
    const second = another();
    const sure = answers(20, (row) => row === 3);
    evaluate(
      first.id,
      answers(20, (row) => row === 4 || row === 5),
    );
    // Of rows 4 and 5 the second is surer about 5.
    const outputs = sure.outputs.map((value, at) =>
      at === 10 ? 0.4 : at === 11 ? 0.6 : at === 8 ? 0.55 : at === 9 ? 0.45 : value,
    );
    evaluate(second, { ...sure, outputs });
    const apart = rowsOf([first.id, second], 'apart');
    expect(apart.counts).toEqual({ apart: 3, first: 1, second: 2, all: 17, none: 0 });
    expect(apart.rows.map(({ index }) => index)).toEqual([3, 5, 4]);
    expect(apart.rows[0]).toEqual({
      index: 3,
      actual: 'Gentoo',
      answers: [
        { predicted: 'Gentoo', sure: 0.75, isRight: true },
        { predicted: 'Adelie', sure: 0.75, isRight: false },
      ],
    });
    expect(rowsOf([first.id, second], 'second').total).toBe(2);
    const cell = { runId: second, actual: 1, predicted: 0 };
    const input = { runIds: [first.id, second], which: null, cell, offset: 0, limit: 10 };
    const inCell = findDisagreements(openComparedRuns(library.db, input.runIds), input);
    expect(inCell.rows.map(({ index }) => index)).toEqual([3]);
    const third = another();
    evaluate(
      third,
      answers(20, (row) => row === 4),
    );
    expect(rowsOf([first.id, second, third], 'some').counts).toEqual({ apart: 3, some: 3, all: 17, none: 0 });
  });
});

test('numbers: errors decide, and rows for which one is nearer are counted', () => {
  const second = another();
  const indices = Array.from({ length: 100 }, (_, row) => row);
  const actual = indices.map((row) => row / 10);
  const target: Target = { kind: 'number', unit: null };
  const off = (size: number) => ({ indices, actual, outputs: actual.map((one, row) => one + size * Math.sin(row)) });
  evaluate(first.id, off(1), target);
  evaluate(second, off(0.5), target);
  const found = compare([first.id, second], 'root-mean-squared-error');
  expect(found.scores).toEqual(['mean-absolute-error', 'root-mean-squared-error', 'r-squared']);
  expect(found.pairs[0]).toMatchObject({ verdict: 'better', agreement: null });
  expect(found.pairs[0]?.difference).toBeLessThan(0);
  // sin(0) is no error of either.
  expect(rowsOf([first.id, second], 'second').counts).toEqual({ apart: 99, first: 0, second: 99 });
});

test('forecasts of older versions: the first of the steps ahead is compared', () => {
  const second = another();
  const indices = Array.from({ length: 50 }, (_, row) => row);
  const actual = indices.map((row) => row);
  const target: Target = { kind: 'number', unit: null, steps: 3 };
  const off = (by: number) => ({ indices, actual, outputs: actual.flatMap((one) => [one + by, 900, 900]) });
  evaluate(first.id, off(2), target);
  evaluate(second, off(1), target);
  const found = compare([first.id, second]);
  expect(found).toMatchObject({ steps: { compared: 1, of: 3 }, runs: [{ value: 2 }, { value: 1 }] });
  // Blocks of neighbours, but never the whole series over and over, which would call any difference sure.
  const third = another();
  evaluate(
    third,
    { indices, actual, outputs: actual.flatMap((one, row) => [one + ((row * 7) % 10 < 5 ? 4 : 0.1), 900, 900]) },
    target,
  );
  const unsure = compare([first.id, third]).pairs[0];
  expect(unsure?.verdict).toBe('tie');
  expect((unsure?.high ?? 0) - (unsure?.low ?? 0)).toBeGreaterThan(0.2);
});

test('forecasts: all steps that both say count, whose first is no better', () => {
  const second = another();
  const indices = Array.from({ length: 60 }, (_, row) => row);
  const truth = (row: number, step: number) => row + step;
  const rows = (steps: number, off: (row: number, step: number) => number) => {
    const each = <T>(of: (row: number, step: number) => T) =>
      indices.flatMap((row) => Array.from({ length: steps }, (_, step) => of(row, step)));
    const outputs = each((row, step) => truth(row, step) + off(row, step));
    return { indices, actual: indices.map((row) => truth(row, 0)), outputs, actualSteps: each(truth) };
  };
  const target = (steps: number): Target => ({ kind: 'number', unit: null, steps });
  evaluate(
    first.id,
    rows(4, (row, step) => (step === 0 ? 1 : 3 + Math.sin(row))),
    target(4),
  );
  evaluate(
    second,
    rows(4, (row, step) => (step === 0 ? 2 : 1 + Math.cos(row))),
    target(4),
  );
  const found = compare([first.id, second], 'mean-absolute-error');
  expect(found.steps).toEqual({ compared: 4, of: 4 });
  const [own, other] = [0, 1].map((at) => found.runs[at]!.value) as [number, number];
  const mean = (of: (row: number) => number) => indices.reduce((sum, row) => sum + of(row), 0) / 60;
  expect(own).toBeCloseTo((1 + 3 * mean((row) => 3 + Math.sin(row))) / 4, 5);
  expect(other).toBeCloseTo((2 + 3 * mean((row) => 1 + Math.cos(row))) / 4, 5);
  expect(found.pairs[0]?.verdict).toBe('better');
  expect(found.scores).not.toContain('mean-absolute-scaled-error');

  // Another that looks two steps ahead is compared on those two, and rows tell of the first.
  const third = another();
  evaluate(
    third,
    rows(2, () => 0.5),
    target(2),
  );
  const both = compare([second, third], 'mean-absolute-error');
  expect(both.steps).toEqual({ compared: 2, of: 4 });
  expect(both.runs[1]!.value).toBeCloseTo(0.5, 5);
  const [row] = rowsOf([second, third], null).rows;
  expect(row!.answers.map(({ predicted }) => Number(predicted) - Number(row!.actual))).toEqual([2, 0.5]);
});

test('anomalies: how errors rank known ones, each model by its own threshold', () => {
  const second = another();
  const indices = Array.from({ length: 60 }, (_, row) => row);
  const actual = indices.map((row) => (row % 3 === 0 ? 1 : 0));
  const target: Target = { kind: 'reconstruction', size: 4, known: { ordinary: ['ok'], anomalous: ['bad'] } };
  const errors = (scale: number, isMissed: (row: number) => boolean) =>
    actual.map((one, row) => scale * (one === 1 && !isMissed(row) ? 2 + row / 100 : 1 - row / 100));
  const none = { ordinary: 0, anomalous: 0, ordinaryErrors: [], anomalousErrors: [] };
  const anomaly = (threshold: number, score: 'error' | 'neighbours' = 'error'): Evaluation['anomaly'] => ({
    score,
    ...{ threshold, proposed: threshold, rule: 'best-f1', chosenOn: 'validation', isKnown: true },
    ...{ chosen: none, test: none, baselineThreshold: 1 },
  });
  evaluate(first.id, { indices, actual, outputs: errors(1, (row) => row % 9 === 0) }, target, {
    anomaly: anomaly(1.5),
  });
  evaluate(second, { indices, actual, outputs: errors(10, () => false) }, target, { anomaly: anomaly(15) });
  const found = compare([first.id, second]);
  expect(found).toMatchObject({ score: 'roc-auc', pairs: [{ verdict: 'better' }] });
  expect(found.runs[1]?.value).toBe(1);
  expect(found.pairs[0]?.agreement).toMatchObject({ both: 53, onlyReference: 0, onlyOther: 7, neither: 0 });
  expect(found.scores).toContain('reconstruction-error');
  const byDistance = another();
  const distances = { anomaly: anomaly(1.5, 'neighbours') };
  evaluate(byDistance, { indices, actual, outputs: errors(1, () => false) }, target, distances);
  expect(compare([first.id, byDistance]).scores).not.toContain('reconstruction-error');
  const unknown = another();
  evaluate(unknown, { indices, actual: actual.map(() => NaN), outputs: errors(1, () => false) }, target);
  expect(compare([first.id, unknown]).unfit).toEqual([{ runId: unknown, reason: 'unknown-rows' }]);
});
