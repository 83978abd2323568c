/** Whole series that are unlike the others, such as heartbeats: each row is one, its numbers in the order of the columns. */
import { knowsAnomalies } from '../anomaly-choices';
import type { TaskDefinition } from '../definitions';
import { densePresets, sizeOfExample } from '../reconstruction';
import { isSeries } from '../series-columns';
import { startingSettings } from '../settings';

export const definition: TaskDefinition = {
  id: 'series-anomaly',
  label: { en: 'Find unusual series', zh: '找出异常序列' },
  help: {
    en: 'Learns what ordinary series are like by giving them back through a narrow middle; series that it gives back badly are unusual. Each row is one series, its numbers in the order of the columns.',
    zh: '让序列通过狭窄的中间层再还原，从而学会正常序列的样子；还原得差的序列就是异常的。每一行是一个序列，各列依次是它的数。',
  },
  glyph: 'scan-search',
  input: 'series',
  fits: (columns, target) => knowsAnomalies(target) && isSeries(columns, target.name),
  fitsAlone: (columns) => isSeries(columns, null),
  target: 'reconstruction',
  isParticular: true,
  losses: ['reconstruction-error'],
  metrics: ['reconstruction-error'],
  presets: densePresets,
  defaultNetwork: densePresets.balanced,
  defaultSettings(_target, rows) {
    const pace = rows < 5000 ? { batchSize: 32, epochs: 100 } : { batchSize: 128, epochs: 30 };
    return startingSettings('reconstruction-error', pace);
  },
  outputs: sizeOfExample,
  decode: (_tf, output) => output,
};
