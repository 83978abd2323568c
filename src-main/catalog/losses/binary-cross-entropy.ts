/** Binary cross-entropy of pictures that are given back: each pixel's brightness, 0 to 1, is taken for a chance. */
import type { LossDefinition } from '../definitions';
import { flatInputs } from '../reconstruction';

/** Outputs are kept so far from 0 and 1, where a logarithm ends. */
const margin = 1e-6;

export const definition: LossDefinition = {
  id: 'binary-cross-entropy',
  label: { en: 'Binary cross-entropy', zh: '二元交叉熵' },
  help: {
    en: 'Takes the brightness of each pixel for a chance and punishes outputs that were sure and wrong. For networks that end in a sigmoid.',
    zh: '把每个像素的亮度看作概率，惩罚“很有把握却错了”的输出。适用于以 sigmoid 结尾的网络。',
  },
  formula: 'L = −mean (input · log output + (1 − input) · log(1 − output))',
  target: 'reconstruction',
  perExample(tf, inputs, output) {
    const given = flatInputs(tf, inputs, output);
    const chance = tf.clipByValue(output, margin, 1 - margin);
    const losses = tf.add(tf.mul(given, tf.log(chance)), tf.mul(tf.sub(1, given), tf.log(tf.sub(1, chance))));
    return tf.neg(tf.mean(losses, 1));
  },
};
