/** Labels from the built terminal, as a script has them: counted, proposed by a model, taken, and what its order would have saved. */
import { createCanvas } from '@napi-rs/canvas';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTerminal, endOf, resultOf, startTerminal } from './testing/built';

let folder: string;
beforeAll(async () => {
  folder = await buildTerminal();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...words: string[]) => endOf(startTerminal(folder, ...words));

const result = (...words: string[]) => resultOf(folder, ...words);

const ROWS = 150;
const LABELLED = 120;
const words = [
  ['fine', 'lovely', 'great'],
  ['dull', 'awful', 'poor'],
] as const;

test('rows are labelled, the rest is proposed and taken, and the order is replayed', async () => {
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const said = [0, 1, 2].map((at) => words[row % 2]![(row * 7 + at * at) % 3]);
    return `the film is ${said.join(' ')} and so on with number ${row}`;
  });
  await writeFile(join(folder, 'films.csv'), ['text', ...lines].join('\n'));
  await run('import', join(folder, 'films.csv'));
  const rowsOf = (kind: number) =>
    Array.from({ length: LABELLED }, (_, row) => row + 1).filter((row) => (row - 1) % 2 === kind);
  const set = (kind: number, value: string) => ['--set', `${rowsOf(kind).join(',')}:mood=${value}`];
  await result('edit', 'films', '--add-column', 'mood:category', ...set(0, 'good'), ...set(1, 'bad'));
  expect((await run('labels', 'films')).out).toContain(`mood: ${LABELLED} of ${ROWS} rows labelled, 30 missing.`);

  const replay = await result('propose', 'films', '--column', 'mood', '--replay');
  expect(replay).toMatchObject({ column: 'mood', heldOut: LABELLED / 5, goal: 1 });
  const accepted = await run('propose', 'films', '--column', 'mood', '--accept', '0.5');
  expect(accepted.out).toContain('30 rows labelled. Of 120 labelled rows that the model had not seen');
  expect(await result('labels', 'films', '--column', 'mood')).toMatchObject({
    rows: ROWS,
    labelled: ROWS,
    classes: [
      { label: 'bad', rows: ROWS / 2 },
      { label: 'good', rows: ROWS / 2 },
    ],
  });
  const refused = await run('propose', 'films', '--column', 'mood', '--accept', 'all');
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('"all" is no number from 0 to 1');
}, 120_000);

test('pictures without classes are learnt from as they are, but for a task that needs a target', async () => {
  const place = join(folder, 'parts');
  await mkdir(place);
  for (let index = 0; index < 24; index += 1) {
    const canvas = createCanvas(8, 8);
    const context = canvas.getContext('2d');
    context.fillStyle = `hsl(${index * 3} 70% 50%)`;
    context.fillRect(0, 0, 8, index === 23 ? 2 : 8);
    await writeFile(join(place, `${index}.png`), canvas.toBuffer('image/png'));
  }
  expect((await run('import', place)).out).toContain('Find unusual pictures');
  expect((await result('train', 'parts', '--set', 'epochs=1'))['run']).toMatchObject({
    state: 'finished',
    data: { task: 'image-anomaly', target: '' },
  });
  const refused = await run('train', 'parts', '--task', 'table-regression');
  expect(refused.err).toContain('No target is chosen yet');
}, 120_000);
