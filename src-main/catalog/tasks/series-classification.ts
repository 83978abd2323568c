/** Whole series to classes, such as movements or heartbeats: each row is one series, its numbers in the order of the columns. */
import type { LayerSpec, NetworkSpec, Target } from '../../contract';
import type { TaskDefinition } from '../definitions';
import type { Presets } from '../presets';
import { isSeries } from '../series-columns';
import { startingSettings } from '../settings';
import { classCount, dense } from '../task-parts';

const presets: Presets = {
  tiny: ([steps = 1], target) => convolutional(target, steps, [16]),
  balanced: ([steps = 1], target) => convolutional(target, steps, [32, 64, 32]),
  accurate: ([steps = 1], target) => convolutional(target, steps, [64, 128, 64]),
};

export const definition: TaskDefinition = {
  id: 'series-classification',
  label: { en: 'Classify series', zh: '时间序列分类' },
  help: {
    en: 'Says which of several classes a whole series belongs to, such as which movement was made. Each row is one series, its numbers in the order of the columns.',
    zh: '判断整个序列属于哪一类，例如做了哪个动作。每一行是一个序列，各列依次是它的数。',
  },
  glyph: 'activity',
  input: 'series',
  fits: (columns, target) => target.type === 'category' && isSeries(columns, target.name),
  target: 'classes',
  isParticular: true,
  losses: ['cross-entropy', 'smoothed-cross-entropy'],
  metrics: ['accuracy'],
  presets,
  defaultNetwork: presets.balanced,
  defaultSettings(_target, rows) {
    const { patience, ...own } = pace(rows);
    const settings = startingSettings('cross-entropy', own);
    // A handful of validation rows are soon all right; their loss still tells one epoch from another.
    const watch = { ...settings.watch, best: 'loss', stopping: 'loss' };
    return { ...settings, watch, earlyStopping: { ...settings.earlyStopping, patience } };
  },
  outputs: classCount,
  decode: (tf, output) => tf.softmax(output),
};

/**
 * The fully convolutional network of Wang, Yan and Oates (2017, "Time series classification from scratch"), narrower:
 * windows of 8, 5 and 3 steps, each followed by batch normalization, and the mean over all steps.
 */
function convolutional(target: Target, steps: number, filters: readonly number[]): NetworkSpec {
  const windows = [8, 5, 3];
  const blocks = filters.flatMap((count, at): LayerSpec[] => [
    {
      id: `conv1d-${at + 1}`,
      type: 'conv1d',
      fields: { filters: count, kernelSize: Math.min(windows[at] ?? 3, steps), padding: 'same', activation: 'linear' },
    },
    { id: `batch-normalization-${at + 1}`, type: 'batch-normalization', fields: {} },
    { id: `activation-${at + 1}`, type: 'activation', fields: { activation: 'relu' } },
  ]);
  const mean: LayerSpec = { id: 'global-average-pooling1d-1', type: 'global-average-pooling1d', fields: {} };
  return { layers: [...blocks, mean, dense(1, classCount(target), 'linear')] };
}

function pace(rows: number): { batchSize: number; epochs: number; patience: number } {
  if (rows < 1000) return { batchSize: 16, epochs: 200, patience: 80 };
  return rows < 20_000 ? { batchSize: 32, epochs: 60, patience: 10 } : { batchSize: 128, epochs: 15, patience: 5 };
}
