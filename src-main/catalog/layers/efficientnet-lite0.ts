/** EfficientNet-Lite0, pretrained on ImageNet (Tan and Le 2019; Google 2020): the exemplar for a pretrained layer. */
import { defineLayer } from '../definitions';
import { efficientNetLite0 as stack } from '../efficientnet-stack';
import {
  frozenPartOf,
  pictureStackFields,
  pictureStackLayer,
  pictureStackMultiplyAdds,
  pictureStackParameters,
  pictureStackShape,
  type PictureStackValues,
} from '../pretrained-pictures';
import type { PretrainedWeights } from '../pretrained';
import { trainedWords } from '../pretrained-layer';

const pretrained: PretrainedWeights = {
  file: 'models/efficientnet-lite0/weights.bin',
  sha256: '260d0ef2f47f39763d9fd493d171b7c25283a2f313dacd2360e9cc3248e9e007',
  // The registry holds values in their general form; they were checked against the fields.
  frozen: (values) => frozenPartOf(stack, values as unknown as PictureStackValues),
};

export const definition = defineLayer({
  id: 'efficientnet-lite0',
  label: { en: 'EfficientNet-Lite0', zh: 'EfficientNet-Lite0' },
  help: {
    en: 'A network that has already learnt to see from 1.2 million photographs (ImageNet): it gives 1,280 numbers that say what is in a picture. A small layer behind it learns your classes from few pictures. It goes first and scales pictures itself. It lies in the app (6.7 MB, Apache-2.0); nothing is fetched.',
    zh: '一个已从 120 万张照片（ImageNet）中学会“看”的网络：它用 1280 个数描述图片里有什么。后面接一个小层，就能用少量图片学会您的类别。它放在最前面，会自行缩放图片。它随应用提供（6.7 MB，Apache-2.0），不会联网下载。',
  },
  formula:
    'y = mean over places of f((255·x − 127) / 128), x from 0 to 1; f: 49 convolutions with ReLU6, batch normalization folded into them',
  glyph: 'graduation-cap',
  group: 'pretrained',
  fields: pictureStackFields(stack.side, stack.side),
  summary: ({ side, trained }) => ({
    en: `${side} × ${side} · ${trainedWords[trained].en}`,
    zh: `${side} × ${side} · ${trainedWords[trained].zh}`,
  }),
  outputShape: (values, input) => pictureStackShape(stack, values, input),
  parameters: (values, input) => pictureStackParameters(stack, values, input),
  multiplyAdds: (values, input) => pictureStackMultiplyAdds(stack, values, input),
  pretrained,
  build: (tf, values, context) =>
    pictureStackLayer(tf, context, { className: 'EfficientNetLite0', stack, weights: pretrained, values }),
  example: { input: [5, 5, 3], fields: { side: 32 } },
});
