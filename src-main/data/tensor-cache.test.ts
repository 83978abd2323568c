/** The cache of prepared tensors: found again, whole or not there, made again where damaged, small enough, nothing left over. */
import {
  closeSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTensor, makeTensor, type TensorPlace } from './tensor-cache';
import { fileBytesOf, headerBytes, type TensorShape } from './tensor-file';

let folder: string;
let place: TensorPlace;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-cache-'));
  place = { folder: join(folder, 'cache', 'tensors'), temporary: join(folder, 'tmp') };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { signal } = new AbortController();
/** 2.4 MB: three blocks, the last one smaller. */
const shape: TensorShape = { key: 'a'.repeat(64), type: 'float32', rows: 60_000, size: 10 };
const values = Float32Array.from({ length: 600_000 }, (_, i) => Math.sin(i));
const pathOf = (one: TensorShape) => join(place.folder, `${one.key}.tensor`);

async function make(one: TensorShape = shape, from = place): Promise<void> {
  const pieces = async (append: (piece: Float32Array) => Promise<void>) => {
    for (let at = 0; at < one.rows * one.size; at += 7777)
      await append(values.subarray(at, Math.min(at + 7777, one.rows * one.size)));
  };
  closeSync(await makeTensor(from, one, 'numbers', pieces, signal));
}

/** Whether the tensor that is found has its values; null where none is found. */
async function find(one: TensorShape = shape): Promise<boolean | null> {
  const fd = await findTensor(place, one, signal);
  if (fd === null) return null;
  const bytes = new Uint8Array(4 * one.rows * one.size);
  readSync(fd, bytes, 0, bytes.length, headerBytes);
  closeSync(fd);
  return Buffer.compare(bytes, Buffer.from(values.buffer, 0, bytes.length)) === 0;
}

test('what was made is found again, and nothing else', async () => {
  expect(await find()).toBeNull();
  await make();
  expect(await find()).toBe(true);
  expect(readFileSync(pathOf(shape)).length).toBe(fileBytesOf(shape));
  expect(readdirSync(place.temporary)).toEqual([]);
  expect(await find({ ...shape, key: 'b'.repeat(64) })).toBeNull();
  rmSync(join(folder, 'cache'), { recursive: true });
  expect(await find()).toBeNull();
  await make();
  expect(await find()).toBe(true);
});

describe('a damaged file is taken away and made again', () => {
  const whole = fileBytesOf(shape);
  const flip = (at: number) => () => {
    const bytes = readFileSync(pathOf(shape));
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(pathOf(shape), bytes);
  };
  const damages: Record<string, () => void> = {
    'cut short': () => truncateSync(pathOf(shape), whole - 1),
    'half of it': () => truncateSync(pathOf(shape), whole / 2),
    empty: () => truncateSync(pathOf(shape), 0),
    'too long': () => truncateSync(pathOf(shape), whole + 1),
    'a bit of the header': flip(20),
    'a bit of the first row': flip(headerBytes),
    'a bit in the middle': flip(headerBytes + 1_300_000),
    'a bit of the last row': flip(headerBytes + 2_399_999),
    'a bit of the checksums': flip(whole - 6),
    'another tensor under its name': () => {
      const text = readFileSync(pathOf(shape));
      text.write('"rows":60001', text.indexOf('"rows":60000'));
      writeFileSync(pathOf(shape), text);
    },
  };
  test.each(Object.entries(damages))('%s', async (_name, damage) => {
    await make();
    damage();
    expect(await find()).toBeNull();
    expect(existsSync(pathOf(shape))).toBe(false);
    await make();
    expect(await find()).toBe(true);
  });
});

test('a cancel or an error in the middle leaves nothing', async () => {
  const cancel = new AbortController();
  const ends = {
    cancel: (append: (piece: Float32Array) => Promise<void>) => (cancel.abort(new Error('cancelled')), append(values)),
    error: () => Promise.reject(new Error('broken')),
    'too few rows': (append: (piece: Float32Array) => Promise<void>) => append(values.subarray(20)),
  };
  for (const fill of Object.values(ends)) {
    await expect(
      makeTensor(
        place,
        shape,
        'numbers',
        async (append) => {
          await append(values.subarray(0, 10));
          await fill(append);
        },
        fill === ends.cancel ? cancel.signal : signal,
      ),
    ).rejects.toThrow();
    expect(readdirSync(place.temporary)).toEqual([]);
    expect(readdirSync(place.folder)).toEqual([]);
  }
});

test('a disk without room is told of before anything is written', async () => {
  const huge = { ...shape, rows: 1e12 };
  const written: string[] = [];
  const fill = () => Promise.resolve(void written.push('began'));
  await expect(makeTensor(place, huge, 'numbers', fill, signal)).rejects.toMatchObject({ code: 'prepared-no-space' });
  expect(written).toEqual([]);
});

test('the one used longest ago makes room', async () => {
  const small = { ...place, mostBytes: 2.5 * fileBytesOf(shape) };
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => ({ ...shape, key: letter.repeat(64) }));
  await make(a, small);
  await make(b, small);
  await utimes(pathOf(a!), 1000, 1000);
  await utimes(pathOf(b!), 2000, 2000);
  // To be found is to be used.
  expect(await find(a)).toBe(true);
  await make(c, small);
  expect(readdirSync(place.folder).sort()).toEqual([`${a!.key}.tensor`, `${c!.key}.tensor`]);
});
