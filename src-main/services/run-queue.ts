/**
 * Trains the runs that wait, in the order of the library's queue, as many at once as the machine holds or the person chose. All
 * processes with the library open share the queue: one of them takes a run out of it and starts it in one transaction, in which
 * the trainings of all are counted. What waits as the app ends waits at its next start, until a person lets it go on.
 */
import { availableMemory } from 'node:process';
import { defaultPreferences, type QueueMove, type RunPriority, type RunQueueView } from '../contract';
import { preferencesSchema } from '../contract/domains/app';
import { readPreflight } from '../data/preflight-file';
import { isPassingStorageError, transaction } from '../storage/database';
import { getPreference } from '../storage/preferences';
import { countTraining, dequeueRun, enqueueRuns, lastMemory, listWaiting, moveWaiting } from '../storage/run-queue';
import { getRun, setRunState } from '../storage/runs';
import type { ServiceContext } from './context';
import { findDevice } from './device';
import { automaticParallelRuns } from './parallel-runs';
import { startTraining } from './runs';

/** How often is looked for what other processes did to the queue. */
const lookMs = 2000;
/** Bytes that a run of which nothing is known is taken to need. */
const usualMemory = 1.5e9;

export class RunQueue {
  readonly #context: ServiceContext;
  #held: boolean;
  /** Those that are trained here also while the queue is held. */
  readonly #own = new Set<string>();
  #starting: Promise<void> = Promise.resolve();
  #seen = '';
  /** The last run that could not be started, and why. */
  #refused: { readonly id: string; readonly error: unknown } | null = null;

  constructor(context: ServiceContext) {
    this.#context = context;
    const { library, supervisor } = context;
    this.#held = context.leavesQueue === true || listWaiting(library.db).length > 0;
    supervisor.onChange((job) => {
      if (job.endedAt !== null && job.kind === 'train') void this.#startWhatFits();
    });
    const looking = setInterval(() => (library.db.open ? this.#look() : clearInterval(looking)), lookMs).unref();
  }

  /** @returns when those of them are started for which there is room. */
  async add(ids: readonly string[], priority: RunPriority = 'normal'): Promise<void> {
    const { library, leavesQueue } = this.#context;
    // What was held is gone: what comes now need not wait for a person.
    if (listWaiting(library.db).length === 0) this.#held = leavesQueue === true;
    enqueueRuns(library.db, ids, priority);
    this.#told();
    await this.#startWhatFits();
  }

  /** As `add`, also where the queue is held: what is under way here needs them. */
  async addOwn(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#own.add(id);
    await this.add(ids);
  }

  /**
   * A run that a person starts: where the queue is held it passes those that wait, else it waits behind them.
   * @throws CodedError why it could not be started
   */
  async enter(id: string): Promise<void> {
    await this.add([id]);
    const { db } = this.#context.library;
    if (this.#held && listWaiting(db).some(({ runId }) => runId === id)) this.#take(id, await this.#limit(id));
    if (this.#refused?.id === id) throw this.#refused.error;
  }

  /** Those that wait no longer are left as they are. */
  drop(ids: readonly string[]): void {
    const { db } = this.#context.library;
    transaction(db, () => {
      for (const id of ids) if (dequeueRun(db, id)) setRunState(db, id, 'stopped');
    });
    this.#told();
  }

  move(id: string, to: QueueMove): void {
    moveWaiting(this.#context.library.db, id, to);
    this.#told();
  }

  /** However many are trained already. */
  startNow(id: string): void {
    this.#take(id, Infinity);
  }

  /** While it is held nothing is called up. */
  hold(held: boolean): void {
    this.#held = held;
    this.#told();
    void this.#startWhatFits();
  }

  async view(): Promise<RunQueueView> {
    const waiting = listWaiting(this.#context.library.db);
    const atOnce = await this.#limit(waiting[0]?.runId ?? null);
    return { waiting, training: this.#training(), atOnce, held: this.#held && waiting.length > 0 };
  }

  /**
   * Starts the next one that waits, also where the queue is held.
   * @returns its id; null where none waits or no more may be trained now
   */
  async startNext(): Promise<string | null> {
    return this.#startFirst(listWaiting(this.#context.library.db));
  }

  async #startFirst([next]: readonly { readonly runId: string }[]): Promise<string | null> {
    if (!next) return null;
    return this.#take(next.runId, await this.#limit(next.runId)) ? next.runId : null;
  }

  /** @returns as `startNext`, of those that may be called up. */
  #callUp(): Promise<string | null> {
    const waiting = listWaiting(this.#context.library.db);
    return this.#startFirst(this.#held ? waiting.filter(({ runId }) => this.#own.has(runId)) : waiting);
  }

  /** One after another: each looks at what the one before has started. */
  #startWhatFits(): Promise<void> {
    this.#starting = this.#starting.then(async () => {
      const { supervisor, library } = this.#context;
      try {
        while (!supervisor.isClosed() && library.db.open && (await this.#callUp()) !== null);
      } catch (error) {
        // Another process held the library too long, or the disk is full: what waits is looked at again soon.
        if (!isPassingStorageError(error)) throw error;
      }
    });
    return this.#starting;
  }

  /** @returns whether it was started, or could not be and is `interrupted`. */
  #take(id: string, limit: number): boolean {
    const { library, supervisor } = this.#context;
    // As the app ends nothing starts: what waits stays where it is.
    if (supervisor.isClosed() || !library.db.open) return false;
    return transaction(library.db, () => {
      if (this.#training() >= limit || !dequeueRun(library.db, id)) return false;
      try {
        startTraining(this.#context, id);
      } catch (error) {
        // `startTraining` has marked it as interrupted; the next one has its turn.
        this.#refused = { id, error };
      }
      return true;
    });
  }

  #training(): number {
    const { library } = this.#context;
    return countTraining(library.db, library.owners());
  }

  /** @param runId the next one, whose memory counts */
  async #limit(runId: string | null): Promise<number> {
    const { db } = this.#context.library;
    const { parallelRuns } = preferencesSchema.shape;
    const chosen = getPreference(db, 'parallelRuns', parallelRuns, defaultPreferences.parallelRuns);
    if (chosen !== 'automatic') return chosen;
    const { backend, cores } = findDevice(db);
    const needed = runId === null ? usualMemory : await this.#memoryOf(runId);
    return automaticParallelRuns({
      ...{ backend, cores, needed, freeMemory: availableMemory() },
      training: db.open ? this.#training() : 0,
    });
  }

  async #memoryOf(runId: string): Promise<number> {
    const { library } = this.#context;
    const run = getRun(library.db, runId);
    const expected = (await readPreflight(library, run))?.estimate.memory?.high;
    return expected ?? (library.db.open ? lastMemory(library.db, run.projectId) : null) ?? usualMemory;
  }

  /** What another process added, took or ended is seen here only. */
  #look(): void {
    const waiting = listWaiting(this.#context.library.db);
    const seen = JSON.stringify([waiting.map(({ runId }) => runId), waiting.length > 0 ? this.#training() : 0]);
    if (seen !== this.#seen) this.#told();
    this.#seen = seen;
    if (waiting.length > 0) void this.#startWhatFits();
  }

  #told(): void {
    this.#context.notify('runs-changed');
  }
}
