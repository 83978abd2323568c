/** What a search found, held against the run that the person had: over seeds where both have several, else over test rows. */
import { isHigherBetter, runsAlike, spreadOf, welch } from '../catalog';
import type { Run, Search, SearchVerdict, TestComparison } from '../contract';
import type { Database } from '../storage/database';
import { getRun, listRuns } from '../storage/runs';

/**
 * Of the best trial's first run, and of several trials together. Nothing without an own run, or where one was not tested.
 * @param compare the first run is the one that the others are held against
 */
export async function verdictsOf(
  db: Database,
  { plan, runIds, outcome }: Search,
  compare: (runIds: string[]) => Promise<TestComparison>,
): Promise<SearchVerdict[]> {
  const { ownRunId } = plan;
  const [first] = runIds;
  const found = [first, outcome?.together?.runId].filter((id) => id !== undefined);
  const isThere = ownRunId !== null && db.prepare('SELECT 1 FROM runs WHERE id = ?').get(ownRunId) !== undefined;
  if (!isThere || found.length === 0) return [];
  const compared = await compare([ownRunId, ...found]);
  const { score } = compared;
  if (score === null || compared.reference !== ownRunId) return [];
  const seeds = overSeeds(db, ownRunId, runIds, score);
  return found.flatMap((runId) => {
    if (seeds && runId === first) return [seeds];
    return overRows(compared, runId, score) ?? [];
  });
}

function overRows(
  { runs, pairs, rows, reference }: TestComparison,
  runId: string,
  score: string,
): SearchVerdict | null {
  const pair = pairs.find((one) => one.runId === runId);
  const valueOf = (id: string | null) => runs.find((run) => run.runId === id)?.value ?? NaN;
  if (!pair || reference === null) return null;
  const { difference, low, high, adjusted, verdict } = pair;
  return {
    ...{ runId, ownRunId: reference, method: 'rows', score, count: rows },
    ...{ found: valueOf(runId), own: valueOf(reference), difference, low, high, p: adjusted, verdict },
  };
}

/** Null where one of both was not tested with several seeds, or no seed made a difference. */
function overSeeds(db: Database, ownRunId: string, runIds: readonly string[], score: string): SearchVerdict | null {
  const [runId] = runIds;
  const own = getRun(db, ownRunId);
  const scoresOf = (runs: readonly Run[]) => runs.flatMap(({ test }) => test?.[score] ?? []);
  const theirs = scoresOf(runsAlike(own, listRuns(db, own.projectId)));
  const ours = scoresOf(runIds.map((id) => getRun(db, id)));
  const difference = welch(theirs, ours);
  if (runId === undefined || !difference) return null;
  const { value, low, high, p } = difference;
  const isTie = low <= 0 && high >= 0;
  return {
    ...{ runId, ownRunId, method: 'seeds', score, count: theirs.length + ours.length },
    ...{ found: spreadOf(ours).mean, own: spreadOf(theirs).mean, difference: value, low, high, p },
    verdict: isTie ? 'tie' : value > 0 === isHigherBetter(score) ? 'better' : 'worse',
  };
}
