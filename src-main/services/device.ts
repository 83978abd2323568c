/** What training will run on, told without loading TensorFlow into this process. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { Device } from '../contract';
import type { Database } from '../storage/database';

/** Where the installed library and the machine's GPUs can be seen; other places in tests. */
export interface DevicePlaces {
  /** The package of the binding; null where it cannot be found, with the reason beside it. */
  readonly package: string | null;
  readonly reason?: string;
  /** The NVIDIA driver's list of GPUs. */
  readonly gpus: string;
}

/**
 * The binding must be there. CUDA takes the library's build for it and a GPU; where both are there, the runs that trained
 * since the library was installed know whether it really used the GPU.
 */
export function findDevice(db: Database, places: DevicePlaces = findPlaces()): Device {
  const machine = { cores: availableParallelism(), memoryBytes: totalmem() };
  const slowReason = whyNoTensorFlow(places);
  if (places.package === null || slowReason !== null) return { ...machine, backend: 'wasm', slowReason };
  const cuda = join(places.package, 'deps', 'nvidia', 'cuda_runtime', 'lib', 'libcudart.so.12');
  const mayUseGpu = existsSync(cuda) && existsSync(places.gpus) && readdirSync(places.gpus).length > 0;
  const used = mayUseGpu ? lastBackend(db, statSync(bindingOf(places.package)).mtimeMs) : null;
  const backend = mayUseGpu && used !== 'tensorflow-cpu' ? 'tensorflow-cuda' : 'tensorflow-cpu';
  return { ...machine, backend, slowReason: null };
}

/** What the last run that the native library has trained since then says of it. */
function lastBackend(db: Database, since: number): string | null {
  const sql = "SELECT backend FROM runs WHERE backend LIKE 'tensorflow-%' AND started_at > ? ORDER BY id DESC LIMIT 1";
  return db.prepare<[number], string>(sql).pluck().get(since) ?? null;
}

function findPlaces(): DevicePlaces {
  const gpus = '/proc/driver/nvidia/gpus';
  try {
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json');
    return { package: dirname(main), gpus };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1).join('') : String(error);
    return { package: null, reason, gpus };
  }
}

function whyNoTensorFlow({ package: folder, reason }: DevicePlaces): string | null {
  if (folder === null) return reason ?? '';
  return existsSync(bindingOf(folder)) ? null : 'The binding of the TensorFlow library was not built.';
}

function bindingOf(folder: string): string {
  return join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
}
