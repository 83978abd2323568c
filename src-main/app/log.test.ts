import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileLog } from './log';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'tandem-log-'))));
afterEach(() => rm(directory, { recursive: true }));

test('writes one JSON object per line, in order, with the text of errors', async () => {
  const log = new FileLog(directory);
  log.info('first', { id: 'a' });
  log.error('second', { error: new Error('boom') });
  await log.flush();
  const lines = (await readFile(log.path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(lines.map(({ level, event }) => [level, event])).toEqual([
    ['info', 'first'],
    ['error', 'second'],
  ]);
  expect(lines[1].error.message).toBe('boom');
});

test('keeps three files of about 5 MB and forgets the oldest', async () => {
  const log = new FileLog(directory);
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let number = 0; number < 23; number++) {
    log.info('big', { number, megabyte });
    await log.flush();
  }
  expect((await readdir(directory)).sort()).toEqual(['tandem.log', 'tandem.log.1', 'tandem.log.2']);
  const oldest = await readFile(`${log.path}.2`, 'utf8');
  expect(oldest).not.toContain('"number":0,');
  expect(await readFile(log.path, 'utf8')).toContain('"number":22,');
});
