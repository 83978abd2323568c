/** Rows of a table to classes, such as the species of a penguin from its measures. */
import type { TaskDefinition } from '../definitions';
import { startingSettings } from '../settings';
import { classCount, hasTableInput, tablePace, tablePresets } from '../task-parts';

const presets = tablePresets(classCount);

export const definition: TaskDefinition = {
  id: 'table-classification',
  label: { en: 'Classify rows', zh: '表格分类' },
  help: {
    en: 'Says which of several classes a row of a table belongs to, from its other columns.',
    zh: '根据表格中一行的其他列，判断它属于哪一类。',
  },
  glyph: 'table',
  input: 'table',
  fits: (columns, target) => target.type === 'category' && hasTableInput(columns, target),
  target: 'classes',
  losses: ['cross-entropy', 'smoothed-cross-entropy'],
  metrics: ['accuracy'],
  presets,
  defaultNetwork: presets.balanced,
  defaultSettings: (_target, rows) => startingSettings('cross-entropy', tablePace(rows)),
  outputs: classCount,
  decode: (tf, output) => tf.softmax(output),
};
