/** Sounds to classes, such as spoken words: the network sees spectrograms as pictures. */
import type { LayerSpec, Shape } from '../../contract';
import type { TaskDefinition } from '../definitions';
import { startingSettings } from '../settings';
import { dense } from '../task-parts';

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
  losses: ['cross-entropy'],
  metrics: ['accuracy'],
  defaultNetwork: (inputShape, target) => ({
    layers: [
      ...blocks(inputShape),
      { id: 'flatten-1', type: 'flatten', fields: {} },
      { id: 'dropout-1', type: 'dropout', fields: { rate: 0.3 } },
      dense(1, 64, 'relu'),
      dense(2, definition.outputs(target), 'linear'),
    ],
  }),
  defaultSettings: (_target, rows) =>
    startingSettings('cross-entropy', { batchSize: rows < 2000 ? 32 : 64, epochs: rows < 2000 ? 20 : 12 }),
  outputs: (target) => (target.kind === 'classes' ? target.classes.length : 1),
  decode: (tf, output) => tf.softmax(output),
};

/** Three times convolution and pooling, fewer where the spectrogram is too small to be halved so often. */
function blocks([frames = 1, bands = 1]: Shape): LayerSpec[] {
  const halvings = Math.floor(Math.log2(Math.max(1, Math.min(frames, bands))));
  return [16, 32, 64].slice(0, halvings).flatMap((filters, at): LayerSpec[] => [
    { id: `conv2d-${at + 1}`, type: 'conv2d', fields: { filters, padding: 'same', initializer: 'he-normal' } },
    { id: `max-pooling2d-${at + 1}`, type: 'max-pooling2d', fields: {} },
  ]);
}
