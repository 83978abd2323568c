/** The export of runs or a project: what is chosen in its dialog, and how it is written. */
import { runFormats } from '../../../src-main/catalog';
import { portableExtension, type PortableSubject } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import { ExportTask } from './export-task.svelte';

/** The app's own form, beside those of other tools. */
export const OWN_FORM = 'tandem';

interface Asked {
  readonly subject: PortableSubject;
  /** Of the project or the one run; of several the first's. */
  readonly name: string;
}

export interface RunOutcome {
  readonly place: string;
  readonly runs: number;
  /** Of a file; null for a folder. */
  readonly bytes: number | null;
}

class RunExport {
  readonly task = new ExportTask<RunOutcome>();
  #asked = $state.raw<Asked | null>(null);
  #format = $state(OWN_FORM);
  /** Whether the rows go along. */
  data = $state(true);

  get asked(): Asked | null {
    return this.#asked;
  }
  /** A project has the one form only. */
  get format(): string {
    return this.#asked?.subject.kind === 'project' ? OWN_FORM : this.#format;
  }

  open(asked: Asked): void {
    this.task.open();
    // One that is under way is shown instead.
    if (this.task.isBusy) return;
    this.#asked = asked;
    this.task.clear();
  }

  choose(format: string): void {
    this.#format = format;
    this.task.clear();
  }

  /** Asks where to, and writes. */
  async start(): Promise<void> {
    const [asked, format] = [this.#asked, this.format];
    if (asked) await this.task.run((follow) => this.#write(asked, format, follow));
  }

  /** @returns null where the person did not choose a place */
  async #write(
    { subject, name }: Asked,
    format: string,
    follow: (jobId: string) => Promise<void>,
  ): Promise<RunOutcome | null> {
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
      await follow(jobId);
      return client.exports.portableResult({ jobId });
    }
    const { jobId } = await client.exports.startRuns({ ids: [...subject.ids], format, place });
    await follow(jobId);
    return { ...(await client.exports.runsResult({ jobId })), bytes: null };
  }
}

export const runExport = new RunExport();
