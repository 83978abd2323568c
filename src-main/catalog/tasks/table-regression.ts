/** Rows of a table to a number, such as the weight of a penguin from its measures. */
import type { TaskDefinition } from '../definitions';
import { startingSettings } from '../settings';
import { hasTableInput, tablePace, tablePresets } from '../task-parts';

const outputs = () => 1;
const presets = tablePresets(outputs);

export const definition: TaskDefinition = {
  id: 'table-regression',
  label: { en: 'Predict a number', zh: '预测数值' },
  help: {
    en: 'Estimates a number for each row of a table, from its other columns.',
    zh: '根据表格中一行的其他列，估计一个数值。',
  },
  glyph: 'trending-up',
  input: 'table',
  fits: (columns, target) => target.type === 'number' && hasTableInput(columns, target),
  target: 'number',
  losses: ['mean-squared-error', 'mean-absolute-error'],
  metrics: ['mean-absolute-error', 'root-mean-squared-error'],
  presets,
  defaultNetwork: presets.balanced,
  defaultSettings: (_target, rows) => startingSettings('mean-squared-error', tablePace(rows)),
  outputs,
  decode: (_tf, output) => output,
};
