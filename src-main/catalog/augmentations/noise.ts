/** Adds grain to pictures: a normal draw for every value. */
import { keptInRange } from '../augmentation-parts';
import { defineAugmentation } from '../definitions';
import { number } from '../fields';

export const definition = defineAugmentation({
  id: 'noise',
  label: { en: 'Grain', zh: '噪点' },
  help: {
    en: 'Adds random grain to every pixel, as a camera does in little light.',
    zh: '给每个像素加上随机噪点，如同相机在光线不足时。',
  },
  fields: {
    standardDeviation: number({
      label: { en: 'Strength', zh: '强度' },
      help: {
        en: 'Standard deviation of what is added; black is 0, white is 1.',
        zh: '所加数值的标准差；黑为 0，白为 1。',
      },
      default: 0.05,
      minimum: 0,
      maximum: 1,
      scale: 'linear',
    }),
  },
  kind: 'pixels',
  change(tf, { standardDeviation }, draws, pictures) {
    return keptInRange(tf, tf.add(pictures, tf.mul(draws.normal(pictures.shape), standardDeviation)));
  },
});
