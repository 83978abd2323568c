/** Sounds to classes, such as spoken words: the network sees spectrograms as pictures. */
import type { LayerSpec, NetworkSpec, Shape } from '../../contract';
import type { TaskDefinition } from '../definitions';
import { residualConvolutional } from '../picture-networks';
import type { Presets } from '../presets';
import { startingSettings } from '../settings';
import { classCount, dense } from '../task-parts';

const presets: Presets = {
  tiny: (inputShape, target) => convolutional(inputShape, [8, 16], 32, classCount(target)),
  balanced: (inputShape, target) => convolutional(inputShape, [16, 32, 64], 64, classCount(target)),
  accurate: (inputShape, target) => residualConvolutional(inputShape, classCount(target)),
};

export const definition: TaskDefinition = {
  id: 'audio-classification',
  label: { en: 'Classify sounds', zh: '声音分类' },
  help: {
    en: 'Says which of several classes a sound belongs to, such as which word is spoken, learning from sounds whose class is known.',
    zh: '从已知类别的声音中学习，判断一段声音属于哪一类，例如说的是哪个词。',
  },
  glyph: 'audio-lines',
  input: 'sound',
  fits: (columns, target) => target.type === 'category' && columns.some((column) => column.type === 'audio'),
  target: 'classes',
  losses: ['cross-entropy', 'smoothed-cross-entropy'],
  metrics: ['accuracy'],
  presets,
  defaultNetwork: presets.balanced,
  defaultSettings: (_target, rows) =>
    startingSettings('cross-entropy', { batchSize: rows < 2000 ? 32 : 64, epochs: rows < 2000 ? 20 : 12 }),
  outputs: classCount,
  decode: (tf, output) => tf.softmax(output),
};

/** Convolution and pooling for each number of filters, fewer where the spectrogram is too small to be halved so often. */
function convolutional(
  [frames = 1, bands = 1]: Shape,
  filters: readonly number[],
  units: number,
  outputs: number,
): NetworkSpec {
  const halvings = Math.floor(Math.log2(Math.max(1, Math.min(frames, bands))));
  const blocks = filters.slice(0, halvings).flatMap((count, at): LayerSpec[] => [
    { id: `conv2d-${at + 1}`, type: 'conv2d', fields: { filters: count, padding: 'same', initializer: 'he-normal' } },
    { id: `max-pooling2d-${at + 1}`, type: 'max-pooling2d', fields: {} },
  ]);
  return {
    layers: [
      ...blocks,
      { id: 'flatten-1', type: 'flatten', fields: {} },
      { id: 'dropout-1', type: 'dropout', fields: { rate: 0.3 } },
      dense(1, units, 'relu'),
      dense(2, outputs, 'linear'),
    ],
  };
}
