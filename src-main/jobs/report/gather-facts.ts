/** All that a report may say of its runs, read from the library. */
import { diagnosesFor, runValues } from '../../catalog';
import type { ReportedRun, ReportFacts } from '../../catalog/report';
import { CodedError, mostTestedTogether, type ProbeOverview } from '../../contract';
import { preparationSchema } from '../../data/prepared';
import type { Database } from '../../storage/database';
import { getVersion } from '../../storage/datasets';
import { getEvaluation } from '../../storage/evaluations';
import { findModelRecipe } from '../../storage/models';
import { probeOverview, probeReading } from '../../storage/probes';
import { runHistory } from '../../storage/runs';
import { tagsOf } from '../../storage/run-summaries';
import { compareTests } from '../comparing/compare-tests';
import { openComparedRuns } from '../comparing/compared-runs';
import { preparedInput } from './prepared-input';

/** Equal while nothing of the runs has changed. @throws CodedError `not-found` */
export function stampOf(db: Database, runIds: readonly string[]): string {
  const revision = db.prepare<[string], number>('SELECT revision FROM runs WHERE id = ?').pluck();
  const revisions = runIds.map((id) => {
    const found = revision.get(id);
    if (found === undefined) throw new CodedError('not-found', { what: 'run', id });
    return [id, found];
  });
  return JSON.stringify(revisions);
}

/** @param app its version */
export function gatherFacts(db: Database, runIds: readonly string[], app: string): ReportFacts {
  const tested = runIds.slice(0, mostTestedTogether);
  return {
    runs: runIds.map((id) => reportedRun(db, id)),
    comparison: tested.length > 1 ? compareTests(openComparedRuns(db, tested), null) : null,
    ...{ made: Date.now(), app },
  };
}

function reportedRun(db: Database, id: string): ReportedRun {
  const { run, epochs } = runHistory(db, id);
  const readings = allReadings(db, id);
  const epoch = readings.tracks.at(-1)?.epoch;
  const newest = epoch === undefined ? null : probeReading(db, id, epoch);
  const recipe = findModelRecipe(db, id);
  const preparation = recipe === null ? null : preparationSchema.parse(recipe);
  return {
    ...{
      run,
      epochs,
      tags: tagsOf(db, id),
      evaluation: getEvaluation(db, id),
      version: versionOf(db, run.data.versionId),
    },
    diagnoses: diagnosesFor({ run, epochs, readings, newest }),
    values: runValues({ ...run, engine: run.engine?.kind ?? null }),
    prepared: preparation && { inputShape: preparation.inputShape, inputs: preparation.inputs.map(preparedInput) },
  };
}

function allReadings(db: Database, id: string): ProbeOverview {
  let all = probeOverview(db, id, 0);
  while (all.more) {
    const { tracks, said, more } = probeOverview(db, id, all.tracks.at(-1)?.epoch ?? 0);
    all = { ...all, tracks: [...all.tracks, ...tracks], said: Float32Array.from([...all.said, ...said]), more };
  }
  return all;
}

/** Null where it was deleted since. */
function versionOf(db: Database, id: string): ReportedRun['version'] {
  try {
    return getVersion(db, id);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'not-found') return null;
    throw error;
  }
}
