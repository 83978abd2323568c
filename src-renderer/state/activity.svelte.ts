/** The jobs of the app: those that run, and those that ended lately. */
import { isSilentJob, type Job, type JobCommand } from '../../src-main/contract';
import { client } from '../ipc/client';
import { onNotice } from './notices';
import { toasts } from './toasts.svelte';

class Activity {
  #jobs = $state.raw<readonly Job[]>([]);
  #reading = false;
  #stale = false;

  /** Newest first. Those that answer questions of a screen are not work a person waits for. */
  readonly shown: readonly Job[] = $derived(this.#jobs.filter((job) => !isSilentJob(job)));
  readonly running: readonly Job[] = $derived(this.shown.filter(isRunning));
  readonly ended: readonly Job[] = $derived(this.shown.filter((job) => !isRunning(job)).slice(0, 8));

  job(id: string): Job | null {
    return this.#jobs.find((job) => job.id === id) ?? null;
  }

  follow(): void {
    void this.reload();
    onNotice('jobs-changed', () => void this.reload());
  }

  /** Reads the list; notices that arrive meanwhile are answered by one more reading. */
  async reload(): Promise<void> {
    if (this.#reading) {
      this.#stale = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#stale = false;
        this.#jobs = await client.jobs.list();
      } while (this.#stale);
    } catch (error) {
      toasts.error(error);
    } finally {
      this.#reading = false;
    }
  }

  async command(id: string, command: JobCommand): Promise<void> {
    try {
      await client.jobs.command({ id, command });
    } catch (error) {
      toasts.error(error);
    }
  }
}

function isRunning(job: Job): boolean {
  return job.state === 'running' || job.state === 'paused';
}

export const activity = new Activity();
