/** Which run the window follows: the one a person chose, else the one that trains, else the project's latest. */
import { untrack } from 'svelte';
import { isWaiting, type Run } from '../../src-main/contract';
import { onNotice } from './notices';
import { runs } from './runs.svelte';
import { toasts } from './toasts.svelte';
import { isActive, training } from './training.svelte';
import { workspace } from './workspace.svelte';

/** The run of a project to begin with. */
function firstChoice(projectId: string): string | null {
  const own = runs.list?.filter((run) => run.projectId === projectId) ?? [];
  const trains = own.find((run) => isActive(run) && !isWaiting(run));
  return (
    (trains ?? own.find(isActive) ?? own.reduce((a, b) => (b.createdAt > (a?.createdAt ?? 0) ? b : a), own[0]))?.id ??
    null
  );
}

/** What to follow instead of what is followed; undefined where nothing is to change. */
function choose(projectId: string | null, followed: Run | null): string | null | undefined {
  if (projectId === null) return followed ? null : undefined;
  const { list } = runs;
  if (!list) return undefined;
  if (followed?.projectId === projectId && list.some((run) => run.id === followed.id)) return undefined;
  return firstChoice(projectId);
}

/**
 * Reads the runs of the open project and follows one of them from now on, whatever screen is shown.
 * @returns a function that ends it.
 */
export function followRuns(): () => void {
  const attempt = (work: Promise<void>) => void work.catch((error: unknown) => toasts.error(error));
  const stopNotices = onNotice('runs-changed', () => {
    attempt(runs.reload());
    attempt(training.refresh());
  });
  const stopEffects = $effect.root(() => {
    const projectId = $derived(workspace.project?.id ?? null);
    $effect(() => {
      const id = projectId;
      untrack(() => attempt(runs.show(id)));
    });
    $effect(() => {
      const wanted = choose(projectId, training.view?.run ?? null);
      if (wanted !== undefined) untrack(() => attempt(training.follow(wanted)));
    });
  });
  return () => {
    stopNotices();
    stopEffects();
  };
}
