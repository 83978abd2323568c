/** The zip reader on archives made here byte by byte: what it brings out, and what it refuses. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { extractZip, listZip } from './zip.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const everything = (/** @type {string} */ name) => name;

/**
 * @param {{ name: string, text: string, stored?: boolean, mode?: number, crc?: number }[]} members
 * @returns {string} path of the archive
 */
function writeZip(members) {
  const bodies = [];
  const directory = [];
  let offset = 0;
  for (const { name, text, stored = false, mode = 0o100644, crc = crc32(text) } of members) {
    const data = stored ? Buffer.from(text) : deflateRawSync(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(stored ? 0 : 8, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(text.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    bodies.push(local, Buffer.from(name), data);
    directory.push(central, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  const path = join(folder, 'archive.zip');
  writeFileSync(path, Buffer.concat([...bodies, list, end]));
  return path;
}

test('brings out packed, stored and empty members, with their modes', async () => {
  const long = 'a line of text\n'.repeat(20_000);
  const archive = writeZip([
    { name: 'in/long.txt', text: long },
    { name: 'in/tool', text: 'run', stored: true, mode: 0o100755 },
    { name: 'in/empty', text: '', stored: true },
    { name: 'left/out', text: 'x' },
  ]);
  const out = join(folder, 'out');
  /** @type {number[]} */
  const seen = [];
  const place = (/** @type {string} */ name) => (name.startsWith('in/') ? name.slice(3) : undefined);
  await extractZip(archive, out, place, (bytes) => seen.push(bytes));
  expect(readFileSync(join(out, 'long.txt'), 'utf8')).toBe(long);
  expect(statSync(join(out, 'tool')).mode & 0o111).not.toBe(0);
  expect(statSync(join(out, 'empty')).size).toBe(0);
  expect(existsSync(join(out, 'left'))).toBe(false);
  expect(seen.at(-1)).toBe(long.length + 3);
});

test.each(['../outside', 'in/../../outside', '/outside'])('refuses the member %s', async (name) => {
  const archive = writeZip([{ name, text: 'x' }]);
  await expect(extractZip(archive, join(folder, 'out'), everything)).rejects.toThrow('lies outside');
  expect(existsSync(join(folder, 'outside'))).toBe(false);
});

test('refuses a link, which could lead outside', async () => {
  const archive = writeZip([{ name: 'link', text: '/etc/passwd', stored: true, mode: 0o120777 }]);
  await expect(extractZip(archive, join(folder, 'out'), everything)).rejects.toThrow('is a link');
});

test('refuses bytes that are not those the archive promised', async () => {
  const archive = writeZip([{ name: 'a', text: 'hello', crc: 1 }]);
  await expect(extractZip(archive, join(folder, 'out'), everything)).rejects.toThrow('is damaged');
});

test('refuses an archive that breaks off', async () => {
  const archive = writeZip([{ name: 'a', text: 'hello'.repeat(100) }]);
  writeFileSync(archive, readFileSync(archive).subarray(0, 40));
  await expect(listZip(archive)).rejects.toThrow('not a whole zip archive');
});
