/** Searches from the built terminal: found, stopped by Ctrl-C and gone on with. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Search } from '../contract';
import { buildTerminal, endOf, resultOf, startTerminal } from './testing/built';

let folder: string;
beforeAll(async () => {
  folder = await buildTerminal();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('Ctrl-C stops and keeps; it goes on by its name, makes the best anew and shows it', async () => {
  const words = ['--parameter', 'learningRate=1e-3..1e-1 log', '--set', 'epochs=3', '--seeds', '1', '--pruner', 'none'];
  const child = startTerminal(folder, 'search', 'penguins', ...words, '--minutes', '5', '--json');
  // Once: a second Ctrl-C ends it at once.
  child.stdout?.on('data', function stop(chunk: Buffer) {
    if (!chunk.toString().includes('"type":"trial"')) return;
    child.stdout?.off('data', stop);
    child.kill('SIGINT');
  });
  const { code, out } = await endOf(child);
  expect(code).toBe(130);
  const { search, trials } = JSON.parse(out.trim().split('\n').at(-1) ?? '') as { search: Search; trials: unknown[] };
  expect(search).toMatchObject({ state: 'stopped', outcome: { ended: 'stopped' }, runIds: [] });

  const count = search.counts.finished + 1;
  const { searches } = (await resultOf(folder, 'search', '--list')) as { searches: Search[] };
  expect(searches.map(({ name }) => name)).toEqual([search.name]);
  const resumed = await endOf(startTerminal(folder, 'search', '--resume', search.name, '--trials', '1'));
  expect(resumed.out).toContain(`finished, all trials were tried, ${count} trials`);
  expect(resumed.out).toMatch(/Made anew with seed \d+: .*, finished; on the test rows accuracy [01]\.\d+/);
  expect([resumed.code, trials.length]).toEqual([0, expect.any(Number)]);
}, 120_000);
