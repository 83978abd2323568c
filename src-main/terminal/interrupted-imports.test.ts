/** Imports in the terminal that are killed or ended by the system: listed, gone on with, discarded. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTerminal, endOf, startTerminal } from './testing/built';

let folder: string;
beforeAll(async () => {
  folder = await buildTerminal();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function result(...words: string[]): Promise<Record<string, unknown>> {
  const { out } = await endOf(startTerminal(folder, ...words, '--json'));
  return JSON.parse(out.trim().split('\n').at(-1)!) as Record<string, unknown>;
}

const PICTURES = 1500;

/** Pictures of one size in two classes; the first hue makes the content another. */
async function writePictures(name: string, first: number): Promise<string> {
  const context = createCanvas(48, 48).getContext('2d');
  const drawn = Array.from({ length: 10 }, (_, at) => {
    context.fillStyle = `hsl(${first + at} 70% 50%)`;
    context.fillRect(0, 0, 48, 48);
    return context.canvas.toBuffer('image/png');
  });
  for (const label of ['one', 'two']) await mkdir(join(folder, name, label), { recursive: true });
  for (let at = 0; at < PICTURES; at += 1) {
    await writeFile(join(folder, name, at % 2 ? 'one' : 'two', `${at}.png`), drawn[at % 10]!);
  }
  return join(folder, name);
}

/** Begins an import and sends it a signal at its first word. @returns what it said */
async function begin(path: string, signal: NodeJS.Signals) {
  const child = startTerminal(folder, 'import', path, '--json');
  createInterface({ input: child.stdout! }).once('line', () => child.kill(signal));
  return endOf(child);
}

const listed = async () => (await result('imports'))['imports'] as { job: { id: string; subject: string } }[];

test('imports that were killed or ended are listed, go on to the same data, or are discarded', async () => {
  const leaves = await writePictures('leaves', 0);
  const stones = await writePictures('stones', 180);
  expect(await result('import', '--resume')).toMatchObject({ error: { code: 'imports-none-interrupted' } });

  await begin(leaves, 'SIGKILL');
  const ended = await begin(stones, 'SIGTERM');
  expect(ended.code).toBe(1);
  expect(ended.err).toContain('goes on with it');
  const waiting = await listed();
  expect(waiting.map(({ job }) => job.subject).sort()).toEqual(['leaves', 'stones']);
  expect(await result('import', '--resume')).toMatchObject({ error: { code: 'imports-several-interrupted' } });

  const [stone] = waiting.filter(({ job }) => job.subject === 'stones');
  expect(await result('imports', '--discard', stone!.job.id)).toEqual({ discarded: stone!.job.id });
  expect((await listed()).map(({ job }) => job.subject)).toEqual(['leaves']);

  expect(await result('import', '--resume', '--name', 'other')).toMatchObject({ error: { code: 'argument-invalid' } });
  const resumed = await result('import', '--resume');
  expect(resumed).toMatchObject({ name: 'leaves', rows: PICTURES, target: 'label', leftOut: 0 });
  // Its sum was taken of the whole source: importing the same again finds what was made.
  expect(await result('import', leaves)).toMatchObject({ versionId: resumed['versionId'] });
  expect(await readdir(join(folder, 'library', 'tmp'))).toEqual([]);

  // Ctrl-C gives it up.
  await begin(stones, 'SIGINT');
  expect(await listed()).toEqual([]);
  expect(await readdir(join(folder, 'library', 'tmp'))).toEqual([]);
}, 120_000);
