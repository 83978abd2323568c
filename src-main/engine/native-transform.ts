/**
 * `tf.image.transform` on the native library: tfjs-node has no kernel for it, TensorFlow has one
 * (`ImageProjectiveTransformV3`), which the other backends' kernels follow.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { NativeAttribute, NativeBinding } from './compile/recorder';
import type { TensorFlow } from './tf';

interface NodeBackend {
  readonly binding: NativeBinding;
  executeSingleOutput(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly tensorflow.TensorInfo[],
  ): tensorflow.TensorInfo;
}

/** Makes the kernel known to tfjs, once per process. */
export function registerTransform(tf: TensorFlow): void {
  if (tf.getBackend() !== 'tensorflow' || tf.getKernel('Transform', 'tensorflow')) return;
  tf.registerKernel({
    kernelName: 'Transform',
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      const { image, transforms } = inputs;
      if (!image || !transforms) throw new Error('Transform was called without an image or without transforms');
      const node = backend as NodeBackend;
      const { binding } = node;
      const text = (name: string, value: unknown) => ({
        name,
        type: binding.TF_ATTR_STRING,
        value: String(value).toUpperCase(),
      });
      const [, height = 0, width = 0] = image.shape;
      const size = (attrs?.['outputShape'] ?? [height, width]) as [number, number];
      const fill = (attrs?.['fillValue'] ?? 0) as number;
      return node.executeSingleOutput(
        'ImageProjectiveTransformV3',
        [
          { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
          text('interpolation', attrs?.['interpolation']),
          text('fill_mode', attrs?.['fillMode']),
        ],
        [image, transforms, tf.tensor1d(size, 'int32'), tf.scalar(fill, 'float32')],
      );
    },
  });
}
