/** How weights begin and how they are held small: fields and builders shared by all layers that have weights. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { TensorFlow } from './definitions';
import { choice, number } from './fields';

const initializers = [
  { value: 'glorot-uniform', label: { en: 'Glorot (Xavier) uniform', zh: 'Glorot（Xavier）均匀' } },
  { value: 'glorot-normal', label: { en: 'Glorot (Xavier) normal', zh: 'Glorot（Xavier）正态' } },
  { value: 'he-uniform', label: { en: 'He uniform', zh: 'He 均匀' } },
  { value: 'he-normal', label: { en: 'He normal', zh: 'He 正态' } },
  { value: 'lecun-normal', label: { en: 'LeCun normal', zh: 'LeCun 正态' } },
  { value: 'fan-in-uniform', label: { en: '1/√inputs uniform', zh: '1/√输入数 均匀' } },
  { value: 'zeros', label: { en: 'Zeros', zh: '零' } },
] as const;
export type Initializer = (typeof initializers)[number]['value'];

export const initializerField = choice<Initializer>({
  label: { en: 'Initializer', zh: '初始化' },
  help: {
    en: 'How the weights are drawn at random before training. He suits ReLU, Glorot suits tanh and sigmoid.',
    zh: '训练前如何随机取权重。He 适合 ReLU，Glorot 适合 tanh 和 sigmoid。',
  },
  default: 'glorot-uniform',
  options: initializers,
  advanced: true,
});

export function kernelInitializer(tf: TensorFlow, initializer: Initializer, seed: number) {
  switch (initializer) {
    case 'glorot-uniform':
      return tf.initializers.glorotUniform({ seed });
    case 'glorot-normal':
      return tf.initializers.glorotNormal({ seed });
    case 'he-uniform':
      return tf.initializers.heUniform({ seed });
    case 'he-normal':
      return tf.initializers.heNormal({ seed });
    case 'lecun-normal':
      return tf.initializers.leCunNormal({ seed });
    case 'fan-in-uniform':
      // ±1/√inputs, PyTorch's default for linear and convolution layers: a third of LeCun's variance.
      return tf.initializers.varianceScaling({ scale: 1 / 3, mode: 'fanIn', distribution: 'uniform', seed });
    case 'zeros':
      return tf.initializers.zeros();
  }
}

export const regularizerFields = {
  l1: number({
    label: { en: 'L1', zh: 'L1' },
    help: {
      en: 'Adds this times the sum of |weight| to the loss, which drives weights that do not help to zero.',
      zh: '把“该值 × 权重绝对值之和”加入损失，使无用的权重趋于零。',
    },
    default: 0,
    minimum: 0,
    maximum: 1,
    scale: 'log',
    advanced: true,
  }),
  l2: number({
    label: { en: 'L2', zh: 'L2' },
    help: {
      en: 'Adds this times the sum of weight² to the loss, which keeps weights small and eases overfitting.',
      zh: '把“该值 × 权重平方和”加入损失，使权重保持较小，减轻过拟合。',
    },
    default: 0,
    minimum: 0,
    maximum: 1,
    scale: 'log',
    advanced: true,
  }),
};

/** loss += l1 · Σ|w| + l2 · Σw² ; nothing where both are zero, so that no work is added to a step. */
export function regularizer(
  tf: TensorFlow,
  values: { readonly l1: number; readonly l2: number },
): ReturnType<typeof tensorflow.regularizers.l1l2> | undefined {
  return values.l1 > 0 || values.l2 > 0 ? tf.regularizers.l1l2({ l1: values.l1, l2: values.l2 }) : undefined;
}
