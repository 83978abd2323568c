/** Windows of series: by hand on few numbers, and the same on a real version for all rows, some rows and a person's list. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Step } from '../contract';
import { describeSetup } from './describe';
import { encodeInputs } from './encode';
import { prepareData, readInputs } from './prepare';
import { preparationSchema } from './prepared';
import { previewSteps } from './preview';
import { seriesOf, windowsOf } from './series';
import { stageTable } from './testing/stage-table';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-series-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('windows', () => {
  // In order 10, 20, 30, 40; 99 has no place in it and comes last.
  const series = seriesOf(Float64Array.of(30, 10, 99, 40, 20), Float64Array.of(3, 1, NaN, 4, 2));

  test('hold earlier rows, the oldest first, and nothing before the beginning', () => {
    const window = { earlier: 2, current: true, order: '' };
    expect([...windowsOf(series, [3, 4, 1, 2], window)]).toEqual([
      ...[20, 30, 40],
      ...[NaN, 10, 20],
      ...[NaN, NaN, 10],
      ...[30, 40, 99],
    ]);
    expect([...windowsOf(series, [0], { ...window, current: false })]).toEqual([10, 20]);
  });

  test('rows of the same place follow each other as in the file', () => {
    const same = seriesOf(Float64Array.of(1, 2, 3), new Float64Array(3));
    expect([...windowsOf(same, [2], { earlier: 2, current: true, order: '' })]).toEqual([1, 2, 3]);
  });
});

/** 60 days in the order of the 7th, 14th, …: day `(row · 7) mod 60` measures its own number, some not at all. */
const days = Array.from({ length: 60 }, (_, row) => (row * 7) % 60);
const measured = (day: number) => (day % 10 === 6 ? '' : String(day));
const dateOf = (day: number) => `${(day % 28) + 1}.${1 + Math.floor(day / 28)}.2024`;
const csv = [
  'load,day,kind',
  ...days.map((day, row) => [measured(day), dateOf(day), row % 2 ? 'odd' : 'even'].join(',')),
].join('\n');
const window: Step = { type: 'window', fields: { earlier: 3, order: 'day' } };

describe('a version', () => {
  test('joins rows by their dates, the same for all rows, some rows, a person’s list and after saving', async () => {
    const { library, version, setup: before } = await stageTable(folder, csv, 'kind');
    const setup = {
      ...before,
      steps: { load: [window, { type: 'impute', fields: { strategy: 'constant', value: -1 } }] },
    };
    const data = await prepareData(library, version, setup);
    expect(data.preparation.inputs.map(({ column }) => column)).toEqual(['load']);
    expect(data.inputShape).toEqual([5]);
    for (const [row, day] of days.entries()) {
      const expected = [3, 2, 1, 0].map((back) => (day - back < 0 || measured(day - back) === '' ? -1 : day - back));
      const found = [...data.inputs.subarray(row * 5, row * 5 + 5)];
      expect(found, `day ${day}`).toEqual([...expected, expected.includes(-1) ? 1 : 0]);
    }
    const saved = preparationSchema.parse(JSON.parse(JSON.stringify(data.preparation)));
    const rows = [59, 0, 12];
    const some = rows.flatMap((row) => [...data.inputs.subarray(row * 5, row * 5 + 5)]);
    expect([...(await readInputs(library, version, saved, rows)).inputs]).toEqual(some);
    const given = ['1, 2;3 4', '9 10 11 12 13 14', '14', null, 7].map((load) => ({
      kind: 'values' as const,
      values: { load },
    }));
    expect([...encodeInputs(saved, given).inputs]).toEqual([
      ...[1, 2, 3, 4, 0],
      ...[11, 12, 13, 14, 0],
      ...[-1, -1, -1, 14, 1],
      ...[-1, -1, -1, -1, 1],
      ...[-1, -1, -1, 7, 1],
    ]);
    expect(() => encodeInputs(saved, [{ kind: 'values', values: { load: '1 2 many' } }])).toThrow('is not a number');
  });

  test('shows single numbers before and their windows after', async () => {
    const { library, version, setup } = await stageTable(folder, csv, 'kind');
    const steps = { load: [window, { type: 'standardize', fields: {} }] };
    const { stages } = await previewSteps(library, version, { ...setup, steps }, 'load', [5]);
    expect(stages.map(({ width }) => width)).toEqual([1, 4, 4]);
    // Row 5 is day 35; day 36 would be missing.
    expect(stages[0]!.rows).toEqual([[35]]);
    expect(stages[1]!.rows).toEqual([[32, 33, 34, 35]]);
    expect(stages[1]!.names).toEqual(['t−3', 't−2', 't−1', 't']);
  });

  test.each<[string, Step[], string]>([
    ['after another step', [{ type: 'log', fields: {} }, window], 'step-out-of-place'],
    ['by a column that is not there', [{ type: 'window', fields: { order: 'week' } }], 'column-missing'],
  ])('a window %s is refused', async (_name, load, code) => {
    const { library, version, setup } = await stageTable(folder, csv, 'kind');
    await expect(describeSetup(library, version, { ...setup, steps: { load } })).rejects.toMatchObject({ code });
  });
});
