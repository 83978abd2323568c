/** Every trial is trained to its end. */
import type { PrunerDefinition } from '../pruner-definitions';

export const definition: PrunerDefinition = {
  id: 'none',
  label: { en: 'Train every trial to its end', zh: '每次尝试都训练到底' },
  help: {
    en: 'No trial is ended early, but by its own early stopping. Fair to slow starters, and takes the longest.',
    zh: '除自身的提前停止外，不提前结束任何尝试。对起步慢的配置公平，但耗时最长。',
  },
  fields: {},
  goesOn: () => true,
};
