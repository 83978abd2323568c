/** Forecasts: windows keep to their series and part, a network sees no future, seasons are found, figures are those of the formulas. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DataSetup, ForecastChoices, Split } from '../../contract';
import { describeSetup } from '../describe';
import { stageTable, type StagedTable } from '../testing/stage-table';
import { encodeStepRows, encodeSteps } from './encode';
import { openForecast } from './open';
import { orderSteps } from './order';
import { seasonOf } from './season';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-forecast-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const choices: ForecastChoices = {
  ...{ time: 'day', series: null, covariates: [] },
  ...{ window: 4, horizon: 2, season: 4 },
};
const dayOf = (step: number) => new Date(Date.UTC(2020, 0, 1 + step)).toISOString().slice(0, 10);
/** Rises by 10 a season of four days, so that the seasonal naive forecast is always 10 too low. */
const valueOf = (step: number) => 100 + 10 * Math.floor(step / 4) + [0, 5, 2, 7][step % 4]!;

async function stage(lines: readonly string[], forecast: Partial<ForecastChoices> = {}): Promise<StagedTable> {
  const staged = await stageTable(folder, ['day,shop,value', ...lines].join('\n'), 'value');
  const split = { kind: 'ordered', column: 'day', validation: 0.2, test: 0.2 } as const;
  const setup: DataSetup = {
    ...staged.setup,
    task: 'series-forecasting',
    split,
    forecast: { ...choices, ...forecast },
  };
  return { ...staged, setup };
}
const lineOf = (step: number, shop = 'a', value: number | string = valueOf(step)) => `${dayOf(step)},${shop},${value}`;
const oneSeries = (length: number) => Array.from({ length }, (_, step) => lineOf(step));

describe('windows', () => {
  test('have all answers in one part, read only what is before, and are not there where too little is', async () => {
    const { library, version, setup } = await stage(oneSeries(50));
    const { parts, inputs, targets, forecast } = await openForecast(library, version, setup);
    // Rows 0–29 train, 30–39 validate, 40–49 test; a window needs a season before it and two steps after it.
    expect([...parts.training]).toEqual(Array.from({ length: 25 }, (_, at) => 3 + at));
    expect([...parts.validation]).toEqual(Array.from({ length: 9 }, (_, at) => 29 + at));
    expect([...parts.test]).toEqual(Array.from({ length: 9 }, (_, at) => 39 + at));
    const rows = Int32Array.of(10, 47);
    expect([...forecast.actual(rows)]).toEqual([11, 12, 48, 49].map(valueOf));
    expect([...forecast.seasonal(rows)]).toEqual([7, 8, 44, 45].map(valueOf));
    expect([...forecast.naive(rows)]).toEqual([10, 10, 47, 47].map(valueOf));
    // (x − last) / deviation of the training rows.
    const training = Array.from({ length: 30 }, (_, step) => valueOf(step));
    const mean = training.reduce((sum, value) => sum + value, 0) / 30;
    const deviation = Math.sqrt(training.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 30);
    const expected = [7, 8, 9, 10].map((step) => (valueOf(step) - valueOf(10)) / deviation);
    for (const [at, value] of [...inputs.take(Int32Array.of(10))].entries())
      expect(value).toBeCloseTo(expected[at]!, 5);
    for (const value of targets.subarray(20, 22)) expect(value).toBeCloseTo(10 / deviation, 5);
    // The seasonal naive forecast is 10 off on every training row: what MASE divides by.
    for (const scale of forecast.scales(rows)) expect(scale).toBeCloseTo(10, 9);
  });

  test('never go from one series into another, whatever the order of the rows', async () => {
    const both = Array.from({ length: 40 }, (_, step) => [lineOf(step), lineOf(step, 'b', 1000 + step)]).flat();
    const { library, version, setup } = await stage(both.reverse(), { series: 'shop' });
    const { parts, forecast } = await openForecast(library, version, setup);
    for (const part of Object.values(parts)) {
      for (const row of part) {
        const around = [...forecast.history(row, 99), ...forecast.actual(Int32Array.of(row))];
        expect(new Set(around.map((value) => value! >= 1000)).size).toBe(1);
      }
    }
    expect(parts.test.length).toBe(2 * 7);
  });

  test('learn nothing from what comes later', async () => {
    const changed = oneSeries(50).map((line, step) => (step >= 30 ? lineOf(step, 'a', 99_999) : line));
    const read = async ({ library, version, setup }: StagedTable) => {
      const { preparation, parts, inputs, targets } = await openForecast(library, version, setup);
      const answers = [...parts.training].map((row) => [...targets.subarray(2 * row, 2 * row + 2)]);
      return { preparation, training: [...inputs.take(parts.training)], answers };
    };
    expect(await read(await stage(changed))).toEqual(await read(await stage(oneSeries(50))));
  });

  test('leave gaps in the answers out, and carry what was known last over gaps before', async () => {
    const lines = oneSeries(50).map((line, step) => (step === 20 ? lineOf(step, 'a', '') : line));
    const { library, version, setup } = await stage(lines);
    const { parts, inputs } = await openForecast(library, version, setup);
    expect([18, 19, 20, 21].map((row) => parts.training.includes(row))).toEqual([false, false, true, true]);
    const [, , before, last] = inputs.take(Int32Array.of(20));
    expect([before, last]).toEqual([0, 0]);
  });
});

test.each<[string, Split | undefined, Partial<ForecastChoices>]>([
  ['forecast-split-unordered', { kind: 'random', seed: 1, validation: 0.2, test: 0.2, stratified: false }, {}],
  ['forecast-part-short', undefined, { horizon: 11 }],
  ['forecast-column-unfit', undefined, { covariates: ['value'] }],
  ['forecast-column-unfit', undefined, { time: 'value' }],
  ['column-missing', undefined, { series: 'nobody' }],
])('%s is refused', async (code, split, forecast) => {
  const { library, version, setup } = await stage(oneSeries(50), forecast);
  await expect(describeSetup(library, version, split ? { ...setup, split } : setup)).rejects.toMatchObject({ code });
});

test('steps that a person gives are the window of the same rows, with covariates', async () => {
  const lines = Array.from({ length: 50 }, (_, step) => lineOf(step, step % 3 === 0 ? 'a' : 'b'));
  const { library, version, setup } = await stage(lines, { covariates: ['shop'] });
  const { preparation, forecast } = await openForecast(library, version, setup);
  const ofRows = await encodeStepRows(library, version, setup, preparation, [20]);
  const cells = (column: 1 | 2) => lines.slice(0, 21).map((line) => line.split(',')[column]);
  const values = { value: cells(2).join(' '), shop: cells(1).join('\n') };
  const given = encodeSteps(preparation, [{ kind: 'values', values }]);
  expect(given.inputs.length).toBe(4 * 3);
  expect([...given.inputs]).toEqual([...ofRows.inputs]);
  expect([...given.level]).toEqual([...forecast.level(Int32Array.of(20))]);
  const short = [{ kind: 'values' as const, values: { ...values, value: '1 2 3' } }];
  expect(() => encodeSteps(preparation, short)).toThrow('forecast-too-few-steps');
});

test('the step that is known last has its time, of rows and of what a person gives', async () => {
  const { library, version, setup } = await stage(oneSeries(50));
  const { preparation, forecast } = await openForecast(library, version, setup);
  expect(preparation.forecast?.timing).toMatchObject({ form: 'day', step: { unit: 'millisecond', count: 86_400_000 } });
  expect((await encodeStepRows(library, version, setup, preparation, [20])).times[0]).toBe(Date.UTC(2020, 0, 21));
  const value = '1 2 3 4';
  const given = [{ day: '2021-02-03\n2021-02-04\n' }, { day: 'soon' }, { day: null }].map((when) => {
    return { kind: 'values' as const, values: { value, ...when } };
  });
  expect([...encodeSteps(preparation, given).times]).toEqual([Date.UTC(2021, 1, 4), NaN, NaN]);
  expect(forecast.times(47, 2)).toEqual(['2020-02-16', '2020-02-17', '2020-02-18', '2020-02-19']);
});

test('seasons are found where there are some', () => {
  const wave = (length: number, period: number, slope: number) =>
    Float64Array.from(
      { length },
      (_, at) => slope * at + 10 * Math.sin((2 * Math.PI * at) / period) + ((at * 7919) % 13) / 6,
    );
  expect(seasonOf(wave(144, 12, 2))).toBe(12);
  expect(seasonOf(wave(500, 24, 0))).toBe(24);
  expect(seasonOf(wave(1200, 365, 0.01))).toBe(365);
  expect(seasonOf(Float64Array.from({ length: 100 }, (_, at) => 3 * at))).toBe(1);
  expect(seasonOf(new Float64Array(50))).toBe(1);
});

test('a setup says what it comes to, with what the data suggest in the place of what nobody chose', async () => {
  const open = { window: null, horizon: null, season: null };
  const { library, version, setup } = await stage(oneSeries(60), open);
  const { forecast, inputShape, target } = await describeSetup(library, version, setup);
  expect(forecast?.plan).toMatchObject({ season: 4, horizon: 4, window: 8 });
  expect(inputShape).toEqual([8, 1]);
  expect(target).toEqual({ kind: 'number', unit: null, steps: 4 });
});

test('steps are put in order by series and key', () => {
  const { rows, starts, ends, seriesCount } = orderSteps([3, 1, 2, NaN, 1], Int32Array.of(1, 0, 1, 0, 0));
  expect([[...rows], [...starts], [...ends]]).toEqual([
    [3, 1, 4, 2, 0],
    [0, 0, 0, 3, 3],
    [3, 3, 3, 5, 5],
  ]);
  expect(seriesCount).toBe(2);
});
