import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WindowedReader } from './windowed-reader';

test('gives the same bytes as the file, whatever is asked, in any order and several at a time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-window-'));
  const bytes = Buffer.from(Uint8Array.from({ length: 300_001 }, (_, at) => (at * 7919) >> 3));
  await writeFile(join(folder, 'file'), bytes);
  const file = await open(join(folder, 'file'));
  try {
    const reader = new WindowedReader(file);
    const asked = Array.from(
      { length: 200 },
      (_, turn) => [(turn * 104_729) % 300_100, (turn * 1543) % 90_000] as const,
    );
    const given = await Promise.all(asked.map(([start, length]) => reader.bytes(start, length)));
    for (const [at, [start, length]] of asked.entries()) {
      expect(given[at]?.equals(bytes.subarray(start, start + length)), `${length} bytes from ${start}`).toBe(true);
    }
    const kept = await reader.bytes(10, 5);
    kept.fill(0);
    expect(await reader.bytes(10, 5)).toEqual(bytes.subarray(10, 15));
  } finally {
    await file.close();
    await rm(folder, { recursive: true });
  }
});
