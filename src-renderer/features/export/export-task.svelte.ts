/** One export at a time, whatever goes out of the app: whether its dialog is open, the job that writes, and how that ended. */
import { CodedError, type Job } from '../../../src-main/contract';
import { activity } from '../../state/activity.svelte';

/** Shows a job as the one that writes. */
type Follow = (jobId: string) => Promise<void>;

export class ExportTask<Result> {
  #isOpen = $state(false);
  #jobId = $state<string | null>(null);
  #isStarting = $state(false);
  #result = $state.raw<Result | null>(null);
  #error = $state.raw<unknown>(null);

  get isOpen(): boolean {
    return this.#isOpen;
  }
  get result(): Result | null {
    return this.#result;
  }
  get error(): unknown {
    return this.#error;
  }
  get isBusy(): boolean {
    return this.#isStarting || this.#jobId !== null;
  }
  readonly job: Job | null = $derived(this.#jobId === null ? null : activity.job(this.#jobId));

  open(): void {
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Forgets how the last one ended, as something else is asked for. */
  clear(): void {
    this.#result = null;
    this.#error = null;
  }

  fail(error: unknown): void {
    this.#error = error;
  }

  /** @param write asks where to, and writes; null where the person did not choose a place. */
  async run(write: (follow: Follow) => Promise<Result | null>): Promise<void> {
    this.clear();
    this.#isStarting = true;
    try {
      this.#result = await write(async (jobId) => {
        this.#jobId = jobId;
        await activity.reload();
      });
    } catch (error) {
      if (!(error instanceof CodedError && error.code === 'job-cancelled')) this.#error = error;
    } finally {
      this.#jobId = null;
      this.#isStarting = false;
    }
  }

  async cancel(): Promise<void> {
    if (this.#jobId !== null) await activity.command(this.#jobId, 'cancel');
  }
}
