/** What EfficientNet-Lite0 is made of (Tan and Le 2019; Google 2020), for the layer and for what looks at its inner maps. */
import { convolution, invertedResiduals } from './convolution-stack';
import type { PictureStack } from './pretrained-pictures';

/** The table of the paper, squeeze-and-excitation left out and ReLU6 for swish, as the Lite variant has it. */
const stages = [
  { expansion: 1, filters: 16, window: 3, stride: 1, repeats: 1 },
  { expansion: 6, filters: 24, window: 3, stride: 2, repeats: 2 },
  { expansion: 6, filters: 40, window: 5, stride: 2, repeats: 2 },
  { expansion: 6, filters: 80, window: 3, stride: 2, repeats: 3 },
  { expansion: 6, filters: 112, window: 5, stride: 1, repeats: 3 },
  { expansion: 6, filters: 192, window: 5, stride: 2, repeats: 4 },
  { expansion: 6, filters: 320, window: 3, stride: 1, repeats: 1 },
];

export const efficientNetLite0: PictureStack = {
  blocks: [
    { convolutions: [convolution(3, 2, 3, 32)], adds: false },
    ...invertedResiduals(stages, 32),
    { convolutions: [convolution(1, 1, 320, 1280)], adds: false },
  ],
  lastBlocks: 5,
  pixels: { mean: 127, deviation: 128 },
  side: 224,
};
