/** Rows of a table that are unlike the others, such as readings of a machine that is about to fail. */
import { knowsAnomalies } from '../anomaly-choices';
import type { TaskDefinition } from '../definitions';
import { densePresets, sizeOfExample } from '../reconstruction';
import { startingSettings } from '../settings';
import { hasTableInput } from '../task-parts';

export const definition: TaskDefinition = {
  id: 'table-anomaly',
  label: { en: 'Find unusual rows', zh: '找出异常行' },
  help: {
    en: 'Learns what ordinary rows are like by giving them back through a narrow middle; rows that it gives back badly are unusual. A target is not needed.',
    zh: '让数据通过狭窄的中间层再还原，从而学会正常行的样子；还原得差的行就是异常的。不需要目标列。',
  },
  glyph: 'scan-search',
  input: 'table',
  fits: (columns, target) => knowsAnomalies(target) && hasTableInput(columns, target),
  fitsAlone: (columns) => hasTableInput(columns, null),
  target: 'reconstruction',
  isParticular: true,
  losses: ['reconstruction-error'],
  metrics: ['reconstruction-error'],
  presets: densePresets,
  defaultNetwork: densePresets.balanced,
  defaultSettings: (_target, rows) => startingSettings('reconstruction-error', pace(rows)),
  outputs: sizeOfExample,
  decode: (_tf, output) => output,
};

/** What numbers have to do with each other takes more passes to learn than one answer. */
function pace(rows: number): { batchSize: number; epochs: number } {
  return rows < 5000 ? { batchSize: 32, epochs: 100 } : { batchSize: 128, epochs: 30 };
}
