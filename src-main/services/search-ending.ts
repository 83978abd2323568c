/**
 * What follows a search's last trial: the best is trained anew as runs of their own, on all training rows with each of the seeds,
 * and held against the run that the person had. Until then the search goes on.
 */
import { furtherSeeds } from '../catalog';
import { toWireError, type Run, type Search, type TestComparison } from '../contract';
import { transaction } from '../storage/database';
import { newId } from '../storage/ids';
import { getJob } from '../storage/jobs';
import { freeRunName } from '../storage/names';
import { appendLastEvent, createRun, getRun } from '../storage/runs';
import { getTrial } from '../storage/search-trials';
import { findSearch, getSearch, searchOfBest, setSearchState, updateSearch } from '../storage/searches';
import { getVersion } from '../storage/datasets';
import type { ServiceContext } from './context';
import { verdictsOf } from './search-verdicts';
import { configurationOf } from './trial-configuration';

export interface EndingTools {
  /** Trains queued runs in their turn. */
  train(ids: readonly string[]): void;
  /** Those that wait are stopped; of others nothing is changed. */
  drop(ids: readonly string[]): void;
  compare(runIds: string[]): Promise<TestComparison>;
}

export class SearchEnding {
  readonly #context: ServiceContext;
  readonly #tools: EndingTools;
  /** Searches whose making anew the person stopped. */
  readonly #stopped = new Set<string>();

  constructor(context: ServiceContext, tools: EndingTools) {
    this.#context = context;
    this.#tools = tools;
    const { supervisor, library } = context;
    supervisor.onChange((job) => {
      if (job.endedAt === null || job.subjectId === null) return;
      // One that has ended may have been removed before its process is gone.
      if (job.kind === 'search') this.#begin(findSearch(library.db, job.subjectId));
      if (job.kind === 'train') this.#look(searchOfBest(library.db, job.subjectId));
    });
  }

  /**
   * Of a search whose trials have ended and whose best is being made anew. While it is paused none of its runs waits in the queue,
   * which would call it up.
   * @throws CodedError `job-unknown`
   */
  command(id: string, command: 'pause' | 'continue' | 'stop'): void {
    const { library, supervisor, notify } = this.#context;
    if (command === 'stop') this.#stopped.add(id);
    setSearchState(library.db, id, command === 'pause' ? 'paused' : 'running');
    notify('searches-changed');
    const runs = this.#runsOf(getSearch(library.db, id));
    if (command !== 'continue') this.#tools.drop(runs.map((run) => run.id));
    for (const { jobId } of runs.filter(({ state }) => state === 'running' || state === 'paused')) {
      if (jobId !== null) supervisor.command(jobId, command === 'continue' ? 'resume' : command);
    }
    if (command === 'continue') this.#train(runs.filter(isCutShort));
    else this.#look(getSearch(library.db, id));
  }

  /** The trials have ended. */
  #begin(search: Search | null): void {
    // Any other end is the last.
    if (search?.state !== 'running' || search.outcome === null || this.#context.supervisor.isClosed()) return;
    const lacking = createBestRuns(this.#context, search);
    if (lacking.length > 0) this.#context.notify('runs-changed');
    this.#train(lacking);
    if (lacking.length === 0) this.#look(search);
  }

  #train(runs: readonly Run[]): void {
    if (runs.length > 0) this.#tools.train(runs.map((run) => run.id));
  }

  /** Ends the search where none of its runs goes on. What ends because the app does is seen at the next start. */
  #look(search: Search | null): void {
    if (search?.state !== 'running' || search.outcome === null || this.#context.supervisor.isClosed()) return;
    const runs = this.#runsOf(search);
    if (runs.some(isOpen)) return;
    const interrupted = runs.find(({ state }) => state === 'interrupted');
    if (interrupted && !this.#stopped.has(search.id)) this.#interrupt(search, interrupted);
    else void this.#conclude(search);
  }

  /** A run was ended from outside: the search goes on with it when the person says so. */
  #interrupt({ id }: Search, { error }: Run): void {
    setSearchState(this.#context.library.db, id, 'interrupted', error);
    this.#context.notify('searches-changed');
  }

  async #conclude(search: Search): Promise<void> {
    const { library, notify } = this.#context;
    const { id, outcome, jobId } = search;
    const end = this.#stopped.delete(id) ? 'stopped' : 'finished';
    let failure: unknown = null;
    const verdicts = await verdictsOf(library.db, search, (ids) => this.#tools.compare(ids)).catch((error: unknown) => {
      failure = error;
      return [];
    });
    // As the app ends the library is closed; the next start finds the search interrupted.
    if (!library.db.open || outcome === null) return;
    const since = jobId === null ? null : getJob(library.db, jobId).endedAt;
    const seconds = search.seconds + (since === null ? 0 : (Date.now() - since) / 1000);
    transaction(library.db, () => {
      updateSearch(library.db, id, { outcome: { ...outcome, verdicts }, seconds });
      setSearchState(library.db, id, end, failure === null ? null : toWireError(failure));
    });
    notify('searches-changed');
  }

  #runsOf({ runIds }: Search): Run[] {
    return runIds.map((id) => getRun(this.#context.library.db, id));
  }
}

function isOpen({ state }: Run): boolean {
  return state === 'queued' || state === 'running' || state === 'paused';
}

/** It came to no end of its own, and goes on from its checkpoint. */
function isCutShort({ state }: Run): boolean {
  return state === 'interrupted' || state === 'stopped';
}

/**
 * The runs of the best trial that are lacking: the plan's seed first. What was made of the same trial before counts, but where it
 * came to no end it is trained on.
 */
function createBestRuns({ library: { db } }: ServiceContext, search: Search): Run[] {
  const { id, name, projectId, plan, best } = search;
  if (best === null) return [];
  const made = search.runIds.map((runId) => getRun(db, runId));
  const { seed } = plan.settings;
  const seeds = [seed, ...furtherSeeds([seed], Math.max(0, plan.finish.seeds - 1))].slice(0, plan.finish.seeds);
  const { data, network, settings } = configurationOf(plan, getTrial(db, id, best));
  const { datasetName } = getVersion(db, data.versionId);
  const lacking = seeds.filter((one) => !made.some((run) => run.settings.seed === one));
  const created = transaction(db, () =>
    lacking.map((one) => {
      const suffix = one === seed ? '' : `-seed-${one}`;
      const run = createRun(db, {
        ...{ id: newId(), projectId, datasetName, data, network, settings: { ...settings, seed: one } },
        name: freeRunName(db, `${name}-${best}${suffix}`),
        search: { id, trial: best },
      });
      const parameters = { search: name, trial: best };
      appendLastEvent(db, run.id, { time: Date.now(), level: 'info', code: 'from-search', parameters });
      return run;
    }),
  );
  return [...made.filter(isCutShort), ...created];
}
