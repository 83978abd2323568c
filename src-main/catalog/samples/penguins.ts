/** Palmer penguins: 344 birds of three species, measured; a small table with gaps. */
import type { SampleDefinition } from '../definitions';

export const definition: SampleDefinition = {
  id: 'penguins',
  rank: 20,
  label: { en: 'Penguins', zh: '企鹅' },
  help: {
    en: 'Bill, flipper and weight of 344 penguins in Antarctica. Learn to tell the three species apart.',
    zh: '南极 344 只企鹅的喙、鳍肢和体重数据。学习区分三个物种。',
  },
  task: 'table-classification',
  rows: 344,
  source: 'csv',
  files: ['penguins.csv'],
  target: 'species',
  licence: 'K. B. Gorman et al., palmerpenguins (CC0)',
  secondsToFirstResult: 3,
};
