/** Cross-entropy between a class and the softmax of logits. */
import type { LossDefinition } from '../definitions';

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
    tf.neg(tf.sum(tf.mul(tf.oneHot(target.as1D(), output.shape[1] ?? 1), tf.logSoftmax(output)), 1)),
};
