/** Cross-entropy between a class and the softmax of logits. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { LossDefinition, TensorFlow } from '../definitions';

/** TensorFlow's own op, where the backend has it: loss and gradient in one pass over the logits. */
const fused = 'SparseSoftmaxCrossEntropyWithLogits';

export const definition: LossDefinition = {
  id: 'cross-entropy',
  label: { en: 'Cross-entropy', zh: '交叉熵' },
  help: {
    en: 'How surprised the network is by the right class: 0 when it was sure of it, large when it was sure of another.',
    zh: '网络对正确类别有多“意外”：完全确信时为 0，确信为其他类别时很大。',
  },
  formula: 'L = −log softmax(output)[target] = log Σ exp(outputⱼ) − output[target]',
  target: 'classes',
  perExample: (tf, target, output) =>
    tf.getKernel(fused, tf.getBackend()) ? fusedLoss(tf, target, output) : composedLoss(tf, target, output),
};

/** ∂L/∂output = softmax(output) − one-hot(target), which the op gives beside the loss. */
function fusedLoss(tf: TensorFlow, target: tensorflow.Tensor, output: tensorflow.Tensor): tensorflow.Tensor1D {
  const loss = tf.customGrad((...given) => {
    const [logits, save] = given as [tensorflow.Tensor, tensorflow.GradSaveFunc];
    const [value, backward] = tf.engine().runKernel(fused, {
      features: logits,
      labels: target.as1D(),
    }) as tensorflow.Tensor[] as [tensorflow.Tensor1D, tensorflow.Tensor2D];
    save([backward]);
    return {
      value,
      gradFunc: (dy, [saved]) => tf.mul(saved as tensorflow.Tensor, dy.reshape([-1, 1])),
    };
  });
  return loss(output) as tensorflow.Tensor1D;
}

function composedLoss(tf: TensorFlow, target: tensorflow.Tensor, output: tensorflow.Tensor): tensorflow.Tensor1D {
  return tf.neg(tf.sum(tf.mul(tf.oneHot(target.as1D(), output.shape[1] ?? 1), tf.logSoftmax(output)), 1));
}
