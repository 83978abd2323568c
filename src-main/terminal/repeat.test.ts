/** What is done with trained runs from the built terminal: held against each other, repeated, queued, branched, and exported. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
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

test('a branch says what it begins with', async () => {
  expect((await run('branch', 'first', '--epochs', '1', '--name', 'further')).code).toBe(0);
  expect((await run('compare', 'first', 'further')).out).toMatch(
    /^begins with +– +first, epoch 2, with the optimizer$/m,
  );
}, 120_000);

test('runs go out as a file that opens elsewhere, as folders of other tools, and as a report', async () => {
  const place = (name: string) => join(folder, name);
  await resultOf(folder, 'export', 'first', 'first-seed-8', place('two.tandem'));
  const elsewhere = (...words: string[]) => run(...words, '--library', place('elsewhere'));
  expect((await elsewhere('import', place('two.tandem'))).code).toBe(0);
  const saved = async (test: Promise<{ out: string }>) => /accuracy.*/.exec((await test).out)?.[0];
  expect(await saved(elsewhere('test', 'first'))).toBe(await saved(run('test', 'first')));
  expect(await saved(run('test', 'first'))).toMatch(/0\.\d{4}/);
  const again = await run('export', 'first', place('two.tandem'));
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('is there already')]);

  for (const [format, kept] of [
    ['tensorboard', /tfevents/],
    ['mlflow', /meta\.yaml/],
  ] as const) {
    await resultOf(folder, 'export', 'first', place(format), '--format', format);
    expect((await readdir(place(format), { recursive: true })).some((name) => kept.test(name))).toBe(true);
  }
  await resultOf(folder, 'write-report', 'first', 'first-seed-8', '--out', place('report.html'));
  expect(await readFile(place('report.html'), 'utf8')).toContain('first-seed-8');
}, 120_000);
