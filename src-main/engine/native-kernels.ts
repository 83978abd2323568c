/**
 * TensorFlow's ops that tfjs has no kernel for, made known to it on the native library, and gradients by them. tfjs
 * composes these of five to thirty small ops, each a pass over memory; with them a convolutional step takes half the time.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { NativeAttribute, NativeBinding } from './compile/recorder';
import { registerNativeKernel, type NativeKernel } from './native-kernel';
import type { TensorFlow } from './tf';

const type = (binding: NativeBinding, name: string, value: number): NativeAttribute => ({
  name,
  type: binding.TF_ATTR_TYPE,
  value,
});
const floats = (binding: NativeBinding) => [type(binding, 'T', binding.TF_FLOAT)];

/** What both directions of batch normalization take. */
function batchNormAttributes(binding: NativeBinding, given: Record<string, unknown>): NativeAttribute[] {
  return [
    ...floats(binding),
    type(binding, 'U', binding.TF_FLOAT),
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: given['epsilon'] },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
  ];
}

const kernels: Readonly<Record<string, NativeKernel>> = {
  ReluGrad: { inputs: ['gradients', 'features'], outputs: 1, attributes: floats },
  SeluGrad: { inputs: ['gradients', 'outputs'], outputs: 1, attributes: floats },
  SigmoidGrad: { inputs: ['y', 'dy'], outputs: 1, attributes: floats },
  SoftplusGrad: { inputs: ['gradients', 'features'], outputs: 1, attributes: floats },
  TanhGrad: { inputs: ['y', 'dy'], outputs: 1, attributes: floats },
  SparseSoftmaxCrossEntropyWithLogits: {
    inputs: ['features', 'labels'],
    outputs: 2,
    attributes: (binding) => [...floats(binding), type(binding, 'Tlabels', binding.TF_INT32)],
  },
  // tfjs's own reads the indices back to check them, which a recorded step can't.
  Gather: {
    inputs: ['params', 'indices'],
    outputs: 1,
    attributes: (binding) => [
      type(binding, 'Tparams', binding.TF_FLOAT),
      type(binding, 'Tindices', binding.TF_INT32),
      { name: 'validate_indices', type: binding.TF_ATTR_BOOL, value: true },
    ],
  },
  FusedBatchNormV3: {
    inputs: ['x', 'scale', 'offset', 'mean', 'variance'],
    outputs: 6,
    attributes: batchNormAttributes,
  },
  FusedBatchNormGradV3: {
    inputs: ['y_backprop', 'x', 'scale', 'reserve_space_1', 'reserve_space_2', 'reserve_space_3'],
    outputs: 5,
    attributes: batchNormAttributes,
  },
};

/** Activations whose gradient is one of the kernels: its input names for the incoming gradient and for what was saved. */
const gradients = [
  { activation: 'Relu', kernel: 'ReluGrad', saves: 'output', gradient: 'gradients', saved: 'features' },
  { activation: 'Selu', kernel: 'SeluGrad', saves: 'output', gradient: 'gradients', saved: 'outputs' },
  { activation: 'Sigmoid', kernel: 'SigmoidGrad', saves: 'output', gradient: 'dy', saved: 'y' },
  { activation: 'Softplus', kernel: 'SoftplusGrad', saves: 'input', gradient: 'gradients', saved: 'features' },
  { activation: 'Tanh', kernel: 'TanhGrad', saves: 'output', gradient: 'dy', saved: 'y' },
] as const;

/** Call once, after tfjs-node has loaded: the gradients count for the whole process. */
export function registerNativeKernels(tf: TensorFlow): void {
  for (const [name, kernel] of Object.entries(kernels)) registerNativeKernel(tf, name, kernel);
  for (const { activation, kernel, saves, gradient, saved } of gradients) {
    tf.registerGradient({
      kernelName: activation,
      ...(saves === 'input' ? { inputsToSave: ['x'] } : { outputsToSave: [true] }),
      gradFunc: (dy, [kept]) => ({
        x: () =>
          tf.engine().runKernel(kernel, { [gradient]: dy as tensorflow.Tensor, [saved]: kept as tensorflow.Tensor }),
      }),
    });
  }
}
