/** Training a setup again with other seeds: starting it, and finding the runs that belong together. */
import type { FieldValues, RunSummary } from '../../../../src-main/contract';
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
export function waitingOf(runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter(({ state, startedAt }) => state === 'queued' && startedAt === null);
}

/** Cheap to tell, for thousands of runs: those that could have the setup of one of these. */
export function maybeAlike(all: readonly RunSummary[], ids: ReadonlySet<string>): RunSummary[] {
  // Most runs share the object of their values with others.
  const marks = new Map<FieldValues, string>();
  const markOf = ({ values }: RunSummary) => {
    const mark = marks.get(values) ?? JSON.stringify({ ...values, seed: 0, backend: '', engine: '' });
    marks.set(values, mark);
    return mark;
  };
  const wanted = new Set(all.filter(({ id }) => ids.has(id)).map(markOf));
  return all.filter((run) => wanted.has(markOf(run)));
}
