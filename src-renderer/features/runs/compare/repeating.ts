/** Training a setup again with other seeds: starting it, and finding the runs that belong together. */
import { setupMark } from '../../../../src-main/catalog';
import type { Run } from '../../../../src-main/contract';
import { m } from '../../../i18n';
import { client } from '../../../ipc/client';
import { runs as savedRuns } from '../../../state/runs.svelte';
import { toasts } from '../../../state/toasts.svelte';

/** Runs of a setup where nobody says how many: enough for a spread, few enough to wait for. */
export const usualSeeds = 5;

/** Until `seeds` runs differ from this one by their seed alone. Says what was started, and what went wrong. */
export async function repeatRun(runId: string, seeds = usualSeeds): Promise<void> {
  try {
    const started = await client.comparisons.repeat({ runId, seeds });
    await savedRuns.reload();
    if (started.length === 0) toasts.show(m.compare_seeds_enough({ count: seeds }));
    else toasts.show(m.compare_seeds_started({ count: started.length }));
  } catch (error) {
    toasts.error(error);
  }
}

/** Runs that stand in the line and have not begun. */
export function waitingOf(runs: readonly Run[]): Run[] {
  return runs.filter(({ state, jobId }) => state === 'queued' && jobId === null);
}

/** Those that could have the setup of one of `shown`, before they are looked at closely. */
export function maybeAlike(all: readonly Run[], shown: readonly Run[]): Run[] {
  const marks = new Set(shown.map(setupMark));
  return all.filter((run) => marks.has(setupMark(run)));
}
