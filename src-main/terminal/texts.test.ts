/** Texts from a file to a prediction, from the terminal: Chinese and mixed reviews are told apart, by typed and by filed text. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTerminal, endOf, resultOf, startTerminal } from './testing/built';

let folder: string;
beforeAll(async () => {
  folder = await buildTerminal();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const dishes = ['牛肉面', '饺子', 'ramen', '河粉', 'curry 饭', '豆花'];
const praise = ['很好吃', '味道不错，推荐', '真香 delicious', '下次还来', '分量足，服务好'];
const blame = ['太咸了', '等了很久，难吃', 'cold 而且没味道', '不会再来', '又贵又少'];
/** Reviews whose words of praise and blame are drawn by the row. */
const reviews = Array.from({ length: 240 }, (_, row) => {
  const words = row % 2 ? blame : praise;
  const [one, other] = [words[(row >> 1) % 5], words[((row >> 1) * 3 + 1) % 5]];
  return `"${dishes[row % 6]}${one}，${other}。",${row % 2 ? '差评' : '好评'}`;
});

interface Answers {
  readonly predictions: readonly {
    readonly predicted: string;
    readonly outputs: readonly { readonly value: number }[];
  }[];
}

test('Chinese reviews are imported, trained and judged', async () => {
  const file = join(folder, '评论.csv');
  await writeFile(file, ['评论,评价', ...reviews, ''].join('\n'));
  await resultOf(folder, 'import', file, '--target', '评价', '--name', 'reviews');
  const { columns } = await resultOf(folder, 'steps', 'reviews');
  expect(columns).toMatchObject([{ column: '评论', steps: [{ type: 'tokens', fields: { output: 'sequence' } }] }]);
  const { run } = await resultOf(folder, 'train', 'reviews', '--name', 'first', '--augment', 'word-dropout:share=0.1');
  expect(run).toMatchObject({ state: 'finished', engine: { kind: 'compiled' }, data: { task: 'text-classification' } });
  expect((run as { test: Record<string, number> }).test['accuracy']).toBeGreaterThan(0.95);

  const note = join(folder, 'note.txt');
  await writeFile(note, '\uFEFF河粉太咸了，\n不会再来。');
  const table = join(folder, 'more.csv');
  await writeFile(table, '店,评论\n一,饺子很好吃\n二,\n');
  const typed = ['predict', 'first', '--text', '牛肉面真香，推荐', '--text', '难吃，又贵又少', note, table];
  const { predictions } = (await resultOf(folder, ...typed)) as unknown as Answers;
  // The last row has no text: an answer is given, but none is to be relied on.
  expect(predictions.map(({ predicted }) => predicted).slice(0, 4)).toEqual(['好评', '差评', '差评', '好评']);
  expect(predictions).toHaveLength(5);
  for (const { outputs } of predictions) expect(outputs.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 5);
}, 180_000);

test('a pretrained network takes their preparation along, and judges what is typed', async () => {
  const words = ['train', 'reviews', '--preset', 'pretrained', '--set', 'epochs=2'];
  const { run } = await resultOf(folder, ...words, '--name', 'second');
  // It is English, and knows few of these signs: it needs not be right, but must be trained and answer.
  expect(run).toMatchObject({
    state: 'finished',
    data: { steps: { 评论: [{ type: 'word-pieces' }] } },
    network: { layers: [{ type: 'minilm-l6' }, {}, {}, { type: 'dense' }] },
  });
  const { predictions } = (await resultOf(folder, 'predict', 'second', '--text', '难吃 😀')) as unknown as Answers;
  expect(predictions[0]?.outputs.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 5);
}, 120_000);

test('a network that knows fewer codes than the texts have is refused, with the number that it needs', async () => {
  const words = ['train', 'reviews', '--set', 'network.layers.0.fields.vocabulary=5'];
  const { code, err } = await endOf(startTerminal(folder, ...words));
  expect(code).toBe(1);
  expect(err).toMatch(/Layer 1 \(Embedding\): Embedding knows 5 codes, but the data have \d+/);
}, 60_000);
