/** Better or luck, from the built terminal: the verdict over test rows, and the same setup with another seed. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTerminal, endOf, resultOf, startTerminal } from './testing/built';

let folder: string;
beforeAll(async () => {
  folder = await buildTerminal();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...words: string[]) => endOf(startTerminal(folder, ...words));

test('a setup is trained again with another seed, its spread told, and the two are held against each other', async () => {
  expect((await run('train', 'penguins', '--set', 'epochs=2', '--seed', '7', '--name', 'first')).code).toBe(0);
  const { code, out } = await run('repeat', 'first', '--seeds', '2');
  expect(code).toBe(0);
  expect(out).toMatch(/^first +2 +[01]\.\d{4}( +[01]\.\d{4}){3}$/m);
  // There are as many by now.
  expect((await resultOf(folder, 'repeat', 'first', '--seeds', '2'))['runs']).toMatchObject([
    { name: 'first', seed: 7 },
    { name: 'first-seed-8', seed: 8 },
  ]);
  const { tests } = await resultOf(folder, 'compare', 'first', 'first-seed-8');
  expect(tests).toMatchObject({ score: 'accuracy', rows: 52, resamples: 10_000, unfit: [] });
  const said = (await run('compare', 'first', 'first-seed-8')).out;
  expect(said).toMatch(/^Better or luck\? By accuracy on the same 52 test rows:\n {2}first-seed-8 .*first/m);
  const refused = await run('compare', 'first', 'first-seed-8', '--score', 'mean-absolute-error');
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('log-loss')]);
}, 120_000);

test('runs that wait are listed in their order, moved, taken out, and trained until none waits', async () => {
  for (const name of ['second', 'third']) {
    await resultOf(folder, 'train', 'penguins', '--set', 'epochs=1', '--name', name, '--queue');
  }
  const { waiting, training } = await resultOf(folder, 'queue', '--first', 'third');
  expect([training, waiting]).toMatchObject([0, [{ name: 'third' }, { name: 'second' }]]);
  await resultOf(folder, 'queue', '--remove', 'second');
  const { code, out } = await run('queue', '--run');
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/Run third [^]*third [^]*: finished, 1 of 1 [^]*\n1 trained\.\n$/),
  ]);
  const { err } = await run('queue', '--first', 'second');
  expect(err).toContain('second does not wait in the queue');
}, 120_000);
