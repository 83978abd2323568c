/**
 * SpecAugment without warping (Park et al., 2019): bars over time and bars over pitch take the value 0, which is the mean of
 * the training sounds. A bar is 0 to its most lines wide, and lies anywhere it fits.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { defineAugmentation, type Draws, type TensorFlow } from '../definitions';
import { integer, number } from '../fields';

const bars = (label: { readonly en: string; readonly zh: string }) =>
  integer({
    label,
    help: { en: 'How many bars of this direction; they may overlap.', zh: '该方向的条带数量；它们可能重叠。' },
    default: 1,
    minimum: 0,
    maximum: 8,
  });
const widest = (label: { readonly en: string; readonly zh: string }, start: number) =>
  number({
    label,
    help: {
      en: 'Of one bar, as a share of the whole: each bar’s width is drawn from none to this.',
      zh: '单条带宽度占整体的比例：每条的宽度从零到该值之间抽取。',
    },
    default: start,
    minimum: 0,
    maximum: 1,
    scale: 'linear',
  });

export const definition = defineAugmentation({
  id: 'spec-augment',
  label: { en: 'Hide moments and pitches', zh: '遮盖时刻与音高' },
  help: {
    en: 'Covers some moments and some pitches of each sound with bars (SpecAugment), so that the network does not rely on one of them alone.',
    zh: '用条带遮住每段声音的某些时刻和某些音高（SpecAugment），使网络不只依赖其中之一。',
  },
  fields: {
    times: bars({ en: 'Bars over time', zh: '时间条带' }),
    widestTime: widest({ en: 'Longest', zh: '最长' }, 0.15),
    pitches: bars({ en: 'Bars over pitch', zh: '音高条带' }),
    widestPitch: widest({ en: 'Widest', zh: '最宽' }, 0.2),
  },
  kind: 'spectrograms',
  change(tf, { times, widestTime, pitches, widestPitch }, draws, sounds) {
    const [batch, frames, bands] = sounds.shape;
    let kept: tensorflow.Tensor = sounds;
    for (let bar = 0; bar < times; bar += 1) {
      kept = tf.mul(kept, uncovered(tf, draws, [batch, frames, 1, 1], widestTime));
    }
    for (let bar = 0; bar < pitches; bar += 1) {
      kept = tf.mul(kept, uncovered(tf, draws, [batch, 1, bands, 1], widestPitch));
    }
    return kept as tensorflow.Tensor4D;
  },
});

/** 0 where a bar lies along one side and 1 elsewhere. @param shape `[batch, frames, 1, 1]` or `[batch, 1, bands, 1]`. */
function uncovered(
  tf: TensorFlow,
  draws: Draws,
  shape: [batch: number, frames: number, bands: number, channels: number],
  widest: number,
): tensorflow.Tensor {
  const [batch, frames, bands] = shape;
  const length = frames * bands;
  const most = Math.round(widest * length);
  const width = tf.floor(tf.mul(draws.uniform([batch, 1, 1, 1]), most + 1));
  const start = tf.floor(tf.mul(draws.uniform([batch, 1, 1, 1]), tf.sub(length + 1, width)));
  const places = tf.range(0, length, 1, 'float32').reshape([1, frames, bands, 1]);
  const covered = tf.logicalAnd(tf.greaterEqual(places, start), tf.less(places, tf.add(start, width)));
  return tf.sub(1, tf.cast(covered, 'float32'));
}
