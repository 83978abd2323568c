/** The export of runs or a project: what is chosen in its dialog, and the job that it started. */
import { runFormats } from '../../../src-main/catalog';
import { CodedError, portableExtension, type Job, type PortableSubject } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import { activity } from '../../state/activity.svelte';

/** The app's own form, beside those of other tools. */
export const OWN_FORM = 'tandem';

interface Asked {
  readonly subject: PortableSubject;
  /** Of the project or the one run; of several the first's. */
  readonly name: string;
}

interface Outcome {
  readonly place: string;
  readonly runs: number;
  /** Of a file; null for a folder. */
  readonly bytes: number | null;
}

class RunExport {
  #asked = $state.raw<Asked | null>(null);
  #isOpen = $state(false);
  #format = $state(OWN_FORM);
  #jobId = $state<string | null>(null);
  #isStarting = $state(false);
  #result = $state.raw<Outcome | null>(null);
  #error = $state.raw<unknown>(null);
  /** Whether the rows go along. */
  data = $state(true);

  get isOpen(): boolean {
    return this.#isOpen;
  }
  get asked(): Asked | null {
    return this.#asked;
  }
  get result(): Outcome | null {
    return this.#result;
  }
  get error(): unknown {
    return this.#error;
  }
  get isBusy(): boolean {
    return this.#isStarting || this.#jobId !== null;
  }
  /** A project has the one form only. */
  get format(): string {
    return this.#asked?.subject.kind === 'project' ? OWN_FORM : this.#format;
  }
  readonly job: Job | null = $derived(this.#jobId === null ? null : activity.job(this.#jobId));

  open(asked: Asked): void {
    this.#isOpen = true;
    // One that is under way is shown instead.
    if (this.isBusy) return;
    this.#asked = asked;
    this.#result = null;
    this.#error = null;
  }

  close(): void {
    this.#isOpen = false;
  }

  choose(format: string): void {
    this.#format = format;
    this.#error = null;
    this.#result = null;
  }

  /** Asks where to, and writes. */
  async start(): Promise<void> {
    const asked = this.#asked;
    if (!asked) return;
    this.#error = null;
    this.#result = null;
    this.#isStarting = true;
    try {
      this.#result = await this.#write(asked, this.format);
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

  /** @returns null where the person did not choose a place */
  async #write({ subject, name }: Asked, format: string): Promise<Outcome | null> {
    const isOwn = format === OWN_FORM || subject.kind === 'project';
    const suggested = isOwn ? name : `${name}-${runFormats.get(format).id}`;
    const picked = await client.exports.pickPlace({
      name: suggested.slice(0, 200),
      extension: isOwn ? portableExtension : null,
    });
    if (!picked) return null;
    const { place } = picked;
    if (isOwn) {
      const { jobId } = await client.exports.startPortable({ subject, data: this.data, place });
      await this.#follow(jobId);
      return client.exports.portableResult({ jobId });
    }
    const { jobId } = await client.exports.startRuns({ ids: [...subject.ids], format, place });
    await this.#follow(jobId);
    return { ...(await client.exports.runsResult({ jobId })), bytes: null };
  }

  async #follow(jobId: string): Promise<void> {
    this.#jobId = jobId;
    await activity.reload();
  }
}

export const runExport = new RunExport();
