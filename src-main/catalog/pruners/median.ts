/**
 * The median stopping rule of Vizier (Golovin et al. 2017): a trial ends whose best epoch so far is worse than the median of what
 * the others had come to on average by then.
 */
import { integer } from '../fields';
import type { PrunerDefinition } from '../pruner-definitions';
import { bestUntil } from '../pruning';

const fields = {
  warmUp: integer({
    label: { en: 'Epochs left alone', zh: '免检轮数' },
    help: { en: 'No trial is ended within its first so many epochs.', zh: '前这么多轮内不结束任何尝试。' },
    default: 2,
    minimum: 0,
    maximum: 10_000,
  }),
  fewest: integer({
    label: { en: 'Trials left alone', zh: '免检尝试数' },
    help: {
      en: 'So many trials must have come as far before others are compared with them.',
      zh: '至少有这么多次尝试达到同样轮数后才进行比较。',
    },
    default: 5,
    minimum: 1,
    maximum: 1000,
  }),
};

export const definition: PrunerDefinition<typeof fields> = {
  id: 'median',
  label: { en: 'Median rule', zh: '中位数规则' },
  help: {
    en: 'Ends a trial that is worse than half of the others were after as many epochs. Milder than successive halving.',
    zh: '若某次尝试在相同轮数下不如其他尝试的一半，则结束它。比逐级淘汰温和。',
  },
  fields,
  goesOn({ curve, trials, better, epochs, fields: { warmUp, fewest } }) {
    const epoch = curve.length;
    if (epoch <= warmUp || epoch >= epochs) return true;
    const others = trials.filter((trial) => trial.curve.length >= epoch);
    if (others.length < fewest) return true;
    const averages = others.map((trial) => averageUntil(trial.curve, epoch, better)).sort((a, b) => a - b);
    const middle = (averages.length - 1) / 2;
    const median = ((averages[Math.floor(middle)] ?? 0) + (averages[Math.ceil(middle)] ?? 0)) / 2;
    return !(bestUntil(curve, epoch, better) > median);
  },
};

/** As a loss, to be low; what is no number is worse than everything. */
function averageUntil(curve: readonly number[], epoch: number, better: 'higher' | 'lower'): number {
  const sum = curve.slice(0, epoch).reduce((total, value) => total + value, 0);
  if (!Number.isFinite(sum)) return Infinity;
  return (better === 'higher' ? -sum : sum) / epoch;
}
