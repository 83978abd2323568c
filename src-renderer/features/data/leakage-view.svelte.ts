/** What crosses the parts of the split at hand; and the search for duplicates, where it has to be started first. */
import { CodedError, type DataSetup, type Job, type Leakage } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import { activity } from '../../state/activity.svelte';

export class LeakageView {
  #leakage = $state.raw<Leakage | null>(null);
  #known = $state(false);
  #error = $state.raw<unknown>(null);
  #jobId = $state<string | null>(null);
  #asked = 0;

  /** Null while it is not known. */
  get leakage(): Leakage | null {
    return this.#leakage;
  }
  /** Whether the last question was answered, if only by "not looked for yet". */
  get known(): boolean {
    return this.#known;
  }
  get error(): unknown {
    return this.#error;
  }
  /** The search that runs. */
  get job(): Job | null {
    return this.#jobId === null ? null : activity.job(this.#jobId);
  }
  get searching(): boolean {
    return this.#jobId !== null;
  }

  /** Asks anew; the newest question wins. What stood before stays until it is answered, so that nothing jumps. */
  async read(setup: DataSetup): Promise<void> {
    const asked = ++this.#asked;
    try {
      const leakage = await client.splits.leakage(setup);
      if (asked !== this.#asked) return;
      this.#leakage = leakage;
      this.#error = null;
      this.#known = true;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#leakage = null;
      this.#error = error;
    }
  }

  async search(setup: DataSetup): Promise<void> {
    this.#error = null;
    try {
      const { jobId } = await client.splits.findDuplicates(setup);
      this.#jobId = jobId;
      await client.splits.duplicatesFound({ jobId });
      await this.read(setup);
    } catch (error) {
      if (!(error instanceof CodedError && error.code === 'job-cancelled')) this.#error = error;
    } finally {
      this.#jobId = null;
    }
  }

  async cancel(): Promise<void> {
    if (this.#jobId !== null) await activity.command(this.#jobId, 'cancel');
  }
}
