/**
 * Mixes each example with another of its batch (Zhang et al., mixup, 2018): λ of one and 1 − λ of the other, in the inputs
 * and in the answer. λ is drawn for each example from Beta(α, α). A batch is a random choice of rows, so the other is the
 * next in it. Two classes are two targets by their shares, which for cross-entropy is the same as one mixed target; two
 * numbers are one in between.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { fromNext } from '../augmentation-parts';
import { defineAugmentation, type Draws, type TargetPart, type TensorFlow } from '../definitions';
import { number } from '../fields';

export const definition = defineAugmentation({
  id: 'mixup',
  label: { en: 'Mixup', zh: '混合' },
  help: {
    en: 'Mixes each example with another one, and their answers in the same shares, so that the network changes smoothly from one to the other.',
    zh: '把每个样本与另一个样本混合，答案按相同比例混合，使网络在两者之间平滑过渡。',
  },
  fields: {
    alpha: number({
      label: { en: 'Strength α', zh: '强度 α' },
      help: {
        en: 'Below 1 most examples stay nearly pure; at 1 all shares are equally likely; above, halves are likeliest. 0 mixes nothing.',
        zh: '小于 1 时多数样本几乎不变；等于 1 时各种比例等可能；大于 1 时各半最常见。0 表示不混合。',
      },
      default: 0.2,
      minimum: 0,
      maximum: 8,
      scale: 'linear',
    }),
  },
  kind: 'examples',
  change(tf, { alpha }, draws, examples) {
    const [batch = 0, ...sides] = examples.inputs.shape;
    if (alpha === 0 || batch < 2) return examples;
    const own = symmetricBeta(tf, draws, batch, alpha);
    const inputs = between(tf, examples.inputs, own.reshape([batch, ...sides.map(() => 1)]));
    return { inputs, targets: examples.targets.flatMap((part) => mixedTargets(tf, part, own)) };
  },
});

/** own · some + (1 − own) · next, as next + own · (some − next). */
function between(tf: TensorFlow, some: tensorflow.Tensor, own: tensorflow.Tensor): tensorflow.Tensor {
  const next = fromNext(tf, some);
  return tf.add(next, tf.mul(own, tf.sub(some, next)));
}

function mixedTargets(tf: TensorFlow, { target, share, weights }: TargetPart, own: tensorflow.Tensor1D): TargetPart[] {
  const next = weights && fromNext(tf, weights);
  if (target.dtype === 'float32') {
    const mixed = between(tf, target, own.reshape([own.size, ...target.shape.slice(1).map(() => 1)]));
    return [{ target: mixed, share, weights: weights && between(tf, weights, own).as1D() }];
  }
  const shared = (some: tensorflow.Tensor1D, of: tensorflow.Tensor1D | undefined) =>
    of ? tf.mul(some, of).as1D() : some;
  return [
    { target, share: shared(own, share), weights },
    { target: fromNext(tf, target), share: shared(tf.sub(1, own).as1D(), share && fromNext(tf, share)), weights: next },
  ];
}

/**
 * `[count]` draws from Beta(α, α), for any α > 0, each from two uniform ones and without rejection: t = ±√(U^(−1/α) − 1) ·
 * |cos 2πV| is by Bailey (1994) Student's t with 2α degrees of freedom over √2α, and ½ + ½ · t / √(1 + t²) is then
 * Beta(α, α) (Devroye, Random variate generation in one line of code, 1996). Written by 1 / t², which may be infinite.
 */
function symmetricBeta(tf: TensorFlow, draws: Draws, count: number, alpha: number): tensorflow.Tensor1D {
  const [first, second] = [tf.sub(1, draws.uniform([count])), draws.uniform([count])];
  const cosine = tf.cos(tf.mul(second, 2 * Math.PI));
  const inverse = tf.div(1, tf.mul(tf.sub(tf.pow(first, -1 / alpha), 1), tf.square(cosine)));
  const half = tf.div(tf.mul(tf.sign(cosine), 0.5), tf.sqrt(tf.add(1, inverse)));
  return tf.add(half, 0.5).as1D();
}
