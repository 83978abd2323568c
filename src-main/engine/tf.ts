/**
 * The only import of TensorFlow. Tries the native library first (CPU or CUDA build, whichever is installed), then wasm,
 * then plain JavaScript, and says why a slow one is used, so that it can be shown.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import util from 'node:util';
import type * as tensorflow from '@tensorflow/tfjs';
import { registerNativeKernels } from './native-kernels';
import { loadNativeOps, takeLargeBlocksFromSystem } from './native-ops';

export type TensorFlow = typeof tensorflow;
export type Backend = 'tensorflow-cpu' | 'tensorflow-cuda' | 'wasm' | 'cpu';

export interface LoadedTensorFlow {
  readonly tf: TensorFlow;
  readonly backend: Backend;
  /** Why the native library is not used, in the words of the failure; null where it is. */
  readonly slowReason: string | null;
  /** Why the project's own ops are not used on the native library; null where they are, or where it isn't. */
  readonly opsReason: string | null;
}

export interface LoadOptions {
  /** The network has a convolution, which wasm cannot train (it has no Conv2DBackpropFilter). */
  readonly convolution?: boolean;
  /** Leave out the native library, for tests of the slow way. */
  readonly native?: boolean;
}

/** Bytes of tensors that a process of Electron can hold with its own malloc. */
const ELECTRON_TENSOR_BYTES = 2e9;

let loaded: Promise<LoadedTensorFlow> | null = null;

/** Loads TensorFlow once per process; the first caller's options decide. */
export function loadTensorFlow(options: LoadOptions = {}): Promise<LoadedTensorFlow> {
  loaded ??= load(options);
  return loaded;
}

async function load({ convolution = false, native = true }: LoadOptions): Promise<LoadedTensorFlow> {
  try {
    if (!native) throw new Error('The native library was left out on request');
    return await loadNative();
  } catch (error) {
    const slowReason = firstLine(error);
    const tf = interop<TensorFlow>(await import('@tensorflow/tfjs'));
    tf.enableProdMode();
    const backend = !convolution && (await useWasm(tf)) ? 'wasm' : 'cpu';
    if (backend === 'cpu') await tf.setBackend('cpu');
    await tf.ready();
    return { tf, backend, slowReason, opsReason: null };
  }
}

async function loadNative(): Promise<LoadedTensorFlow> {
  // The library reads these from the environment while it loads: errors only.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
  // Electron's malloc ends the process (SIGTRAP) where 1 GiB or more are asked for at once, and oneDNN's allocator doubles the
  // regions that it asks for. Where they cannot come from the system, none is as large below this bound, and what is beyond
  // it is an error that is caught. (Without regions, `TF_ONEDNN_USE_SYSTEM_ALLOCATOR`, convolutions take twice the time.)
  if (process.versions['electron'] && !takeLargeBlocksFromSystem()) {
    process.env['TF_MKL_ALLOC_MAX_BYTES'] ??= String(ELECTRON_TENSOR_BYTES);
  }
  restoreIsNullOrUndefined();
  const tf = interop<TensorFlow>(await import('@tensorflow/tfjs-node-gpu'));
  tf.enableProdMode();
  await tf.ready();
  if (tf.getBackend() !== 'tensorflow') throw new Error(`TensorFlow chose the backend "${tf.getBackend()}"`);
  registerNativeKernels(tf);
  const device = tf.backend() as { readonly isUsingGpuDevice?: boolean };
  const backend = device.isUsingGpuDevice ? 'tensorflow-cuda' : 'tensorflow-cpu';
  return { tf, backend, slowReason: null, opsReason: loadNativeOps(tf) };
}

/** Node 23 removed `util.isNullOrUndefined`, which the binding's JavaScript still calls. */
function restoreIsNullOrUndefined(): void {
  if ('isNullOrUndefined' in util) return;
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
}

async function useWasm(tf: TensorFlow): Promise<boolean> {
  try {
    const wasm = interop<{ setWasmPaths(folder: string): void }>(await import('@tensorflow/tfjs-backend-wasm'));
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(join(dirname(main), '/'));
    return await tf.setBackend('wasm');
  } catch (error) {
    console.warn(`The wasm backend cannot be used: ${firstLine(error)}`);
    return false;
  }
}

/** CommonJS modules arrive under `default` where Node cannot see their names. */
function interop<Module>(module: unknown): Module {
  const { default: inner } = module as { default?: Module };
  return inner ?? (module as Module);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]?.trim() ?? text;
}
