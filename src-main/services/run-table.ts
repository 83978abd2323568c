/** What the table of runs is made of, in parts that main reads without making anything else wait. */
import { setImmediate } from 'node:timers/promises';
import { isHigherBetter, runValues } from '../catalog';
import type { RunChanges, RunSummary } from '../contract';
import type { Database } from '../storage/database';
import { purgeRun } from '../storage/run-bytes';
import { changedRuns, type StoredSummary } from '../storage/run-summaries';

/** Runs in one part: reading them takes main a few milliseconds. */
const partSize = 100;

export function runChanges(db: Database, since: number): RunChanges {
  const rows = changedRuns(db, since, partSize);
  const setups = new Map<string, { readonly at: number; readonly values: RunSummary['values'] }>();
  const runs = rows.map(({ summary, extremes, setupKey, setup }) => {
    const known = setups.get(setupKey) ?? { at: setups.size, values: runValues(setup) };
    setups.set(setupKey, known);
    return { ...summary, bests: bestsOf(extremes), setup: known.at };
  });
  return {
    runs,
    setups: [...setups.values()].map(({ values }) => values),
    revision: rows.at(-1)?.revision ?? since,
    more: rows.length === partSize,
  };
}

function bestsOf(extremes: StoredSummary['extremes']): RunSummary['bests'] {
  return Object.fromEntries(
    Object.entries(extremes).map(([name, [low, lowEpoch, high, highEpoch]]) => [
      name,
      isHigherBetter(name) ? [high, highEpoch] : [low, lowEpoch],
    ]),
  );
}

/** Takes deleted runs out for good; each at once, and others get their turn in between. */
export async function purgeRuns(db: Database, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    purgeRun(db, id);
    await setImmediate();
  }
}
