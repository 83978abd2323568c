/**
 * The project's own TensorFlow ops, compiled at set-up beside the binding (`tools/setup/native`). Those of recurrent layers
 * become kernels of tfjs, which the catalog looks for; those of optimizers are used in graphs. Without them the same work is
 * done by TensorFlow's ops, more slowly.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { NativeAttribute, NativeBinding } from './compile/recorder';
import { registerNativeKernel } from './native-kernel';
import type { TensorFlow } from './tf';

/** Each op's inputs in its order and its number of outputs, as `tandem-ops.cc` registers them. */
const ops = {
  TandemRecurrent: { inputs: ['x', 'kernel', 'recurrent', 'bias'], outputs: 4 },
  TandemRecurrentGrad: { inputs: ['x', 'recurrent', 'h', 'gates', 'cells', 'dy'], outputs: 4 },
  TandemActivations: { inputs: ['x'], outputs: 2 },
} as const;

/** @param file the library; the one beside tfjs-node's binding if absent */
function open(file?: string): { takeLargeBlocksFromSystem(): boolean } {
  const require = createRequire(import.meta.url);
  const packageFolder = join(dirname(require.resolve('@tensorflow/tfjs-node-gpu')), '..');
  return require(file ?? join(packageFolder, 'lib', 'napi-v8', 'tandem_ops.node')) as ReturnType<typeof open>;
}

/**
 * From now on TensorFlow's large blocks of memory come from the system, not from the process's malloc.
 * @returns false where that can't be: without the library, and on systems other than Linux.
 */
export function takeLargeBlocksFromSystem(): boolean {
  try {
    return open().takeLargeBlocksFromSystem();
  } catch {
    return false;
  }
}

/**
 * Loads the library of ops and makes its kernels known to tfjs. Call after tfjs-node has loaded.
 * @param file the library; the one beside tfjs-node's binding if absent.
 * @returns why they can't be used, in a few words; null where they can.
 */
export function loadNativeOps(tf: TensorFlow, file?: string): string | null {
  // They run on the processor, and a graph on a GPU would wait for every copy.
  if ((tf.backend() as { readonly isUsingGpuDevice?: boolean }).isUsingGpuDevice) return 'the network runs on a GPU';
  try {
    open(file);
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error);
  }
  for (const [name, op] of Object.entries(ops)) {
    if (!tf.getKernel(name, 'tensorflow')) registerNativeKernel(tf, name, { ...op, attributes: attributesOf });
  }
  return null;
}

/**
 * How many threads may share one update by the library's ops for optimizers. Only graphs use those, as they change what they
 * are given; so tfjs does not know them.
 * @returns 0 where the library isn't loaded.
 */
export function updateThreads(tf: TensorFlow): number {
  return tf.getKernel('TandemRecurrent', tf.getBackend()) ? availableParallelism() : 0;
}

/** The cell, and the processor's instructions: a test may ask for a set of them. */
function attributesOf(binding: NativeBinding, given: Record<string, unknown>): NativeAttribute[] {
  const text = (name: string, value: unknown) => ({ name, type: binding.TF_ATTR_STRING, value });
  return [text('cell', given['cell'] ?? 'lstm'), text('instructions', given['instructions'] ?? 'best')];
}
