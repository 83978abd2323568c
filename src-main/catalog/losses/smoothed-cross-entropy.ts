/**
 * Cross-entropy with smoothed labels (Szegedy et al., Rethinking the Inception architecture, 2016): a tenth of each answer is
 * spread evenly over all classes, so that the network does not grow surer of few examples than they warrant.
 */
import type { LossDefinition } from '../definitions';
import { definition as crossEntropy } from './cross-entropy';

/** The share that is spread. */
const spread = 0.1;

export const definition: LossDefinition = {
  id: 'smoothed-cross-entropy',
  label: { en: 'Cross-entropy, smoothed', zh: '平滑交叉熵' },
  help: {
    en: 'As cross-entropy, but a tenth of each answer is spread over all classes: the network is kept from being too sure. It often helps where a pretrained network learns from few examples. It never becomes 0.',
    zh: '与交叉熵相同，但把每个答案的十分之一平均分给所有类别，防止网络过于自信。预训练网络从少量样本学习时常有帮助。它不会降到 0。',
  },
  formula: 'L = −0.9 · log softmax(output)[target] − 0.1 · meanⱼ log softmax(output)[j]',
  target: 'classes',
  // log Σ exp(output) is in both parts: what is left to add to cross-entropy is linear in the output.
  perExample: (tf, target, output) =>
    tf.tidy(() => {
      const right = tf.sum(tf.mul(tf.oneHot(target.as1D().toInt(), output.shape[1] ?? 1), output), 1);
      const beyond = tf.mul(spread, tf.sub(right, tf.mean(output, 1)));
      return tf.add(crossEntropy.perExample(tf, target, output), beyond).as1D();
    }),
};
