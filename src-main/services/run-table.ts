/** What the table of runs is made of, in parts that main reads without making anything else wait. */
import { setImmediate } from 'node:timers/promises';
import { isHigherBetter, runValues } from '../catalog';
import type { RunChanges, RunSummary } from '../contract';
import type { Database } from '../storage/database';
import { purgeRun } from '../storage/run-bytes';
import { changedRuns, type StoredSummary } from '../storage/run-summaries';

/** Runs in one part: reading them takes main a few milliseconds. */
const partSize = 60;
const sparklinePoints = 40;

export function runChanges(db: Database, since: number): RunChanges {
  const rows = changedRuns(db, since, partSize);
  const setups = new Map<string, { readonly at: number; readonly values: RunSummary['values'] }>();
  const runs = rows.map(({ summary, extremes, setupKey, setup }) => {
    const known = setups.get(setupKey) ?? { at: setups.size, values: runValues(setup) };
    setups.set(setupKey, known);
    return { ...summary, sparkline: thinned(summary.sparkline), bests: bestsOf(extremes), setup: known.at };
  });
  return {
    runs,
    setups: [...setups.values()].map(({ values }) => values),
    revision: rows.at(-1)?.revision ?? since,
    more: rows.length === partSize,
  };
}

function bestsOf(extremes: StoredSummary['extremes']): RunSummary['bests'] {
  const bests: RunSummary['bests'] = {};
  for (const name in extremes) {
    // An epoch is never chosen by test rows.
    if (name.startsWith('test.')) continue;
    const [low, lowEpoch, high, highEpoch] = extremes[name] ?? [0, 0, 0, 0];
    bests[name] = isHigherBetter(name) ? [high, highEpoch] : [low, lowEpoch];
  }
  return bests;
}

/** The newest loss and others evenly before it: more than a line of a table can show is not sent. */
function thinned(losses: readonly number[]): number[] {
  const stride = Math.ceil(losses.length / sparklinePoints);
  return stride <= 1 ? [...losses] : losses.filter((_, at) => (losses.length - 1 - at) % stride === 0);
}

/** Takes deleted runs out for good; each at once, and others get their turn in between. */
export async function purgeRuns(db: Database, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    purgeRun(db, id);
    await setImmediate();
  }
}
