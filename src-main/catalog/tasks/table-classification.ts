/** Rows of a table to classes, such as the species of a penguin from its measures. */
import type { TaskDefinition } from '../definitions';
import { startingSettings } from '../settings';
import { hasTableInput, tableNetwork, tablePace } from '../task-parts';

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
  losses: ['cross-entropy'],
  metrics: ['accuracy'],
  defaultNetwork: (_inputShape, target) => tableNetwork(definition.outputs(target)),
  defaultSettings: (_target, rows) => startingSettings('cross-entropy', tablePace(rows)),
  outputs: (target) => (target.kind === 'classes' ? target.classes.length : 1),
  decode: (tf, output) => tf.softmax(output),
};
