/** The cache's promises: whole or not at all, and one key for one set of ingredients. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildKey, isWholeFolder, keepFolder, partialPath, readJson, writeWhole } from './cache.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A folder under its temporary name, with one big file in it. @param {string} path */
function fill(path) {
  const partial = partialPath(path);
  mkdirSync(partial);
  writeFileSync(join(partial, 'library.so'), Buffer.alloc(5000, 1));
  return partial;
}

test('a build key changes with a version, a flag and one byte of source, and with nothing else', async () => {
  const source = join(folder, 'a.cc');
  writeFileSync(source, 'int a;');
  const key = await buildKey({ tensorflow: '2.21.0', flags: ['-O2'] }, [source]);
  expect(await buildKey({ flags: ['-O2'], tensorflow: '2.21.0' }, [source])).toBe(key);
  expect(await buildKey({ tensorflow: '2.21.1', flags: ['-O2'] }, [source])).not.toBe(key);
  expect(await buildKey({ tensorflow: '2.21.0', flags: ['-O3'] }, [source])).not.toBe(key);
  writeFileSync(source, 'int b;');
  expect(await buildKey({ tensorflow: '2.21.0', flags: ['-O2'] }, [source])).not.toBe(key);
});

test('an interrupted folder is not taken for a whole one', async () => {
  const path = join(folder, 'tensorflow');
  fill(path);
  expect(await isWholeFolder(path)).toBe(false);
});

test('a folder is whole until an essential file is cut short or gone', async () => {
  const path = join(folder, 'tensorflow');
  await keepFolder(fill(path), path, ['library.so']);
  expect(await isWholeFolder(path)).toBe(true);
  truncateSync(join(path, 'library.so'), 4999);
  expect(await isWholeFolder(path)).toBe(false);
  rmSync(join(path, 'library.so'));
  expect(await isWholeFolder(path)).toBe(false);
});

test('a damaged folder is replaced, a whole one that another run made stays', async () => {
  const path = join(folder, 'tensorflow');
  await keepFolder(fill(path), path, ['library.so']);
  truncateSync(join(path, 'library.so'), 1);
  await keepFolder(fill(path), path, ['library.so']);
  expect(await isWholeFolder(path)).toBe(true);
  writeFileSync(join(path, 'mine'), '');
  await keepFolder(fill(path), path, ['library.so']);
  expect(existsSync(join(path, 'mine'))).toBe(true);
  expect(readdirSync(folder)).toEqual(['tensorflow']);
});

test('a stamp that breaks off counts as none, and a written one leaves nothing beside it', async () => {
  const stamp = join(folder, 'stamp.json');
  expect(readJson(stamp)).toBeUndefined();
  await writeWhole(stamp, '{"a":1}');
  expect(readJson(stamp)).toEqual({ a: 1 });
  expect(readdirSync(folder)).toEqual(['stamp.json']);
  truncateSync(stamp, 4);
  expect(readJson(stamp)).toBeUndefined();
});
