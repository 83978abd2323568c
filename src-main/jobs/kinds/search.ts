/**
 * A search: trials one after another in this process, each with values that the sampler chose by all before it, each kept as
 * it goes, until the budget is spent, nothing is left to try or the person stops. TensorFlow is loaded once, data opened once
 * for each way to prepare it. Test rows are for what was chosen at the end; no trial sees them.
 */
import { looksCodesUp, paretoFront, parseFields, samplers, betterOf, keepsLimits } from '../../catalog';
import {
  CodedError,
  isOutsideCause,
  searchInputSchema,
  toWireError,
  type FieldValues,
  type Search,
  type SearchEnd,
} from '../../contract';
import { hasConvolution } from '../../engine/build';
import { KeptGraphs } from '../../engine/compile/kept-graphs';
import { FitControl } from '../../engine/fit-control';
import { loadTensorFlow } from '../../engine/tf';
import { isPassingStorageError } from '../../storage/database';
import { getJob } from '../../storage/jobs';
import type { TriedBy } from '../../storage/search-trials';
import { getSearch, updateOwnSearch } from '../../storage/searches';
import { defineJob, type JobContext } from '../definition';
import { answerTogether } from '../searching/answer-together';
import { SearchPace } from '../searching/search-pace';
import { SearchBudget } from '../searching/search-budget';
import { SearchData } from '../searching/search-data';
import { SearchRecord } from '../searching/search-record';
import type { SearchSession } from '../searching/search-session';
import { trainTrial } from '../searching/train-trial';

/** How often is looked whether the time is up, in milliseconds; between two batches it is seen. */
const LOOK_MS = 50;
/** So many failures with nothing that came through are no bad luck. */
const FAILURES = 10;
/** A graph has the data in it, on the device. */
const KEPT_GRAPHS = { graphs: 4, bytes: 512 * 2 ** 20 };

export const searchJob = defineJob({
  kind: 'search',
  input: searchInputSchema,
  async run({ searchId }, context) {
    const { db } = context.library;
    const search = getSearch(db, searchId);
    try {
      // The person has waited since the job was made; its process had to start.
      const starting = Math.max(0, Date.now() - getJob(db, context.jobId).createdAt) / 1000;
      const ended = await new SearchRun(search, context, starting).run();
      return { searchId, ended };
    } catch (error) {
      fail(error, searchId, context);
      throw error;
    }
  },
});

class SearchRun {
  readonly #search: Search;
  readonly #context: JobContext;
  readonly #control: FitControl;
  readonly #budget: SearchBudget;
  readonly #record: SearchRecord;
  readonly #data: SearchData;
  readonly #pace: SearchPace;
  readonly #by: TriedBy;
  readonly #graphs = new KeptGraphs(KEPT_GRAPHS);
  /** Why it was stopped in the middle of a trial. */
  #stopped: SearchEnd | null = null;

  constructor(search: Search, context: JobContext, starting: number) {
    this.#search = search;
    this.#context = context;
    this.#by = { searchId: search.id, jobId: context.jobId };
    this.#control = new FitControl(context.signal, (paused) => this.#pause(paused));
    context.onCommand((command) => {
      if (command === 'stop') this.#stopped ??= 'stopped';
      this.#control[command]();
    });
    this.#budget = new SearchBudget(search.plan, this.#control, search.seconds + starting);
    this.#record = new SearchRecord(context.library, search, context.jobId, this.#budget);
    this.#data = new SearchData(context, looksCodesUp(search.plan.network));
    this.#pace = new SearchPace(search.plan, this.#record, starting);
  }

  async run(): Promise<SearchEnd> {
    const looking = setInterval(() => this.#look(), LOOK_MS);
    try {
      const session = await this.#open();
      const ended = await this.#try(session);
      await this.#finish(session, ended);
      return ended;
    } finally {
      clearInterval(looking);
      this.#graphs.dispose();
      await this.#data.close();
    }
  }

  async #open(): Promise<SearchSession> {
    const { plan } = this.#search;
    const began = this.#budget.seconds();
    this.#context.progress({ stage: 'prepare', done: 0, total: null, unit: 'rows' });
    const loaded = await loadTensorFlow({ convolution: hasConvolution(plan.network) });
    this.#context.signal.throwIfAborted();
    const { opened } = await this.#data.take(plan.data);
    if (opened.parts.validation.length === 0) throw new CodedError('search-without-validation');
    this.#pace.opened(this.#budget.seconds() - began);
    return {
      ...{ context: this.#context, plan, record: this.#record, control: this.#control, budget: this.#budget },
      ...{
        pace: this.#pace,
        data: this.#data,
        loaded,
        graphs: this.#graphs,
        latencies: new Map(),
        look: () => this.#look(),
      },
    };
  }

  /** Trials until there is a reason to end. */
  async #try(session: SearchSession): Promise<SearchEnd> {
    for (;;) {
      if ((await this.#control.between()) === 'stop') return this.#stopped ?? 'stopped';
      const again = this.#record.takeInterrupted();
      const end = this.#budget.endBefore(this.#record.trials.length, this.#pace.now());
      if (end) return end;
      const number = this.#record.trials.length + 1;
      const values = again?.values ?? this.#next(number);
      if (!values) return 'exhausted';
      await trainTrial(session, this.#record.begin(number, values));
      this.#requireSuccess();
    }
  }

  #next(number: number): FieldValues | null {
    const { plan } = this.#search;
    const { parameters, second, seed, settings } = plan;
    const sampler = samplers.get(plan.sampler.type);
    return sampler.next({
      ...{ parameters, number, seed, second, better: betterOf(plan), epochs: settings.epochs },
      trials: this.#record.trials,
      fits: (trial) => keepsLimits(plan, trial),
      fields: parseFields(sampler.fields, plan.sampler.fields, sampler.label.en),
    });
  }

  /** How far it is, and whether the minutes are over. */
  #look(): void {
    const begun = this.#record.trials.filter(({ state }) => state !== 'running').length;
    const { ending } = this.#pace.now();
    if (this.#stopped === null && this.#budget.left(ending) <= 0) {
      this.#stopped = 'minutes';
      this.#control.stop();
    }
    if (this.#pace.isOpen) this.#context.progress({ stage: 'search', ...this.#budget.progress(begun, ending) });
  }

  #requireSuccess(): void {
    const last = this.#record.trials.slice(-FAILURES);
    if (last.length < FAILURES || last.some(({ state }) => state !== 'failed')) return;
    throw new CodedError('search-trials-fail', { count: FAILURES });
  }

  /** What it came to. The best is made anew by the host, which leaves the search `running` until then. */
  async #finish(session: SearchSession, ended: SearchEnd): Promise<void> {
    const { db } = this.#context.library;
    const { plan } = this.#search;
    const isStopped = ended === 'stopped';
    const together = isStopped || plan.finish.together < 2 ? null : await answerTogether(session, this.#search);
    const front = plan.second === null ? [] : paretoFront(plan, this.#record.trials).map(({ number }) => number);
    const best = this.#record.best?.number ?? null;
    const outcome = { ended, front, together, verdicts: [] };
    const isMadeAnew = !isStopped && best !== null && plan.finish.seeds > 0;
    const goesOn = isMadeAnew || (together !== null && plan.ownRunId !== null);
    const end = goesOn ? {} : { state: isStopped ? ('stopped' as const) : ('finished' as const) };
    updateOwnSearch(db, this.#by, { best, seconds: this.#budget.seconds(), outcome, ...end });
  }

  #pause(paused: boolean): void {
    updateOwnSearch(this.#context.library.db, this.#by, { state: paused ? 'paused' : 'running' });
    this.#context.state(paused ? 'paused' : 'running');
  }
}

/** Stores why it ended. A cancel is the person's stop. */
function fail(error: unknown, searchId: string, { library: { db }, signal, jobId }: JobContext): void {
  const wire = toWireError(error);
  try {
    const by = { searchId, jobId };
    if (signal.aborted) updateOwnSearch(db, by, { state: 'stopped' });
    else updateOwnSearch(db, by, { state: isOutsideCause(wire.code) ? 'interrupted' : 'failed', error: wire });
  } catch (refused) {
    // A full disk refuses this too: the supervisor hears the cause and writes the end when there is room.
    if (!isPassingStorageError(refused)) throw refused;
  }
}
