/** Which numbers the network sees for black and white. */
import { z } from 'zod';
import { choice } from '../fields';
import { defineStep, type Normalization, type PictureValues } from '../step-definitions';
import { figures } from '../step-values';

type Range = 'zero-to-one' | 'minus-one-to-one' | 'standardize';

/** Mean and deviation of each channel, of pixels from 0 to 1; a channel of one value keeps a deviation of 1. */
function channelsOf({ pixels, channels }: PictureValues): Normalization {
  const [sums, squares] = [new Float64Array(channels), new Float64Array(channels)];
  for (let at = 0; at < pixels.length; at++) {
    const value = (pixels[at] ?? 0) / 255;
    const channel = at % channels;
    sums[channel] = (sums[channel] ?? 0) + value;
    squares[channel] = (squares[channel] ?? 0) + value * value;
  }
  const count = Math.max(1, pixels.length / channels);
  const mean = Array.from(sums, (sum) => sum / count);
  const deviation = mean.map((own, channel) => {
    const variance = (squares[channel] ?? 0) / count - own ** 2;
    // What is left of equal values by rounding is no variance.
    return variance < 1e-12 ? 1 : Math.sqrt(variance);
  });
  return { mean, deviation };
}

export const definition = defineStep({
  id: 'pixel-range',
  label: { en: 'Range of pixels', zh: '像素取值范围' },
  help: {
    en: 'Turns pixels of 0 to 255 into small numbers. Standardized by channel, red, green and blue each have mean 0 and deviation 1 over the training pictures.',
    zh: '把 0 到 255 的像素变为较小的数。按通道标准化后，红、绿、蓝在训练图片上各自均值为 0、标准差为 1。',
  },
  takes: 'pictures',
  gives: 'pictures',
  suits: ['image'],
  fields: {
    range: choice<Range>({
      label: { en: 'Range', zh: '范围' },
      help: { en: 'What the network sees.', zh: '网络看到的数值。' },
      default: 'zero-to-one',
      options: [
        { value: 'zero-to-one', label: { en: '0 to 1', zh: '0 到 1' } },
        { value: 'minus-one-to-one', label: { en: '−1 to 1', zh: '−1 到 1' } },
        { value: 'standardize', label: { en: 'standardized by channel', zh: '按通道标准化' } },
      ],
    }),
  },
  fitted: z.object({
    normalization: z.object({ mean: z.array(z.number()), deviation: z.array(z.number()) }).nullable(),
  }),
  fit(pictures, { range }): { normalization: Normalization | null } {
    if (range === 'zero-to-one') return { normalization: null };
    if (range === 'standardize') return { normalization: channelsOf(pictures) };
    const half = Array.from({ length: pictures.channels }, () => 0.5);
    return { normalization: { mean: half, deviation: half } };
  },
  apply: (pictures, { normalization }) => ({ ...pictures, normalization }),
  learnt({ normalization }, { range }) {
    if (range !== 'standardize' || !normalization) return null;
    const { mean, deviation } = normalization;
    return {
      en: `mean ${figures(mean)}, deviation ${figures(deviation)}, of pixels from 0 to 1`,
      zh: `均值 ${figures(mean)}，标准差 ${figures(deviation)}（像素按 0 到 1 计）`,
    };
  },
});
