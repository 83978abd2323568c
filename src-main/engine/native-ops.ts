/**
 * The project's own TensorFlow ops, compiled at set-up beside the binding (`tools/setup/native`), as kernels of tfjs: what the
 * catalog's recurrent layers look for. Without them the layers are composed of TensorFlow's ops, more slowly.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as tensorflow from '@tensorflow/tfjs';
import type { NativeAttribute, NativeBinding } from './compile/recorder';
import type { TensorFlow } from './tf';

/** tfjs-node's backend, as far as kernels need it. */
interface NodeBackend {
  readonly binding: NativeBinding;
  readonly isUsingGpuDevice: boolean;
  executeMultipleOutputs(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly tensorflow.TensorInfo[],
    outputs: number,
  ): tensorflow.TensorInfo[];
}

/** Each op's inputs in its order and its number of outputs, as `tandem-ops.cc` registers them. */
const ops = {
  TandemRecurrent: { inputs: ['x', 'kernel', 'recurrent', 'bias'], outputs: 4 },
  TandemRecurrentGrad: { inputs: ['x', 'recurrent', 'h', 'gates', 'cells', 'dy'], outputs: 4 },
  TandemActivations: { inputs: ['x'], outputs: 2 },
} as const;

/**
 * Loads the library of ops and makes its kernels known to tfjs. Call after tfjs-node has loaded.
 * @param file the library; the one beside tfjs-node's binding if absent.
 * @returns why they can't be used, in a few words; null where they can.
 */
export function loadNativeOps(tf: TensorFlow, file?: string): string | null {
  // They run on the processor, and a graph on a GPU would wait for every copy.
  if ((tf.backend() as unknown as NodeBackend).isUsingGpuDevice) return 'the network runs on a GPU';
  try {
    const require = createRequire(import.meta.url);
    const packageFolder = join(dirname(require.resolve('@tensorflow/tfjs-node-gpu')), '..');
    require(file ?? join(packageFolder, 'lib', 'napi-v8', 'tandem_ops.node'));
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error);
  }
  for (const [name, { inputs, outputs }] of Object.entries(ops)) registerOp(tf, name, inputs, outputs);
  return null;
}

function registerOp(tf: TensorFlow, name: string, names: readonly string[], outputs: number): void {
  if (tf.getKernel(name, 'tensorflow')) return;
  tf.registerKernel({
    kernelName: name,
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      const node = backend as NodeBackend;
      const tensors = names.map((input) => {
        const tensor = inputs[input];
        if (!tensor) throw new Error(`${name} was called without ${input}`);
        return tensor;
      });
      const text = (attribute: string, value: unknown) => ({
        name: attribute,
        type: node.binding.TF_ATTR_STRING,
        value,
      });
      const attributes = [
        text('cell', attrs?.['cell'] ?? 'lstm'),
        // A test may ask for a set of processor instructions.
        text('instructions', attrs?.['instructions'] ?? 'best'),
      ];
      return node.executeMultipleOutputs(name, attributes, tensors, outputs);
    },
  });
}
