/**
 * Runs that wait for each other: each is trained when the one before has ended, however it ended. What waits as the app ends
 * is `interrupted` at its next start, as any run, and can be resumed.
 */
import { getRun, isRunDeleted, queueRun, setRunState } from '../storage/runs';
import type { ServiceContext } from './context';
import { startTraining } from './runs';

export class RunQueue {
  readonly #context: ServiceContext;
  /** Ids, the next one first. */
  #waiting: string[] = [];
  /** The job that the first one waits for. */
  #jobId: string | null = null;

  constructor(context: ServiceContext) {
    this.#context = context;
    context.supervisor.onChange((job) => {
      if (job.endedAt === null || job.id !== this.#jobId) return;
      this.#jobId = null;
      // At once, while the library is surely open: where the app ends, the supervisor starts nothing new.
      this.#next();
    });
  }

  /** @param ids of queued runs; they come after those that wait already. */
  add(ids: readonly string[]): void {
    this.#waiting.push(...ids);
    if (this.#jobId === null) this.#next();
  }

  /** Those that wait no longer are left as they are. */
  drop(ids: readonly string[]): void {
    const { library, notify } = this.#context;
    const dropped = this.#waiting.filter((id) => ids.includes(id));
    this.#waiting = this.#waiting.filter((id) => !ids.includes(id));
    for (const id of dropped) setRunState(library.db, id, 'stopped');
    if (dropped.length > 0) notify('runs-changed');
  }

  #next(): void {
    const { db } = this.#context.library;
    for (let id = this.#waiting.shift(); id !== undefined; id = this.#waiting.shift()) {
      const { state, jobId } = getRun(db, id);
      // Another window of the library may have taken it for a leftover; one that was started by hand is no longer ours.
      if (jobId !== null || isRunDeleted(db, id) || (state !== 'queued' && state !== 'interrupted')) continue;
      try {
        queueRun(db, id);
        this.#jobId = startTraining(this.#context, id).jobId;
        return;
      } catch {
        // `startTraining` has marked it as interrupted. As the app ends nothing starts, so that this is the end of all that wait.
      }
    }
  }
}
