/** What the driver's program writes, on cards that know all of themselves and on those that do not, and machines without it. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GpuMeter, parseGpuUse } from './gpu-use';

const GIB = 2 ** 30;

test('reads a line of numbers, and leaves out what a card does not know of itself', () => {
  const whole = { use: 0.83, memoryUsed: 4 * GIB, memoryTotal: 24 * GIB, temperature: 61, power: 210.35 };
  expect(parseGpuUse('83, 4096, 24576, 61, 210.35\n')).toEqual(whole);
  // A laptop's card without a power meter; a card shared out by MIG, whose use is not counted.
  expect(parseGpuUse('83, 4096, 24576, 61, [N/A]')).toEqual({ ...whole, power: null });
  expect(parseGpuUse('[N/A], 4096, 24576, 61, [Not Supported]')).toEqual({ ...whole, use: null, power: null });
  expect(parseGpuUse('[Unknown Error], 4096, 24576, 61, [Insufficient Permissions]')?.use).toBeNull();
  for (const none of ['', 'No devices were found', '[N/A], [N/A], [N/A], [N/A], [N/A]']) {
    expect(parseGpuUse(none)).toBeNull();
  }
});

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tandem-gpu-'))));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A program of that name before all others. */
function standIn(script: string): void {
  const file = join(folder, 'nvidia-smi');
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$*" >> "${join(folder, 'asked')}"\n${script}\n`);
  chmodSync(file, 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
}
const asked = () => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');

test.skipIf(process.platform === 'win32')('asks the program on the path of the card that trains', async () => {
  standIn("echo '7, 512, 16384, 40, 70.00'");
  const meter = new GpuMeter('GPU-1a2b,GPU-3c4d');
  meter.ask();
  meter.ask();
  expect(meter.last).toBeNull();
  await vi.waitFor(() => expect(meter.last).toMatchObject({ use: 0.07, memoryUsed: GIB / 2, power: 70 }));
  expect(asked()).toHaveLength(1);
  expect(asked()[0]).toContain('--id=GPU-1a2b');
  meter.ask();
  await vi.waitFor(() => expect(asked()).toHaveLength(2));
});

test.skipIf(process.platform === 'win32')('where the program fails it is not asked again', async () => {
  standIn("echo 'NVIDIA-SMI has failed'; exit 9");
  const meter = new GpuMeter('');
  meter.ask();
  await vi.waitFor(() => expect(asked()).toHaveLength(1));
  await vi.waitFor(() => {
    meter.ask();
    expect(meter.last).toBeNull();
  });
  expect(asked()[0]).toContain('--id=0');
});
