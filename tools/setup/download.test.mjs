/** Fetching through a stand-in for npm, the outside world: what is kept, what is refused, and what an interruption leaves. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchPinned, removeLeftovers } from './download.mjs';
import { createProgress } from './progress.mjs';

const BYTES = 'the archive';
const pinned = {
  file: 'thing.tgz',
  bytes: BYTES.length,
  sha256: createHash('sha256').update(BYTES).digest('hex'),
  client: /** @type {const} */ ('npm'),
  request: ['thing@1.0.0'],
};

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-download-'));
  vi.stubEnv('TANDEM_CACHE', join(folder, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A script in npm's place that brings these bytes and keeps a tally. @param {string} bytes @param {number} [exitCode] */
function serve(bytes, exitCode = 0) {
  const script = join(folder, 'npm-cli.js');
  const code = [
    "const { appendFileSync, writeFileSync } = require('node:fs');",
    `appendFileSync(${JSON.stringify(join(folder, 'calls'))}, 'x');`,
    "const to = process.argv[process.argv.indexOf('--pack-destination') + 1];",
    `writeFileSync(to + '/thing.tgz', ${JSON.stringify(bytes)});`,
    `if (${exitCode}) { console.error('getaddrinfo EAI_AGAIN registry'); process.exit(${exitCode}); }`,
  ];
  writeFileSync(script, code.join('\n'));
  vi.stubEnv('npm_execpath', script);
}

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').length;
const kept = () => readdirSync(join(folder, 'cache', 'downloads'));
const progress = { ...createProgress(), update: () => undefined };

test('fetches once, then takes what is there', async () => {
  serve(BYTES);
  const path = await fetchPinned(pinned, progress);
  expect(readFileSync(path, 'utf8')).toBe(BYTES);
  expect(await fetchPinned(pinned, progress)).toBe(path);
  expect(calls()).toBe(1);
  expect(kept()).toEqual(['thing.tgz']);
});

test('refuses other bytes than the pinned ones and keeps nothing of them', async () => {
  serve('the archive of another');
  await expect(fetchPinned(pinned, progress)).rejects.toThrow(/was expected; it was not used/);
  expect(kept()).toEqual([]);
});

test('fetches again what was cut short', async () => {
  serve(BYTES);
  const path = await fetchPinned(pinned, progress);
  writeFileSync(path, BYTES.slice(0, 3));
  await fetchPinned(pinned, progress);
  expect(readFileSync(path, 'utf8')).toBe(BYTES);
  expect(calls()).toBe(2);
});

test('says that the registry is out of reach, and leaves no half file', async () => {
  serve(BYTES.slice(0, 4), 1);
  await expect(fetchPinned(pinned, progress)).rejects.toThrow('out of reach (offline?)');
  expect(kept()).toEqual([]);
});

test('clears away what an interrupted run left, but not a run at work', async () => {
  const old = join(folder, 'thing.tgz.partial-1-old');
  const recent = join(folder, 'thing.tgz.partial-2-new');
  for (const path of [old, recent]) mkdirSync(path);
  utimesSync(old, new Date(0), new Date(0));
  await removeLeftovers(folder);
  expect(existsSync(old)).toBe(false);
  expect(existsSync(recent)).toBe(true);
});
