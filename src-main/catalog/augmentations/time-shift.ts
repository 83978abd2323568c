/**
 * Moves sounds earlier or later by whole frames of their spectrogram. Where nothing moves in there is the quietest value of
 * the sound itself, since what silence is after standardizing differs from data to data.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { between } from '../augmentation-parts';
import { defineAugmentation } from '../definitions';
import { number } from '../fields';

export const definition = defineAugmentation({
  id: 'time-shift',
  label: { en: 'Time shift', zh: '时间平移' },
  help: {
    en: 'Moves each sound earlier or later, as when a recording began at another moment. What moves in is as quiet as the quietest moment of that sound.',
    zh: '把每段声音提前或推后，如同录音在另一时刻开始。移入的部分与该声音最安静处一样安静。',
  },
  fields: {
    most: number({
      label: { en: 'Farthest', zh: '最远' },
      help: {
        en: 'As a share of the stretch that the network hears: 0.1 is up to a tenth of it, either way.',
        zh: '占网络所听时段的比例：0.1 表示最多向任一方向移动十分之一。',
      },
      default: 0.1,
      minimum: 0,
      maximum: 0.5,
      scale: 'linear',
    }),
  },
  kind: 'spectrograms',
  change(tf, { most }, draws, sounds) {
    const [batch, frames, bands] = sounds.shape;
    const later = tf.round(between(tf, draws, batch, [-most * frames, most * frames])).reshape([batch, 1, 1]);
    const places = tf.range(0, frames, 1, 'float32');
    // One row for each frame, with a 1 where it comes from: gathering by drawn places is no op that can be recorded.
    const from = tf.sub(places.reshape([1, frames, 1]), later);
    const taken = tf.cast(tf.equal(from, places.reshape([1, 1, frames])), 'float32');
    const moved = tf.matMul(taken, sounds.reshape([batch, frames, bands])).reshape(sounds.shape);
    const heard = tf.sum(taken, 2).reshape([batch, frames, 1, 1]);
    const quiet = tf.mul(tf.min(sounds, [1, 2, 3], true), tf.sub(1, heard));
    return tf.add(moved, quiet) as tensorflow.Tensor4D;
  },
});
