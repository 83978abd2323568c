/** The quality report of the open version: read at once where there is one, made by a job where a person asks for it. */
import { CodedError, type DataSetup, type Job, type QualityReport } from '../../src-main/contract';
import { m } from '../i18n';
import { client } from '../ipc/client';
import { activity } from './activity.svelte';
import { toasts } from './toasts.svelte';

class Quality {
  #versionId = $state<string | null>(null);
  #report = $state.raw<QualityReport | null>(null);
  #isRead = $state(false);
  #jobId = $state<string | null>(null);
  #error = $state.raw<unknown>(null);

  get report(): QualityReport | null {
    return this.#report;
  }
  /** Whether it is known if there is a report. */
  get isRead(): boolean {
    return this.#isRead;
  }
  /** Why the last check of this version failed; null where it did not. */
  get error(): unknown {
    return this.#error;
  }
  get isChecking(): boolean {
    return this.#jobId !== null;
  }
  get job(): Job | null {
    return this.#jobId === null ? null : activity.job(this.#jobId);
  }

  /** Looks at a version: its report, and the check that runs over it, which this window may not have started. */
  async open(versionId: string): Promise<void> {
    if (this.#versionId === versionId) return;
    this.#versionId = versionId;
    [this.#report, this.#isRead, this.#jobId, this.#error] = [null, false, null, null];
    const running = activity.running.find((job) => job.kind === 'quality' && job.subjectId === versionId);
    if (running) void this.#follow(versionId, running.id);
    await this.#read(versionId);
  }

  async start(versionId: string, setup: DataSetup | null): Promise<void> {
    if (this.#jobId !== null) return;
    this.#error = null;
    try {
      const { jobId } = await client.quality.start({ versionId, setup });
      await this.#follow(versionId, jobId);
    } catch (error) {
      this.#error = error;
    }
  }

  async cancel(): Promise<void> {
    if (this.#jobId !== null) await activity.command(this.#jobId, 'cancel');
  }

  async #follow(versionId: string, jobId: string): Promise<void> {
    this.#jobId = jobId;
    try {
      await activity.reload();
      await client.quality.result({ jobId });
      await this.#read(versionId);
    } catch (error) {
      if (error instanceof CodedError && error.code === 'job-cancelled') toasts.show(m.quality_cancelled());
      else if (this.#versionId === versionId) this.#error = error;
    } finally {
      if (this.#jobId === jobId) this.#jobId = null;
    }
  }

  async #read(versionId: string): Promise<void> {
    try {
      const report = await client.quality.report({ versionId });
      if (this.#versionId === versionId) this.#report = report;
    } catch (error) {
      if (this.#versionId === versionId) this.#error = error;
    } finally {
      if (this.#versionId === versionId) this.#isRead = true;
    }
  }
}

export const quality = new Quality();
