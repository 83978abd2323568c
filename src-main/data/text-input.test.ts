/** Texts on their way to a network that looks codes up: learnt from training rows, the same for rows and for what is typed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stepsForText, tasks } from '../catalog';
import type { DataSetup } from '../contract';
import { describeSetup } from './describe';
import { encodeInputs } from './encode';
import { prepareData } from './prepare';
import { previewSteps } from './preview';
import { stageTable, type StagedTable } from './testing/stage-table';

let folder: string;
let table: StagedTable;
const dishes = ['牛肉面', 'ramen', '饺子', 'pho 河粉'];
const judged = [
  ['好', '很好吃，下次还来！'],
  ['差', '太咸了，不会再来。'],
] as const;
const texts = Array.from({ length: 80 }, (_, row) => {
  const [label, words] = judged[row % 2]!;
  return { label, text: `${dishes[row % 4]!}${words} No${row}`, title: row % 2 ? 'Bad' : 'Good' };
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-texts-'));
  const lines = texts.map(({ label, text, title }) => `"${text}",${title} ${text.length},${label}`);
  const staged = await stageTable(folder, ['评论,title,label', ...lines].join('\n'), 'label');
  table = { ...staged, setup: { ...staged.setup, types: { title: 'text' } } };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inputsOf = async (setup: DataSetup) => prepareData(table.library, table.version, setup);

test('Chinese texts with classes are proposed for the task, with a network that knows their codes', async () => {
  expect(table.setup.task).toBe('text-classification');
  const described = await describeSetup(table.library, table.version, table.setup);
  const { preparation, inputs, parts } = await inputsOf(table.setup);
  expect(preparation.inputs.map(({ column }) => column)).toEqual(['评论']);
  expect(described.inputShape).toEqual(preparation.inputShape);
  const codes = Array.from(inputs as Float32Array);
  const width = preparation.inputShape[0] ?? 0;
  const largest = Math.max(...[...parts.training].flatMap((row) => codes.slice(row * width, (row + 1) * width)));
  // Every token of training rows has a code, 0 is none, and none lies beyond.
  expect(described.codes).toBe(largest + 1);
  expect(Math.max(...codes)).toBe(largest);
  const network = tasks
    .get('text-classification')
    .defaultNetwork(described.inputShape, described.target, { codes: described.codes, rows: 56 });
  expect(network.layers[0]?.fields['vocabulary']).toBe(largest + 1);
});

test('the length is that of most training texts', async () => {
  const { inputShape } = await describeSetup(table.library, table.version, table.setup);
  // Three for the dish at most, nine signs of the sentence with its punctuation, and the row's number.
  expect(inputShape).toEqual([13]);
});

test('what is typed becomes the codes that the row has, and words that no training row had are left out', async () => {
  const { preparation, inputs, parts } = await inputsOf(table.setup);
  const row = parts.test[0] ?? 0;
  const width = preparation.inputShape[0] ?? 0;
  const typed = (text: string | null) => [
    ...encodeInputs(preparation, [{ kind: 'values', values: { 评论: text } }]).inputs,
  ];
  const own = [...inputs.slice(row * width, (row + 1) * width)];
  expect(typed(texts[row]!.text)).toEqual(own);
  // The number of the row stands in no training row, so that it adds nothing.
  expect(typed(texts[row]!.text.replace(/ No\d+/, ''))).toEqual(own);
  expect(typed('unheard of')).toEqual(new Array<number>(width).fill(0));
  expect(typed(null)).toEqual(new Array<number>(width).fill(0));
});

test('another column of texts is learnt from where it is chosen', async () => {
  const columns = table.version.columns.map((column) => ({
    ...column,
    type: table.setup.types[column.name] ?? column.type,
  }));
  const setup = { ...table.setup, steps: stepsForText(columns, 'label', 'title') };
  const { preparation } = await inputsOf(setup);
  expect(preparation.inputs.map(({ column }) => column)).toEqual(['title']);
  const without = { ...table.setup };
  delete without.steps;
  expect((await inputsOf(without)).preparation.inputs.map(({ column }) => column)).toEqual(['评论']);
});

test('the preview names the token behind each code', async () => {
  const { stages } = await previewSteps(table.library, table.version, table.setup, '评论', [0]);
  const shown = stages[1]?.rows[0] ?? [];
  expect(shown.map((cell) => String(cell).split(' ')[0])).toEqual(['牛', '肉', '面', '很', '好', '吃']);
});
