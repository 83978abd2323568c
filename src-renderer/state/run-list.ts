/** Lists of runs as they change, without the window. */
import type { RunSummary } from '../../src-main/contract';

/** Changed runs in their places; new ones where their time puts them, the newest first. Of a run that changed twice the last counts. */
export function merged(all: readonly RunSummary[], changes: readonly RunSummary[]): readonly RunSummary[] {
  const changed = new Map(changes.map((run) => [run.id, run]));
  const next = all.map((run) => {
    const now = changed.get(run.id);
    changed.delete(run.id);
    return now ?? run;
  });
  if (changed.size === 0) return next;
  return [...next, ...changed.values()].sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
}

/** Those of `ids` that are runs in the list, in their order; the same array where all are. */
export function knownIds(ids: readonly string[], runs: readonly { readonly id: string }[]): readonly string[] {
  const known = new Set(runs.map(({ id }) => id));
  return ids.every((id) => known.has(id)) ? ids : ids.filter((id) => known.has(id));
}

export function withIds(ids: readonly string[], added: readonly string[]): readonly string[] {
  return [...new Set([...ids, ...added])];
}

export function withoutIds(ids: readonly string[], gone: readonly string[]): readonly string[] {
  const set = new Set(gone);
  return ids.filter((id) => !set.has(id));
}

export function hasAll(ids: readonly string[], wanted: readonly string[]): boolean {
  const set = new Set(ids);
  return wanted.every((id) => set.has(id));
}
