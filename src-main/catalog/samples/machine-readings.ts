/** Made-up readings of a pump, of which a few come from faults. */
import type { SampleDefinition } from '../definitions';

export const definition: SampleDefinition = {
  id: 'machine-readings',
  rank: 60,
  label: { en: 'Machine readings', zh: '机器读数' },
  help: {
    en: '2,400 made-up readings of a pump, about 5 % of them from faults. Learn what ordinary readings are like, and find the others.',
    zh: '一台水泵的 2,400 组读数（合成数据），约 5% 来自故障。学习正常读数的样子，找出其余的。',
  },
  task: 'table-anomaly',
  rows: 2400,
  source: 'csv',
  files: ['readings.csv'],
  target: 'state',
  licence: 'CC0 (made up, seed 20261127)',
  secondsToFirstResult: 6,
};
