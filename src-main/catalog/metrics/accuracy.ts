/** Accuracy: the share of examples whose largest output is the right class. */
import type { MetricDefinition } from '../definitions';

export const definition: MetricDefinition = {
  id: 'accuracy',
  label: { en: 'Accuracy', zh: '准确率' },
  help: { en: 'The share of examples that were classified right.', zh: '分类正确的样本所占比例。' },
  better: 'higher',
  format: 'percent',
  target: 'classes',
  perExample: (tf, target, output) =>
    tf.cast(tf.equal(tf.argMax(output, 1), tf.cast(target, 'int32')).as1D(), 'float32'),
};
