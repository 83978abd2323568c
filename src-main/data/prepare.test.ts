/** Preparation: fitted on training rows alone, the same for a row of the version and for a person's values, coded refusals. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeSetup } from './describe';
import { encodeInputs, exampleSize } from './encode';
import { preparationSchema } from './prepared';
import { prepareData, readInputs } from './prepare';
import { readRows } from './rows';
import { stageTable } from './testing/stage-table';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-prepare-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stage = (text: string, target: string) => stageTable(folder, text, target);

/** 60 rows: a number with gaps, a colour, a class. */
const cells = Array.from({ length: 60 }, (_, row) => [
  row % 7 === 3 ? '' : String(row * 1.5),
  ['red', 'green', 'blue'][row % 3]!,
  row % 2 ? 'odd' : 'even',
]);
const toCsv = (rows: string[][]) => ['size,colour,kind', ...rows.map((row) => row.join(','))].join('\n');

describe('a table', () => {
  test('standardizes by the training rows and marks gaps', async () => {
    const { version, library, setup } = await stage(toCsv(cells), 'kind');
    const data = await prepareData(library, version, setup);
    expect(preparationSchema.parse(data.preparation)).toEqual(data.preparation);
    expect(data.inputShape).toEqual([5]);
    expect(data.target).toEqual({ kind: 'classes', classes: ['even', 'odd'] });
    const present = [...data.parts.training].filter((row) => cells[row]![0] !== '');
    const sizes = present.map((row) => data.inputs[row * 5]!);
    expect(sizes.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4);
    expect(sizes.reduce((sum, value) => sum + value * value, 0) / sizes.length).toBeCloseTo(1, 4);
    for (const [row, [size, colour]] of cells.entries()) {
      const [value, isMissing, ...colours] = data.inputs.subarray(row * 5, row * 5 + 5);
      expect(isMissing).toBe(size === '' ? 1 : 0);
      if (size === '') expect(value).toBe(0);
      expect(colours).toEqual(['blue', 'green', 'red'].map((name) => (name === colour ? 1 : 0)));
    }
  });

  test('learns nothing from test and validation rows', async () => {
    const first = await stage(toCsv(cells), 'kind');
    const before = await prepareData(first.library, first.version, first.setup);
    const held = [...before.parts.test, ...before.parts.validation];
    const changed = cells.map((row, index) => (held.includes(index) ? ['9999999', 'violet', row[2]!] : row));
    const second = await stage(toCsv(changed), 'kind');
    const after = await prepareData(second.library, second.version, second.setup);
    expect(after.parts).toEqual(before.parts);
    expect(after.preparation).toEqual(before.preparation);
    // The test can fail: a changed training row changes the recipe.
    const third = await stage(
      toCsv(cells.map((row, index) => (index === before.parts.training[0] ? ['9999999', 'violet', row[2]!] : row))),
      'kind',
    );
    expect((await prepareData(third.library, third.version, third.setup)).preparation).not.toEqual(before.preparation);
  });

  test('gives the same numbers for a row, a list of rows and a person’s values', async () => {
    const { version, library, setup } = await stage(toCsv(cells), 'kind');
    const data = await prepareData(library, version, setup);
    const rows = [40, 3, 3, 0];
    const expected = rows.flatMap((row) => [...data.inputs.subarray(row * 5, row * 5 + 5)]);
    expect([...(await readInputs(library, version, data.preparation, rows)).inputs]).toEqual(expected);
    const values = rows.map((row) => ({
      kind: 'values' as const,
      values: { size: cells[row]![0]!, colour: cells[row]![1]! },
    }));
    expect([...encodeInputs(data.preparation, values).inputs]).toEqual(expected);
  });

  test('a number as target is standardized, rows without it are in no part', async () => {
    const { version, library, setup } = await stage(toCsv(cells), 'size');
    expect(setup.task).toBe('table-regression');
    const data = await prepareData(library, version, setup);
    const gaps = cells.filter(([size]) => size === '').length;
    const { training, validation, test: tested } = data.parts;
    expect(training.length + validation.length + tested.length).toBe(60 - gaps);
    const { mean, standardDeviation } = data.preparation.targetScale;
    for (const row of training) expect(data.targets[row]! * standardDeviation + mean).toBeCloseTo(row * 1.5, 3);
    expect((await describeSetup(library, version, setup)).withoutTarget).toBe(gaps);
  });

  test('unfit values are refused by input and column', async () => {
    const { version, library, setup } = await stage(toCsv(cells), 'kind');
    const { preparation } = await prepareData(library, version, setup);
    const wrong = { kind: 'values' as const, values: { size: 'large', colour: 'red' } };
    expect(() => encodeInputs(preparation, [{ kind: 'values', values: {} }, wrong])).toThrow(
      /Input 2: "large" in column "size" is not a number/,
    );
    expect(() => encodeInputs(preparation, [{ kind: 'pixels', pixels: new Uint8Array(5) }])).toThrow(
      /not a row of values/,
    );
    await expect(readInputs(library, version, preparation, [60])).rejects.toMatchObject({ code: 'row-missing' });
    expect(exampleSize(preparation)).toBe(5);
  });

  test('a share that gives no row is refused by its part', async () => {
    const { version, library, setup } = await stage(toCsv(cells), 'kind');
    const split = { kind: 'random' as const, seed: 1, validation: 0.8, test: 0.2, stratified: false };
    await expect(describeSetup(library, version, { ...setup, split })).rejects.toMatchObject({
      code: 'split-without-training',
    });
    await expect(
      describeSetup(library, version, { ...setup, split: { ...split, validation: 0.001 } }),
    ).rejects.toMatchObject({
      code: 'split-without-validation',
    });
  });
});

test('70,000 rows: any page, filter or search within 50 ms once warm', async () => {
  const lines = Array.from(
    { length: 70_000 },
    (_, row) => `${row},${row % 10 ? 'common' : 'rare'} word,class ${row % 10},${Math.sin(row)}`,
  );
  const { version, library, setup } = await stage(['id,words,kind,wave', ...lines].join('\n'), 'kind');
  const query = { setup, part: null, label: null, search: '', offset: 0, limit: 100 };
  const asked = [
    query,
    { ...query, offset: 69_950 },
    { ...query, part: 'test' as const, offset: 5000 },
    { ...query, part: 'training' as const, label: 'class 3', offset: 4000 },
    { ...query, search: 'RARE', offset: 3000 },
  ];
  await readRows(library, version, query);
  for (const each of asked) {
    const times: number[] = [];
    for (let repeat = 0; repeat < 5; repeat += 1) {
      const began = performance.now();
      const { rows } = await readRows(library, version, each);
      times.push(performance.now() - began);
      expect(rows.length).toBeGreaterThan(0);
    }
    expect(Math.min(...times)).toBeLessThan(50);
  }
  expect((await readRows(library, version, asked[4]!)).total).toBe(7000);
});

describe('weights of rows', () => {
  /** As above, with a weight: 1, 2, 3, 1, 2, 3 … */
  const weighted = (change: (row: number) => string = (row) => String((row % 3) + 1)) =>
    ['size,colour,kind,count', ...cells.map((row, index) => [...row, change(index)].join(','))].join('\n');
  const weightColumn = 'count';

  test('are the column over its mean in the training rows, and no input', async () => {
    const { version, library, setup } = await stage(weighted(), 'kind');
    const plain = await prepareData(library, version, setup);
    expect(plain.weights).toBeUndefined();
    expect(plain.inputShape).toEqual([6]);
    const data = await prepareData(library, version, { ...setup, weightColumn });
    expect(data.preparation.inputs.map(({ column }) => column)).toEqual(['size', 'colour']);
    const { training } = data.parts;
    const mean = [...training].reduce((sum, row) => sum + (row % 3) + 1, 0) / training.length;
    for (const row of training) expect(data.weights![row]).toBeCloseTo(((row % 3) + 1) / mean, 6);
    expect([...training].reduce((sum, row) => sum + data.weights![row]!, 0) / training.length).toBeCloseTo(1, 6);
    expect((await describeSetup(library, version, { ...setup, weightColumn })).inputShape).toEqual([5]);
  });

  test.each([
    ['a missing one', (row: number) => (row === 4 ? '' : '1'), { code: 'weight-missing', row: 5 }],
    ['a negative one', (row: number) => (row === 7 ? '-2' : '1'), { code: 'weight-negative', row: 8, value: -2 }],
    ['nothing but zeros', (row: number) => (row === 60 ? '1' : '0'), { code: 'weights-zero' }],
  ])('%s is refused with its column and row', async (_name, change, { code, ...parameters }) => {
    const { version, library, setup } = await stage(weighted(change), 'kind');
    const refused = { code, parameters: { column: weightColumn, ...parameters } };
    await expect(prepareData(library, version, { ...setup, weightColumn })).rejects.toMatchObject(refused);
    await expect(describeSetup(library, version, { ...setup, weightColumn })).rejects.toMatchObject(refused);
  });

  test('a row without a target needs none', async () => {
    const change = (row: number) => (row === 3 ? '' : '1');
    const { version, library, setup } = await stage(weighted(change), 'size');
    const data = await prepareData(library, version, { ...setup, weightColumn });
    expect(data.weights![3]).toBe(0);
    expect(data.weights![4]).toBe(1);
  });

  test('are neither the target nor a column that is not there', async () => {
    const { version, library, setup } = await stage(weighted(), 'kind');
    const refused = (column: string) => prepareData(library, version, { ...setup, weightColumn: column });
    await expect(refused('kind')).rejects.toMatchObject({ code: 'weight-is-target' });
    await expect(refused('absent')).rejects.toMatchObject({ code: 'column-missing' });
  });
});
