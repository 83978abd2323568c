/** A finished run trained further from the built terminal: beyond its epochs, and beyond where it had stopped early. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTerminal, endOf, resultOf, startTerminal } from './testing/built';

let folder: string;
beforeAll(async () => {
  folder = await buildTerminal();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const result = (...words: string[]) => resultOf(folder, ...words);

test('a run that stopped early is trained further, with another learning rate, and the log says so', async () => {
  const stopping = ['--set', 'watch.minimumChange=9', '--set', 'earlyStopping.patience=1'];
  const first = await result('train', 'digits-small', ...stopping, '--set', 'epochs=20', '--name', 'one');
  expect(first).toMatchObject({ run: { state: 'finished', epochsDone: 2 } });
  const further = await result('resume', 'one', '--more', '2', '--learning-rate', '0.0001');
  expect(further).toMatchObject({ run: { state: 'finished', epochsDone: 4, settings: { epochs: 4 } } });
  const { out } = await endOf(startTerminal(folder, 'show', 'one'));
  expect(out).toMatch(/Early stopping, which had ended the run, is off from here/);
  expect(out).toMatch(/Learning rate changed from 0\.001 to 0\.0001/);
  const again = await endOf(startTerminal(folder, 'resume', 'one', '--json'));
  expect(JSON.parse(again.out.trim())).toMatchObject({ error: { code: 'call-invalid' } });
});
