/**
 * Reads zip archives as streams (a Python wheel and the Electron archive are zips), so that an 800 MB member never lies in
 * memory. Follows PKWARE's APPNOTE 6.3: stored and deflated members, 64-bit sizes, Unix modes. Every member's checksum and size are checked.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';

/**
 * @typedef {object} ZipMember
 * @property {string} name path inside the archive, with forward slashes
 * @property {number} method 0 stored, 8 deflated
 * @property {number} crc CRC-32 of the plain bytes
 * @property {number} compressed bytes in the archive
 * @property {number} size plain bytes
 * @property {number} mode Unix mode bits, 0 where the archive has none
 * @property {number} offset of the local header
 */

/**
 * The archive's members, from its central directory.
 * @param {string} path
 * @returns {Promise<ZipMember[]>}
 */
export async function listZip(path) {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    if (end < 0) throw new Error(`${path} is not a whole zip archive: its closing record is missing`);
    let count = tail.readUInt16LE(end + 10);
    let length = tail.readUInt32LE(end + 12);
    let start = tail.readUInt32LE(end + 16);
    if (start === 0xffffffff || count === 0xffff) {
      const locator = tail.lastIndexOf(Buffer.from('PK\x06\x07', 'latin1'), end);
      if (locator < 0) throw new Error(`${path} is a 64-bit zip archive without its locator`);
      const record = await readAt(file, Number(tail.readBigUInt64LE(locator + 8)), 56);
      count = Number(record.readBigUInt64LE(32));
      length = Number(record.readBigUInt64LE(40));
      start = Number(record.readBigUInt64LE(48));
    }
    return readDirectory(await readAt(file, start, length), count, path);
  } finally {
    await file.close();
  }
}

/**
 * @param {Buffer} directory
 * @param {number} count
 * @param {string} path
 */
function readDirectory(directory, count, path) {
  /** @type {ZipMember[]} */
  const members = [];
  for (let at = 0, i = 0; i < count; i++) {
    if (directory.readUInt32LE(at) !== 0x02014b50) throw new Error(`${path}: the zip directory is damaged`);
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const member = {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      compressed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
    };
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    widen(member, extra);
    members.push(member);
    at += 46 + nameLength + extraLength + directory.readUInt16LE(at + 32);
  }
  return members;
}

/** Takes sizes that do not fit in 32 bits from the extra field. @param {ZipMember} member @param {Buffer} extra */
function widen(member, extra) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let value = at + 4;
    for (const field of /** @type {const} */ (['size', 'compressed', 'offset'])) {
      if (member[field] !== 0xffffffff) continue;
      member[field] = Number(extra.readBigUInt64LE(value));
      value += 8;
    }
  }
}

/**
 * Extracts members into a folder.
 * @param {string} path the archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} place where a member goes below the folder; undefined leaves it out
 * @param {(bytes: number, total: number) => void} [onBytes]
 * @throws when a member would land outside the folder, is a link, or does not have the bytes it should
 */
export async function extractZip(path, folder, place, onBytes) {
  const chosen = [];
  for (const member of await listZip(path)) {
    const target = place(member.name);
    if (target === undefined || member.name.endsWith('/')) continue;
    if ((member.mode & 0o170000) === 0o120000) throw new Error(`${path}: ${member.name} is a link`);
    chosen.push({ member, target: insideFolder(folder, target) });
  }
  const total = chosen.reduce((sum, { member }) => sum + member.size, 0);
  let done = 0;
  for (const { member, target } of chosen) {
    await extractMember(path, member, target);
    done += member.size;
    onBytes?.(done, total);
  }
}

/**
 * @param {string} folder
 * @param {string} name
 */
function insideFolder(folder, name) {
  const target = resolve(folder, name);
  if (!target.startsWith(resolve(folder) + sep))
    throw new Error(`The archive's member ${name} lies outside its folder`);
  return target;
}

/**
 * @param {string} path
 * @param {ZipMember} member
 * @param {string} target
 */
async function extractMember(path, member, target) {
  if (member.method !== 0 && member.method !== 8)
    throw new Error(`${path}: ${member.name} is packed in an unknown way`);
  await mkdir(dirname(target), { recursive: true });
  const start = await dataOffset(path, member);
  const check = checkBytes(path, member);
  const output = createWriteStream(target, { mode: member.mode & 0o111 ? 0o755 : 0o644, flush: member.size > 1e6 });
  if (member.compressed === 0) return pipeline([], check, output);
  const input = createReadStream(path, { start, end: start + member.compressed - 1, highWaterMark: 1 << 20 });
  if (member.method === 0) await pipeline(input, check, output);
  else await pipeline(input, createInflateRaw({ chunkSize: 1 << 18 }), check, output);
}

/** The local header repeats name and extra field, at lengths of its own. @param {string} path @param {ZipMember} member */
async function dataOffset(path, member) {
  const file = await open(path, 'r');
  try {
    const header = await readAt(file, member.offset, 30);
    return member.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
}

/** Passes bytes on and refuses the end when they are not the member's. @param {string} path @param {ZipMember} member */
function checkBytes(path, member) {
  let crc = 0;
  let size = 0;
  return new Transform({
    transform(chunk, _encoding, done) {
      crc = crc32(chunk, crc);
      size += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      const whole = crc === member.crc && size === member.size;
      done(whole ? null : new Error(`${path}: ${member.name} is damaged (checksum)`));
    },
  });
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
