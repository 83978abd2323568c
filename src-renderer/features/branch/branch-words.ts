/** What a run began with, in words. */
import type { RunSummary } from '../../../src-main/contract';
import { formatNumber, m } from '../../i18n';

/** After which epoch of the run before it, and with how much of what that had learnt. */
export function wayWords({ parent }: Pick<RunSummary, 'parent'>): string {
  if (!parent) return m.branch_root();
  const epoch = formatNumber(parent.epoch);
  return parent.withOptimizer ? m.branch_after_epoch({ epoch }) : m.branch_after_epoch_weights({ epoch });
}

/** In few words: the run before it, and after which epoch of that. */
export function originWords({ parent }: Pick<RunSummary, 'parent'>): string {
  return parent ? m.branch_origin({ name: parent.name, epoch: formatNumber(parent.epoch) }) : m.branch_root();
}
