/** What the badge says of the device follows from what is installed, what is in the machine, and what runs have found. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleRun } from '../storage/fixtures/examples';
import { openLibrary, type Library } from '../storage/library';
import { findDevice, type DevicePlaces } from './device';

let folder: string;
let library: Library;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-device-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function places(has: { binding?: boolean; cuda?: boolean; gpu?: boolean }): DevicePlaces {
  const found = { package: join(folder, 'package'), gpus: join(folder, 'gpus') };
  for (const path of ['lib/napi-v8', 'deps/nvidia/cuda_runtime/lib'])
    mkdirSync(join(found.package, path), { recursive: true });
  mkdirSync(found.gpus);
  if (has.binding ?? true) writeFileSync(join(found.package, 'lib/napi-v8/tfjs_binding.node'), '');
  if (has.cuda) writeFileSync(join(found.package, 'deps/nvidia/cuda_runtime/lib/libcudart.so.12'), '');
  if (has.gpu) mkdirSync(join(found.gpus, '0000:01:00.0'));
  return found;
}

function trained(backend: string, startedAt: number): void {
  const { id } = exampleRun(library.db, backend);
  library.db.prepare('UPDATE runs SET backend = ?, started_at = ? WHERE id = ?').run(backend, startedAt, id);
}

test.each([
  ['the build for processors beside a GPU', { gpu: true }, 'tensorflow-cpu'],
  ['the CUDA build without a GPU', { cuda: true }, 'tensorflow-cpu'],
  ['the CUDA build and a GPU', { cuda: true, gpu: true }, 'tensorflow-cuda'],
  ['no binding', { binding: false, cuda: true, gpu: true }, 'wasm'],
])('%s', (_name, has, backend) => {
  const device = findDevice(library.db, places(has));
  expect(device.backend).toBe(backend);
  expect(device.slowReason === null).toBe(backend !== 'wasm');
});

test('a run on a GPU that is no longer there says nothing of now', () => {
  trained('tensorflow-cuda', Date.now() + 1000);
  expect(findDevice(library.db, places({ cuda: true })).backend).toBe('tensorflow-cpu');
});

test('a run since set-up that found the GPU unusable is believed, an older one is not', () => {
  trained('tensorflow-cpu', 1000);
  const here = places({ cuda: true, gpu: true });
  expect(findDevice(library.db, here).backend).toBe('tensorflow-cuda');
  trained('tensorflow-cpu', Date.now() + 1000);
  expect(findDevice(library.db, here).backend).toBe('tensorflow-cpu');
});

test('without the package the reason is given', () => {
  const nowhere = { package: null, reason: 'Cannot find it', gpus: folder };
  expect(findDevice(library.db, nowhere)).toMatchObject({ backend: 'wasm', slowReason: 'Cannot find it' });
});
