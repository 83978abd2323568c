/** The table of runs from the terminal: found by a query, marked, shown with columns of one's own, deleted for good. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTerminal, endOf, startTerminal } from './testing/built';

let folder: string;
beforeAll(async () => {
  folder = await buildTerminal();
  await mkdir(join(folder, 'library'), { recursive: true });
  const fixture = new URL('../storage/fixtures/library-0005.sqlite', import.meta.url);
  await copyFile(fixture, join(folder, 'library', 'library.sqlite'));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...words: string[]) => endOf(startTerminal(folder, ...words));
async function found(...words: string[]): Promise<string[]> {
  const { out } = await run('runs', ...words, '--json');
  return (JSON.parse(out) as { runs: { name: string }[] }).runs.map(({ name }) => name);
}

test('runs are found, marked, and shown with columns of one’s own or a view’s', async () => {
  expect(await found('--where', 'epoch > 2 and lr < 0.01')).toEqual(['calm-otter']);
  const marked = await run('mark', 'brave-heron', '--tag', 'kept one', '--star', '--note', '**good**');
  expect(marked.out).toBe('Marked: brave-heron\n');
  await run('mark', '--where', 'not tag = "kept one"', '--archive');
  expect(await found()).toEqual(['brave-heron']);
  const view = ['--where', 'star = yes', '--archived', '--columns', 'batch,tag,note', '--sort', 'name', '--ascending'];
  const shown = [
    'name         batchSize  tag       note',
    'brave-heron         32  kept one  **good**',
    'calm-otter          32  baseline  –',
    '',
  ].join('\n');
  expect((await run('runs', ...view, '--save-view', 'mine')).out).toBe(shown);
  expect((await run('runs', '--archived', '--view', 'mine')).out).toBe(shown);
});

test('a reader that stops reading is no fault', async () => {
  const child = startTerminal(folder, 'runs');
  child.stdout?.destroy();
  expect(await endOf(child)).toMatchObject({ code: 0, err: '' });
});

test('what cannot be read is pointed at', async () => {
  const { err, code } = await run('runs', '--where', 'star = yes and lrr < 0.1');
  expect(code).toBe(1);
  expect(err).toMatch(/“lrr” is no setting[^]*\n {17}\^\^\^\nWould fit: lr/);
  expect((await run('runs', '--sort', 'val_los')).err).toMatch(/"val_los" is no field .* did you mean validation.loss/);
});

test('deletion says what it frees, and for good what was deleted', async () => {
  expect((await run('delete', '--where', 'brave')).out).toMatch(
    /^Deleted: brave-heron\. 0\.0 MB become free in 30 days/,
  );
  expect((await run('delete', 'calm-otter', '--for-good')).err).toMatch(/deleted run/);
  expect(await found('--deleted')).toEqual(['brave-heron']);
  expect((await run('delete', 'brave-heron', '--for-good')).out).toMatch(/^Deleted for good: brave-heron/);
  expect(await found('--deleted')).toEqual([]);
});
