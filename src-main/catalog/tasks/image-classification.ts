/** Pictures to classes, such as handwritten digits. */
import type { TaskDefinition } from '../definitions';
import { startingSettings } from '../settings';
import { dense } from '../task-parts';

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
  losses: ['cross-entropy'],
  metrics: ['accuracy'],
  defaultNetwork: (_inputShape, target) => ({
    layers: [
      { id: 'flatten-1', type: 'flatten', fields: {} },
      dense(1, 256, 'relu'),
      dense(2, 128, 'relu'),
      dense(3, definition.outputs(target), 'linear'),
    ],
  }),
  defaultSettings: () => startingSettings('cross-entropy', { batchSize: 128, epochs: 10 }),
  outputs: (target) => (target.kind === 'classes' ? target.classes.length : 1),
  decode: (tf, output) => tf.softmax(output),
};
