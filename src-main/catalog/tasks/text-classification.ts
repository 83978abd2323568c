/** Texts to classes, such as reviews that praise or blame: the network reads codes of words in their order. */
import type { LayerSpec, Target } from '../../contract';
import type { TaskDefinition } from '../definitions';
import type { Presets } from '../presets';
import { startingSettings } from '../settings';
import { classCount, dense } from '../task-parts';
import { textNetworks } from '../text-networks';
import { stepsForText, textColumn, textColumns } from '../text-input';

const presets: Presets = {
  tiny: (_inputShape, target, { codes }) => ({
    layers: codes === null ? [dense(1, classCount(target), 'linear')] : onCodes(target, codes, 16),
  }),
  balanced: (_inputShape, target, { codes, rows }) => ({
    layers: codes === null ? onCounts(target) : onCodes(target, codes, rows < 2000 ? 32 : 64),
  }),
  accurate: ([steps = 1], target, { codes }) => ({
    layers: codes === null ? onCounts(target, 128) : onPhrases(target, codes, steps),
  }),
};

export const definition: TaskDefinition = {
  id: 'text-classification',
  label: { en: 'Classify texts', zh: '文本分类' },
  help: {
    en: 'Says which of several classes a text belongs to, such as praise or blame, learning from texts whose class is known.',
    zh: '从已知类别的文本中学习，判断一段文本属于哪一类，例如褒或贬。',
  },
  glyph: 'message-square-text',
  input: 'text',
  fits: (columns, target) =>
    target.type === 'category' &&
    columns.every(({ type }) => type !== 'image' && type !== 'audio') &&
    textColumns(columns, target.name).length > 0,
  target: 'classes',
  losses: ['cross-entropy', 'smoothed-cross-entropy'],
  metrics: ['accuracy'],
  startingSteps(columns, target) {
    const column = textColumn(columns, { target });
    return column ? stepsForText(columns, target, column.name) : {};
  },
  presets,
  namedPresets: textNetworks,
  defaultNetwork: presets.balanced,
  defaultSettings: (_target, rows) => startingSettings('cross-entropy', pace(rows)),
  outputs: classCount,
  decode: (tf, output) => tf.softmax(output),
};

/**
 * The mean of the rows of the words that stand there, as in fastText (Joulin et al., 2016): with few texts nothing that
 * looks at their order did better on held-out reviews (`tools/bench/tasks/texts.mjs`).
 */
function onCodes(target: Target, codes: number, features: number): LayerSpec[] {
  return [
    { id: 'embedding-1', type: 'embedding', fields: { vocabulary: codes, features } },
    { id: 'dropout-1', type: 'dropout', fields: { rate: 0.3 } },
    { id: 'global-average-pooling1d-1', type: 'global-average-pooling1d', fields: {} },
    dense(1, classCount(target), 'linear'),
  ];
}

/** Phrases of some words, wherever they stand, the strongest of each kind (Kim, 2014): for many texts. */
function onPhrases(target: Target, codes: number, steps: number): LayerSpec[] {
  return [
    { id: 'embedding-1', type: 'embedding', fields: { vocabulary: codes, features: 64 } },
    { id: 'dropout-1', type: 'dropout', fields: { rate: 0.3 } },
    { id: 'conv1d-1', type: 'conv1d', fields: { filters: 128, kernelSize: Math.min(3, steps), padding: 'same' } },
    { id: 'global-max-pooling1d-1', type: 'global-max-pooling1d', fields: {} },
    { id: 'dropout-2', type: 'dropout', fields: { rate: 0.3 } },
    dense(1, classCount(target), 'linear'),
  ];
}

/** Few texts need many steps before their words are told apart; early stopping ends what needs fewer. */
function pace(rows: number): { batchSize: number; epochs: number } {
  if (rows < 2000) return { batchSize: 16, epochs: 40 };
  return rows < 20_000 ? { batchSize: 32, epochs: 20 } : { batchSize: 128, epochs: 8 };
}

/** For tokens that were counted instead of put in order. */
function onCounts(target: Target, units = 32): LayerSpec[] {
  return [
    { id: 'dropout-1', type: 'dropout', fields: { rate: 0.3 } },
    dense(1, units, 'relu'),
    dense(2, classCount(target), 'linear'),
  ];
}
