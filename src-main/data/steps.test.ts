/**
 * Chosen steps on a real version: fitted on training rows alone, the same for rows, pieces and a person's values, saved and
 * read again; and what was saved before there were steps.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultSteps } from '../catalog';
import type { ChosenSteps, PredictionInput } from '../contract';
import { describeSetup } from './describe';
import { encodeInputs } from './encode';
import { openPrepared } from './open-prepared';
import { prepareData, readInputs } from './prepare';
import { preparationSchema } from './prepared';
import { previewSteps } from './preview';
import { stageTable, type StagedTable } from './testing/stage-table';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-steps-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const notes = ['好吃的面条 🍜', 'The soup, the SOUP', '', 'salty 😖 and late', 'NA', 'wide awake'];
/** 90 rows with gaps in every column but the target. */
const cells = Array.from({ length: 90 }, (_, row) => [
  row % 7 === 3 ? '' : String((row % 11) ** 3),
  row % 13 === 5 ? '' : ['red', 'green', 'blue'][row % 3]!,
  row % 17 === 2 ? '' : `2024-${String((row % 12) + 1).padStart(2, '0')}-${String((row % 28) + 1).padStart(2, '0')}`,
  `${notes[row % notes.length]!}${row % 6 === 2 || row % 6 === 4 ? '' : ` ${row % 4}`}`,
  row % 2 ? 'odd' : 'even',
]);
const toCsv = (rows: string[][]) =>
  ['price,colour,day,note,kind', ...rows.map((row) => row.map((cell) => `"${cell}"`).join(','))].join('\n');

const every: ChosenSteps = {
  price: [
    { type: 'log', fields: {} },
    { type: 'impute', fields: { strategy: 'median' } },
    { type: 'min-max', fields: { range: 'minus-one-to-one' } },
  ],
  colour: [
    { type: 'impute-category', fields: {} },
    { type: 'one-hot', fields: { others: true } },
  ],
  day: [
    { type: 'date-parts', fields: {} },
    { type: 'standardize', fields: {} },
    { type: 'impute', fields: { strategy: 'constant' } },
  ],
  note: [{ type: 'tokens', fields: { unit: 'byte-pairs', vocabulary: 40 } }],
};
const chosen = (table: StagedTable, steps: ChosenSteps = every): StagedTable => ({
  ...table,
  setup: { ...table.setup, types: { ...table.setup.types, note: 'text' }, steps },
});
const valuesOf = (row: number): PredictionInput => {
  const [price = '', colour = '', day = '', note = ''] = cells[row]!;
  return { kind: 'values', values: { price, colour, day, note } };
};

describe('chosen steps', () => {
  test('give finite numbers for every row, the same for a row, for a person’s values and after saving', async () => {
    const { library, version, setup } = chosen(await stageTable(folder, toCsv(cells), 'kind'));
    const data = await prepareData(library, version, setup);
    const size = data.inputShape[0]!;
    expect(data.preparation.v).toBe(2);
    // 2 for the price and its gaps; 3 colours, missing and others; 5 parts of a day and its gaps; pieces of the notes.
    const note = data.preparation.inputs[3]!;
    const pieces = note.kind === 'steps' ? (note.steps[0]!.fitted as { vocabulary: string[] }).vocabulary : [];
    expect(pieces).toEqual(expect.arrayContaining(['the</w>', 'soup</w>', '🍜</w>', '好</w>']));
    expect(size).toBe(2 + 5 + 6 + pieces.length);
    expect(data.inputs).toHaveLength(90 * size);
    expect(data.inputs.every(Number.isFinite)).toBe(true);
    const saved = preparationSchema.parse(JSON.parse(JSON.stringify(data.preparation)));
    expect(saved).toEqual(data.preparation);
    const rows = [88, 3, 5, 2, 4, 0, 3];
    const expected = rows.flatMap((row) => [...data.inputs.subarray(row * size, (row + 1) * size)]);
    expect([...(await readInputs(library, version, saved, rows)).inputs]).toEqual(expected);
    expect([...encodeInputs(saved, rows.map(valuesOf)).inputs]).toEqual(expected);
  });

  test('learn nothing from validation and test rows', async () => {
    const first = chosen(await stageTable(folder, toCsv(cells), 'kind'));
    const before = await prepareData(first.library, first.version, first.setup);
    const change = (rows: Iterable<number>) => {
      const own = new Set(rows);
      return cells.map((row, at) =>
        own.has(at) ? ['-99999', 'violet', '1066-10-14', 'hastings hastings', row[4]!] : row,
      );
    };
    const held = chosen(
      await stageTable(folder, toCsv(change([...before.parts.test, ...before.parts.validation])), 'kind'),
    );
    const after = await prepareData(held.library, held.version, held.setup);
    expect(after.parts).toEqual(before.parts);
    expect(after.preparation).toEqual(before.preparation);
    // The test can fail: one training row of these changes what each column learns.
    const other = chosen(await stageTable(folder, toCsv(change([before.parts.training[0]!])), 'kind'));
    const changed = await prepareData(other.library, other.version, other.setup);
    for (const [place, recipe] of changed.preparation.inputs.entries()) {
      expect(recipe, recipe.column).not.toEqual(before.preparation.inputs[place]);
    }
  });

  test('written out, the usual steps give the numbers of a column without steps', async () => {
    const table = await stageTable(folder, toCsv(cells), 'kind');
    const usual = await prepareData(table.library, table.version, table.setup);
    expect(usual.preparation.v).toBe(1);
    const steps = { price: [...defaultSteps('number')], colour: [...defaultSteps('category')] };
    const explicit = await prepareData(table.library, table.version, { ...table.setup, steps });
    expect(explicit.preparation.v).toBe(2);
    expect(explicit.inputs).toEqual(usual.inputs);
  });

  test('a column with no step is no input, unless it holds numbers, whose gaps become 0', async () => {
    const { library, version, setup } = await stageTable(folder, toCsv(cells), 'kind');
    const data = await prepareData(library, version, { ...setup, steps: { colour: [], price: [] } });
    expect(data.preparation.inputs.map(({ column }) => column)).not.toContain('colour');
    const size = data.inputShape[0]!;
    expect([0, 1, 2, 3].map((row) => data.inputs[row * size])).toEqual([0, 1, 8, 0]);
  });

  test('are prepared anew for other steps and found again for the same', async () => {
    const { library, version, setup } = await stageTable(folder, toCsv(cells), 'kind');
    const place = { folder: join(folder, 'tensors'), temporary: join(folder, 'temporary') };
    const read = async (steps: ChosenSteps) => {
      let prepared = 0;
      const options = { place, signal: new AbortController().signal, progress: () => (prepared += 1) };
      const opened = await openPrepared(library, version, { ...setup, steps }, options);
      const values = ArrayBuffer.isView(opened.inputs) ? opened.inputs : opened.inputs.readAll();
      await opened.close();
      return { prepared, values: Float32Array.from(values) };
    };
    const [logs, ranges, again] = [
      await read({ price: [{ type: 'log', fields: {} }] }),
      await read({ price: [{ type: 'min-max', fields: {} }] }),
      await read({ price: [{ type: 'log', fields: {} }] }),
    ];
    expect(logs.prepared).toBeGreaterThan(0);
    expect(ranges.prepared).toBeGreaterThan(0);
    expect(ranges.values).not.toEqual(logs.values);
    expect(again).toEqual({ prepared: 0, values: logs.values });
  });

  test.each<[string, ChosenSteps, object]>([
    ['of no kind', { price: [{ type: 'melt', fields: {} }] }, { code: 'definition-unknown' }],
    ['with a wild field', { price: [{ type: 'impute', fields: { value: 1e12 } }] }, { code: 'field-invalid' }],
    [
      'that takes texts, on numbers',
      { price: [{ type: 'one-hot', fields: {} }] },
      { code: 'step-out-of-place', parameters: { column: 'price', step: 'one-hot', number: 1 } },
    ],
    [
      'that gives no numbers, at the end',
      { colour: [{ type: 'impute-category', fields: {} }] },
      { code: 'step-without-numbers', parameters: { column: 'colour', step: 'impute-category' } },
    ],
  ])('a step %s is refused', async (_name, steps, refused) => {
    const { library, version, setup } = await stageTable(folder, toCsv(cells), 'kind');
    await expect(describeSetup(library, version, { ...setup, steps })).rejects.toMatchObject(refused);
  });
});

test('a table of nothing but texts and dates begins with steps for them', async () => {
  const rows = cells.map(([, , day, note, kind], row) =>
    [day!, `${note} ${row}`, kind!].map((cell) => `"${cell}"`).join(','),
  );
  const { library, version, setup } = await stageTable(folder, ['day,note,kind', ...rows].join('\n'), 'kind');
  expect(Object.keys(setup.steps!)).toEqual(['day', 'note']);
  expect((await prepareData(library, version, setup)).inputs.every(Number.isFinite)).toBe(true);
});

test('what was saved before there were steps encodes as it did', () => {
  const preparation = preparationSchema.parse({
    v: 1,
    inputs: [
      { kind: 'standardize', column: 'price', mean: 2.5, standardDeviation: 0.5, hasMissing: true },
      { kind: 'standardize', column: 'weight', mean: -1, standardDeviation: 4, hasMissing: false },
      { kind: 'one-hot', column: 'colour', categories: ['blue', 'red'] },
    ],
    inputShape: [5],
    target: { kind: 'classes', classes: ['a', 'b'] },
    targetColumn: 'kind',
    targetScale: { mean: 0, standardDeviation: 1 },
  });
  const given = [
    { price: '3.75', weight: 1, colour: 'red' },
    { price: '', weight: null, colour: 'violet' },
    { price: null, weight: -1, colour: null },
  ];
  const inputs = given.map((values) => ({ kind: 'values' as const, values }));
  expect([...encodeInputs(preparation, inputs).inputs]).toEqual([
    ...[2.5, 0, 0.5, 0, 1],
    ...[0, 1, 0, 0, 0],
    ...[0, 1, 0, 0, 0],
  ]);
});

describe('before and after', () => {
  test('shows rows as they come in and after each step, with what was learnt', async () => {
    const { library, version, setup } = chosen(await stageTable(folder, toCsv(cells), 'kind'));
    const { rows, stages } = await previewSteps(library, version, setup, 'price', [4, 3]);
    expect(rows).toEqual([4, 3]);
    expect(stages.map(({ rows: shown }) => shown[0]![0])).toEqual([
      64,
      Math.log1p(64),
      Math.log1p(64),
      expect.closeTo(0.20843, 5),
    ]);
    expect(stages.map(({ rows: shown }) => shown[1]![0])).toEqual([null, null, expect.any(Number), expect.any(Number)]);
    expect(stages.map(({ width }) => width)).toEqual([1, 1, 2, 2]);
    expect(stages[3]!.learnt?.en).toBe('minimum 0, maximum 6.909');
    expect(stages[3]!.spread).toMatchObject({ kind: 'bins', low: -1, high: 1 });
    const data = await prepareData(library, version, setup);
    expect(stages[3]!.rows[0]![0]).toBeCloseTo(data.inputs[4 * data.inputShape[0]!]!, 6);
  });

  test('chooses training rows, one with a gap among them, and names the numbers of a row', async () => {
    const { library, version, setup } = chosen(await stageTable(folder, toCsv(cells), 'kind'));
    const { rows, stages } = await previewSteps(library, version, setup, 'colour', []);
    const data = await prepareData(library, version, setup);
    expect(rows.every((row) => data.parts.training.includes(row))).toBe(true);
    expect(stages[0]!.rows.flat()).toContain(null);
    expect(stages[1]!.rows.flat()).toContain('(missing)');
    expect(stages[2]!.names).toEqual(['(missing)', 'blue', 'green', 'red', '…']);
  });

  test('a text that is no input shows what came in; the target and rows beyond the end are refused', async () => {
    const table = await stageTable(folder, toCsv(cells), 'kind');
    const { library, version } = table;
    const { setup } = chosen(table, {});
    expect((await previewSteps(library, version, setup, 'note', [])).stages).toHaveLength(1);
    await expect(previewSteps(library, version, setup, 'kind', [])).rejects.toMatchObject({
      code: 'column-without-steps',
    });
    await expect(previewSteps(library, version, setup, 'note', [90])).rejects.toMatchObject({ code: 'row-missing' });
  });
});
