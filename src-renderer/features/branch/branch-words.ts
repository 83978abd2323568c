/** What a run began with, in words. */
import type { RunSummary } from '../../../src-main/contract';
import { formatNumber, m } from '../../i18n';

/** After which epoch of the run before it, and with how much of what that had learnt. */
export function wayWords({ parent }: Pick<RunSummary, 'parent'>): string {
  if (!parent) return m.branch_root();
  const epoch = formatNumber(parent.epoch);
  return parent.withOptimizer ? m.branch_after_epoch({ epoch }) : m.branch_after_epoch_weights({ epoch });
}

/** As `wayWords`, with the name of the run before it. */
export function originWords(run: Pick<RunSummary, 'parent'>): string {
  return run.parent ? m.branch_origin({ name: run.parent.name, way: wayWords(run) }) : wayWords(run);
}
