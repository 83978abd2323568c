import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PackReader, PackWriter } from './pack';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-pack-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function pack(strings: readonly string[]): Promise<string> {
  const writer = await PackWriter.create(folder);
  for (const value of strings) await writer.append(Buffer.from(value));
  return join(folder, await writer.finish());
}

test('each byte string comes back from its place, empty ones too', async () => {
  const reader = await PackReader.open(await pack(['one', '', 'three']));
  expect(reader.count).toBe(3);
  for (const [place, value] of ['one', '', 'three'].entries()) {
    expect((await reader.read(place)).toString()).toBe(value);
  }
  await expect(reader.read(3)).rejects.toMatchObject({ code: 'pack-damaged' });
  await reader.close();
});

test('an empty pack is a pack', async () => {
  const reader = await PackReader.open(await pack([]));
  expect(reader.count).toBe(0);
  await reader.close();
});

test('the same content has the same name', async () => {
  expect(await pack(['a', 'b'])).toBe(await pack(['a', 'b']));
  expect(await pack(['ab'])).not.toBe(await pack(['a', 'b']));
});

test('what is cut, or is something else, is no pack', async () => {
  const bytes = readFileSync(await pack(['one', 'two']));
  const damaged = [bytes.subarray(0, bytes.length - 3), bytes.subarray(5), Buffer.from('nothing'), Buffer.alloc(0)];
  for (const [index, content] of damaged.entries()) {
    const path = join(folder, `damaged-${index}`);
    writeFileSync(path, content);
    await expect(PackReader.open(path)).rejects.toMatchObject({ code: 'pack-damaged' });
  }
});
