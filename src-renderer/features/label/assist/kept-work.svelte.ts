/** A job that leaves something beside a column's version: started, followed, cancelled, and read again when it has ended. */
import { CodedError, type Job } from '../../../../src-main/contract';
import { m } from '../../../i18n';
import { activity } from '../../../state/activity.svelte';
import { toasts } from '../../../state/toasts.svelte';

export interface Work<Left> {
  /** @returns the job's id */
  start(): Promise<{ jobId: string }>;
  /** Resolves at its end. */
  end(jobId: string): Promise<unknown>;
  read(): Promise<Left | null>;
}

export class KeptWork<Left> {
  #left = $state.raw<Left | null>(null);
  #isRead = $state(false);
  #jobId = $state<string | null>(null);
  #error = $state.raw<unknown>(null);
  #round = 0;

  /** What the last job left; null where there is nothing, or it is not known yet. */
  get left(): Left | null {
    return this.#left;
  }
  get isRead(): boolean {
    return this.#isRead;
  }
  get error(): unknown {
    return this.#error;
  }
  get isRunning(): boolean {
    return this.#jobId !== null;
  }
  get job(): Job | null {
    return this.#jobId === null ? null : activity.job(this.#jobId);
  }

  /** Another column: nothing is known of it. */
  async open(read: Work<Left>['read']): Promise<void> {
    this.#round += 1;
    [this.#left, this.#isRead, this.#jobId, this.#error] = [null, false, null, null];
    await this.#take(this.#round, read);
  }

  /** @returns whether it came to its end */
  async run({ start, end, read }: Work<Left>): Promise<boolean> {
    if (this.#jobId !== null) return false;
    const round = this.#round;
    this.#error = null;
    try {
      const { jobId } = await start();
      this.#jobId = jobId;
      await activity.reload();
      await end(jobId);
      await this.#take(round, read);
      return true;
    } catch (error) {
      if (error instanceof CodedError && error.code === 'job-cancelled') toasts.show(m.assist_cancelled());
      else if (round === this.#round) this.#error = error;
      return false;
    } finally {
      if (round === this.#round) this.#jobId = null;
    }
  }

  async cancel(): Promise<void> {
    if (this.#jobId !== null) await activity.command(this.#jobId, 'cancel');
  }

  async #take(round: number, read: Work<Left>['read']): Promise<void> {
    try {
      const left = await read();
      if (round === this.#round) this.#left = left;
    } catch (error) {
      if (round === this.#round) this.#error = error;
    } finally {
      if (round === this.#round) this.#isRead = true;
    }
  }
}
