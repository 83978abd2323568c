/** Which runs began with what another had learnt: a tree from the first of them down. */
import type { RunSummary } from '../../../src-main/contract';

export interface Lineage {
  readonly id: string;
  readonly name: string;
  /** Null where the run is gone and only its branches know of it. */
  readonly run: RunSummary | null;
  /** The oldest first. */
  readonly branches: readonly Lineage[];
}

/** The whole tree that a run belongs to; null where it stands alone. */
export function lineageOf(id: string, runs: readonly RunSummary[]): Lineage | null {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const run = byId.get(id);
  if (!run) return null;
  let root = run;
  let gone = null as RunSummary['parent'];
  for (let { parent } = root; parent; { parent } = root) {
    const next = byId.get(parent.runId);
    if (!next) {
      gone = parent;
      break;
    }
    root = next;
  }
  const branches = branchesByParent(runs);
  const grow = (one: RunSummary): Lineage => {
    return { id: one.id, name: one.name, run: one, branches: (branches.get(one.id) ?? []).map(grow) };
  };
  if (gone) return { id: gone.runId, name: gone.name, run: null, branches: (branches.get(gone.runId) ?? []).map(grow) };
  return branches.has(root.id) ? grow(root) : null;
}

function branchesByParent(runs: readonly RunSummary[]): ReadonlyMap<string, RunSummary[]> {
  const found = new Map<string, RunSummary[]>();
  for (const run of runs.toSorted((a, b) => a.createdAt - b.createdAt)) {
    if (run.parent) found.set(run.parent.runId, [...(found.get(run.parent.runId) ?? []), run]);
  }
  return found;
}

/** The trees that some runs belong to, each once, in the order of the runs; none of those that stand alone. */
export function lineagesOf(ids: readonly string[], runs: readonly RunSummary[]): Lineage[] {
  const trees = ids.flatMap((id) => lineageOf(id, runs) ?? []);
  return trees.filter(({ id }, place) => trees.findIndex((one) => one.id === id) === place);
}
