/** The pre-flight of the open project: what was measured of it as it is now, and the job that measures. */
import type { TrainingFacts } from '../../src-main/catalog';
import { CodedError, type Job, type Preflight as Measured } from '../../src-main/contract';
import { m } from '../i18n';
import { client } from '../ipc/client';
import { activity } from './activity.svelte';
import { toasts } from './toasts.svelte';

class Preflight {
  #projectId: string | null = null;
  #reading = 0;
  #measured = $state.raw<Measured | null>(null);
  #room = $state.raw<TrainingFacts['room']>(null);
  #jobId = $state<string | null>(null);
  #error = $state.raw<unknown>(null);

  /** Null where the project was not measured, or has changed since. */
  get measured(): Measured | null {
    return this.#measured;
  }
  /** Bytes that are free. */
  get room(): TrainingFacts['room'] {
    return this.#room;
  }
  /** Why the last measuring failed; null where it did not. */
  get error(): unknown {
    return this.#error;
  }
  get isMeasuring(): boolean {
    return this.#jobId !== null;
  }
  get job(): Job | null {
    return this.#jobId === null ? null : activity.job(this.#jobId);
  }

  /** Looks at a project as it is now: to be called whenever its data, network or settings have changed. */
  async read(projectId: string): Promise<void> {
    const asked = ++this.#reading;
    if (projectId !== this.#projectId) {
      this.#projectId = projectId;
      [this.#measured, this.#jobId] = [null, null];
      const running = activity.running.find((job) => job.kind === 'preflight' && job.subjectId === projectId);
      if (running) void this.#follow(running.id);
    }
    this.#error = null;
    try {
      const [measured, room] = await Promise.all([client.preflight.last({ projectId }), client.preflight.room()]);
      if (asked === this.#reading) [this.#measured, this.#room] = [measured, room];
    } catch (error) {
      if (asked === this.#reading) this.#error = error;
    }
  }

  async start(): Promise<void> {
    const projectId = this.#projectId;
    if (projectId === null || this.#jobId !== null) return;
    this.#error = null;
    try {
      await this.#follow((await client.preflight.start({ projectId })).jobId);
    } catch (error) {
      this.#error = error;
    }
  }

  async cancel(): Promise<void> {
    if (this.#jobId !== null) await activity.command(this.#jobId, 'cancel');
  }

  async #follow(jobId: string): Promise<void> {
    const projectId = this.#projectId;
    this.#jobId = jobId;
    try {
      await activity.reload();
      await client.preflight.result({ jobId });
      // It was measured as the project was then.
      if (projectId !== null && projectId === this.#projectId) await this.read(projectId);
    } catch (error) {
      if (error instanceof CodedError && error.code === 'job-cancelled') toasts.show(m.preflight_cancelled());
      else if (projectId === this.#projectId) this.#error = error;
    } finally {
      if (this.#jobId === jobId) this.#jobId = null;
    }
  }
}

export const preflight = new Preflight();
