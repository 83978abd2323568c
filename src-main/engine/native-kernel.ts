/** One op of the native library as a kernel of tfjs: how its inputs and attributes reach the binding. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { NativeAttribute, NativeBinding } from './compile/recorder';
import type { TensorFlow } from './tf';

/** tfjs-node's backend, as far as kernels need it. */
interface NodeBackend {
  readonly binding: NativeBinding;
  executeMultipleOutputs(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly tensorflow.TensorInfo[],
    outputs: number,
  ): tensorflow.TensorInfo[];
}

export interface NativeKernel {
  /** In the op's order. */
  readonly inputs: readonly string[];
  readonly outputs: number;
  readonly attributes: (binding: NativeBinding, given: Record<string, unknown>) => readonly NativeAttribute[];
}

/** Makes the op of that name known to tfjs under the same name, on the native library. */
export function registerNativeKernel(
  tf: TensorFlow,
  name: string,
  { inputs: names, outputs, attributes }: NativeKernel,
): void {
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
      const results = node.executeMultipleOutputs(name, attributes(node.binding, { ...attrs }), tensors, outputs);
      return outputs === 1 ? (results[0] as tensorflow.TensorInfo) : results;
    },
  });
}
