/** Rows on their way into a version of the open dataset: from a file, or recorded here. One addition at a time. */
import { CodedError, type DatasetVersion, type Job } from '../../src-main/contract';
import { formatBytes, formatNumber, m } from '../i18n';
import { client } from '../ipc/client';
import { activity } from './activity.svelte';
import { toasts } from './toasts.svelte';
import { workspace } from './workspace.svelte';

interface Addition {
  readonly name: string;
  readonly jobId: string | null;
}

class Appending {
  #current = $state.raw<Addition | null>(null);
  #failed = $state.raw<unknown>(null);

  /** What is being added; null while nothing is. */
  get current(): Addition | null {
    return this.#current;
  }
  get job(): Job | null {
    return this.#current?.jobId ? activity.job(this.#current.jobId) : null;
  }
  /** Why the last addition came to nothing; until another begins or it is dismissed. */
  get failed(): unknown {
    return this.#failed;
  }

  /** Opens the system's dialogue and adds what is chosen. */
  async pick(what: 'file' | 'folder', into: DatasetVersion): Promise<void> {
    try {
      const picked = await (what === 'file' ? client.app.pickFile() : client.app.pickFolder());
      if (picked) await this.kept(picked, into);
    } catch (error) {
      toasts.error(error);
    }
  }

  /** Adds what was kept as a file or folder. */
  async kept({ file }: { readonly file: string }, into: DatasetVersion): Promise<void> {
    if (this.#current) return;
    this.#failed = null;
    const name = into.datasetName;
    this.#current = { name, jobId: null };
    try {
      const { jobId } = await client.jobs.startAppend({ source: { kind: 'file', file }, versionId: into.id });
      this.#current = { name, jobId };
      const { rows, unmatched, copied } = await client.jobs.appendResult({ jobId });
      await workspace.reload();
      const said = [
        m.capture_added({ rows: formatNumber(rows), name }),
        ...(unmatched.length > 0 ? [m.capture_added_unmatched({ columns: unmatched.join(', '), name })] : []),
        ...(copied > 0 ? [m.capture_added_copied({ size: formatBytes(copied) })] : []),
      ];
      toasts.show(said.join(' '));
    } catch (error) {
      if (error instanceof CodedError && error.code === 'job-cancelled') toasts.show(m.capture_add_cancelled());
      else this.#failed = error;
    } finally {
      this.#current = null;
    }
  }

  async cancel(): Promise<void> {
    if (this.#current?.jobId) await activity.command(this.#current.jobId, 'cancel');
  }

  dismiss(): void {
    this.#failed = null;
  }
}

export const appending = new Appending();
