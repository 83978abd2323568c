/**
 * Asynchronous successive halving (Li et al. 2020, ASHA) in its stopping form, as of Optuna and Syne Tune: at rungs of ever more
 * epochs only the best share of all that came so far goes on.
 */
import { integer } from '../fields';
import type { PrunerDefinition } from '../pruner-definitions';
import { bestUntil } from '../pruning';

const fields = {
  minimum: integer({
    label: { en: 'First rung', zh: '首个检查点' },
    help: { en: 'After so many epochs a trial is compared for the first time.', zh: '经过这么多轮后第一次比较。' },
    default: 1,
    minimum: 1,
    maximum: 10_000,
  }),
  reduction: integer({
    label: { en: 'Reduction', zh: '淘汰系数' },
    help: {
      en: 'One in so many goes on at each rung, and the next rung is so many times as far.',
      zh: '每个检查点每这么多个中有一个继续，下一个检查点的轮数乘以该系数。',
    },
    default: 3,
    minimum: 2,
    maximum: 16,
  }),
};

export const definition: PrunerDefinition<typeof fields> = {
  id: 'asha',
  label: { en: 'Successive halving (ASHA)', zh: '逐级淘汰（ASHA）' },
  help: {
    en: 'Compares trials after few epochs and lets only the best go on, so that many more can be tried in the same time.',
    zh: '在少量轮数后比较各次尝试，只让最好的继续，从而在相同时间内尝试更多。',
  },
  fields,
  goesOn({ curve, trials, better, epochs, fields: { minimum, reduction } }) {
    const epoch = curve.length;
    if (epoch >= epochs || !isRung(epoch, minimum, reduction)) return true;
    const own = bestUntil(curve, epoch, better);
    const others = trials.filter((trial) => trial.curve.length >= epoch);
    const ahead = others.filter((trial) => bestUntil(trial.curve, epoch, better) < own).length;
    // With fewer than `reduction` of them nothing can be said yet.
    return ahead < Math.max(1, Math.floor((others.length + 1) / reduction)) || others.length + 1 < reduction;
  },
};

function isRung(epoch: number, minimum: number, reduction: number): boolean {
  let rung = minimum;
  while (rung < epoch) rung *= reduction;
  return rung === epoch;
}
