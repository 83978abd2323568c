/** Pictures to classes, such as handwritten digits. */
import type { TaskDefinition } from '../definitions';
import { fineTunedPictures } from '../fine-tuned-pictures';
import { denseOverPixels, isSmallGrey, residualConvolutional, smallConvolutional } from '../picture-networks';
import type { Presets } from '../presets';
import { startingSettings } from '../settings';
import { classCount } from '../task-parts';

const presets: Presets = {
  tiny: (inputShape, target) => denseOverPixels(inputShape, classCount(target)),
  balanced: (inputShape, target) => smallConvolutional(inputShape, classCount(target)),
  accurate: (inputShape, target) => residualConvolutional(inputShape, classCount(target)),
};

export const definition: TaskDefinition = {
  id: 'image-classification',
  label: { en: 'Classify pictures', zh: '图片分类' },
  help: {
    en: 'Says which of several classes a picture belongs to, learning from pictures whose class is known.',
    zh: '从已知类别的图片中学习，判断一张图片属于哪一类。',
  },
  glyph: 'image',
  input: 'picture',
  fits: (columns, target) =>
    target.type === 'category' && columns.some((column) => column.type === 'image' && column.name !== target.name),
  target: 'classes',
  losses: ['cross-entropy', 'smoothed-cross-entropy'],
  metrics: ['accuracy'],
  presets,
  namedPresets: [fineTunedPictures],
  // Small grey pictures, such as digits, begin with the network that gives a first result soonest.
  defaultNetwork: (inputShape, ...data) =>
    (isSmallGrey(inputShape) ? presets.tiny : presets.balanced)(inputShape, ...data),
  defaultSettings: () => startingSettings('cross-entropy', { batchSize: 128, epochs: 10 }),
  outputs: classCount,
  decode: (tf, output) => tf.softmax(output),
};
