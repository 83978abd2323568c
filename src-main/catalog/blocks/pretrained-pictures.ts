/** A pretrained network with dropout behind it: all but the last layer of a network that learns from few pictures. */
import type { LayerSpec } from '../../contract';
import { defineBlock } from '../definitions';
import { trainedField } from '../pretrained-layer';
import { pictureShape, type Picture } from '../shapes';

/** Side that EfficientNet-Lite0 learnt with. */
const LARGEST = 224;
/** Smaller pictures leave the last maps nearly no places. */
const SMALLEST = 96;
/** Enlarging pictures of 32 × 32 more than this cost time and brought nothing: 160 and 224 were as right on CIFAR-10. */
const MOST_ENLARGED = 5;

/** Side that pictures are brought to. */
function sideFor({ height, width }: Picture): number {
  return Math.min(LARGEST, Math.max(SMALLEST, MOST_ENLARGED * Math.max(height, width)));
}

export const definition = defineBlock({
  id: 'pretrained-pictures',
  label: { en: 'Pretrained network for pictures', zh: '预训练图片网络' },
  help: {
    en: 'Takes the place of all layers but the last: EfficientNet-Lite0, which has learnt to see from a million photographs, frozen, and dropout. Learns from some hundred pictures in a minute.',
    zh: '取代除最后一层以外的所有层：已从百万张照片学会“看”的 EfficientNet-Lite0（冻结）加随机失活。几百张图片、一分钟左右即可学会。',
  },
  glyph: 'graduation-cap',
  replaces: { input: 'picture' },
  fields: {
    trained: trainedField({
      en: 'Frozen is the fastest. Its last blocks or all of it can be fitted to your pictures too.',
      zh: '冻结最快。也可以让最后几块或全部适应您的图片。',
    }),
  },
  layers({ trained }, input) {
    const picture = pictureShape(input);
    if ('problem' in picture) return picture;
    const side = sideFor(picture);
    const layers: LayerSpec[] = [
      { id: 'efficientnet', type: 'efficientnet-lite0', fields: { trained, side } },
      { id: 'dropout', type: 'dropout', fields: { rate: 0.2 } },
    ];
    return layers;
  },
  example: { input: [5, 5, 3] },
});
