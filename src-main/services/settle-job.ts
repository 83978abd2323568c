/** The end of what a job worked on, where the job itself could not write it: nothing must look as if it still went on. */
import { isOutsideCause, type Job, type JobState, type RunState, type WireError } from '../contract';
import { transaction, type Database } from '../storage/database';
import { appendLastEvent, getRun, setRunState } from '../storage/runs';
import { settleSearch } from '../storage/searches';

/** Kinds of jobs that have something to settle. */
export function hasToSettle({ kind, subjectId }: Pick<Job, 'kind' | 'subjectId'>): boolean {
  return subjectId !== null && (kind === 'train' || kind === 'search');
}

export function settleJob(
  db: Database,
  { id, kind, subjectId }: Pick<Job, 'id' | 'kind' | 'subjectId'>,
  state: JobState,
  error: WireError | null,
): void {
  if (subjectId === null) return;
  if (kind === 'train') settleRun(db, subjectId, id, state, error);
  else if (kind === 'search') settleSearch(db, subjectId, { id, state, error });
}

/** Training writes its own run's end; where it could not, the run must not look as if it still trained. */
function settleRun(db: Database, runId: string, jobId: string, state: JobState, error: WireError | null): void {
  const run = getRun(db, runId);
  if (!['queued', 'running', 'paused'].includes(run.state)) return;
  // Where this comes late, the run may have been started again: then it is another job's.
  if (run.jobId !== null && run.jobId !== jobId) return;
  const outcome = endOfRun(state, error);
  transaction(db, () => {
    if (error && outcome !== 'stopped') appendLastEvent(db, runId, { time: Date.now(), level: 'error', ...error });
    setRunState(db, runId, outcome, outcome === 'stopped' ? null : error);
  });
}

/** What stopped a run from outside leaves it ready to go on; what its own choices led to is a failure. */
function endOfRun(state: JobState, error: WireError | null): RunState {
  if (state === 'interrupted') return 'interrupted';
  if (state === 'failed') return error && isOutsideCause(error.code) ? 'interrupted' : 'failed';
  return 'stopped';
}
