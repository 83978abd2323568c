/** The pretrained network for pictures with its last blocks trained too, and the settings that a few hundred pictures want. */
import { dataSource, type LayerSpec, type TrainingSettings } from '../contract';
import { namedLayers } from './block-layers';
import { definition as block } from './blocks/pretrained-pictures';
import type { NamedPreset } from './presets';
import { classCount, dense } from './task-parts';

/** Share of the learning rate at which what it knows is fitted, beside a layer that answers and knows nothing yet. */
const rate = 0.3;

/**
 * Chosen on training pictures of CIFAR-10 alone (docs/engine.md has what was tried). The best epoch is the one with the lowest
 * loss: of a hundred validation pictures, accuracy is a coarse measure.
 */
const settings: Partial<TrainingSettings> = {
  loss: 'smoothed-cross-entropy',
  learningRate: 0.001,
  batchSize: 32,
  epochs: 8,
  schedule: { type: 'cosine', fields: {} },
  earlyStopping: { enabled: false, patience: 5, restoreBest: true },
  watch: { stopping: 'loss', best: 'loss', minimumChange: 0 },
};

export const fineTunedPictures: NamedPreset = {
  id: 'fine-tuned',
  label: { en: 'Fine-tuned', zh: '微调' },
  help: {
    en: 'EfficientNet-Lite0 with its last blocks fitted to your pictures: the most accurate for some hundred or thousand photographs. Sets the training settings too.',
    zh: '让 EfficientNet-Lite0 的最后几块适应您的图片：对几百到几千张照片最准确。同时会设置训练参数。',
  },
  settings,
  network(inputShape, target) {
    const layers = block.layers({ trained: 'last' }, inputShape);
    if ('problem' in layers) return null;
    const fitted = layers.map((layer): LayerSpec => {
      return layer.type === 'dropout' ? layer : { ...layer, fields: { ...layer.fields, rate } };
    });
    return {
      layers: [...namedLayers(fitted, `${block.id}-1`, dataSource), dense(1, classCount(target), 'linear')],
    };
  },
};
