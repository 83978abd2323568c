/**
 * Grain in spectrograms: a normal draw for every value. This is no noise in the sound itself, which would raise quiet values
 * more than loud ones; it keeps a network from relying on exact values all the same.
 */
import { defineAugmentation } from '../definitions';
import { number } from '../fields';

export const definition = defineAugmentation({
  id: 'spectrogram-noise',
  label: { en: 'Grain in the spectrogram', zh: '频谱噪点' },
  help: {
    en: 'Makes every value of the spectrogram a little stronger or weaker at random. This is not the same as a noise in the room: it is added to the picture of the sound, not to the sound.',
    zh: '让频谱图的每个值随机变强或变弱一点。这不同于环境噪声：它加在声音的图像上，而不是声音本身。',
  },
  fields: {
    standardDeviation: number({
      label: { en: 'Strength', zh: '强度' },
      help: {
        en: 'Standard deviation of what is added, where 1 is how far the values of the training sounds lie apart.',
        zh: '所加数值的标准差；1 表示训练声音各值的分散程度。',
      },
      default: 0.2,
      minimum: 0,
      maximum: 2,
      scale: 'linear',
    }),
  },
  kind: 'spectrograms',
  change: (tf, { standardDeviation }, draws, sounds) =>
    tf.add(sounds, tf.mul(draws.normal(sounds.shape), standardDeviation)),
});
