/** The network on a batch as the data has it: what the preparation leaves to the graph is done here, after augmentation. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { TensorFlow } from './tf';
import type { InputData } from './training-data';

/**
 * Call inside `tf.tidy`. The arithmetic is recorded with the network, so that pixels stay one byte each until they are used.
 * @param input `[batch, ...inputShape]`, pictures from 0 to 1. @param training whether layers that differ in training do.
 */
export function applyNetwork(
  tf: TensorFlow,
  {
    model,
    data: { normalization },
  }: { readonly model: tensorflow.LayersModel; readonly data: Pick<InputData, 'normalization'> },
  input: tensorflow.Tensor,
  training: boolean,
): tensorflow.Tensor {
  if (!normalization) return model.apply(input, { training }) as tensorflow.Tensor;
  const [mean, deviation] = [tf.tensor1d([...normalization.mean]), tf.tensor1d([...normalization.deviation])];
  return model.apply(tf.div(tf.sub(input, mean), deviation), { training }) as tensorflow.Tensor;
}
