/** What training will run on, told without loading TensorFlow into this process. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { Device } from '../contract';
import type { Database } from '../storage/database';

/** The binding must be there; whether it uses CUDA is known from the last run that trained on it. */
export function findDevice(db: Database): Device {
  const machine = { cores: availableParallelism(), memoryBytes: totalmem() };
  const slowReason = whyNoTensorFlow();
  if (slowReason !== null) return { ...machine, backend: 'wasm', slowReason };
  const last = db
    .prepare<[], string>("SELECT backend FROM runs WHERE backend LIKE 'tensorflow-%' ORDER BY id DESC LIMIT 1")
    .pluck()
    .get();
  return { ...machine, backend: last === 'tensorflow-cuda' ? last : 'tensorflow-cpu', slowReason: null };
}

function whyNoTensorFlow(): string | null {
  try {
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json');
    const binding = join(dirname(main), 'lib', 'napi-v8', 'tfjs_binding.node');
    return existsSync(binding) ? null : 'The binding of the TensorFlow library was not built.';
  } catch (error) {
    return error instanceof Error ? error.message.split('\n', 1).join('') : String(error);
  }
}
