/** The import at hand: from a sample card, a drop or the file dialogue, to the project that it opens. */
import { CodedError, mostDropped, mostPasted, type Job, type Reading } from '../../src-main/contract';
import { formatNumber, m } from '../i18n';
import { client } from '../ipc/client';
import { activity } from './activity.svelte';
import { navigation } from './navigation.svelte';
import { toasts } from './toasts.svelte';
import { workspace } from './workspace.svelte';

type Source =
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'files'; readonly files: string[] }
  /** The file of a dataset, read again in another way. */
  | { readonly kind: 'again'; readonly datasetId: string; readonly reading: Reading };
interface Import {
  readonly source: Source;
  readonly name: string;
  readonly jobId: string | null;
}

class Imports {
  #current = $state.raw<Import | null>(null);
  #failed = $state.raw<{ readonly name: string; readonly source: Source; readonly error: unknown } | null>(null);

  get current(): Import | null {
    return this.#current;
  }
  get job(): Job | null {
    return this.#current?.jobId ? activity.job(this.#current.jobId) : null;
  }
  /** The last import's failure, until another begins or it is dismissed. */
  get failed() {
    return this.#failed;
  }

  async sample(id: string, name: string): Promise<void> {
    await this.#run({ kind: 'sample', id }, name);
  }

  /** Opens the system's dialogue and imports what is chosen. */
  async pick(what: 'file' | 'folder' = 'file'): Promise<void> {
    try {
      const picked = await (what === 'file' ? client.app.pickFile() : client.app.pickFolder());
      if (picked) await this.#run({ kind: 'file', file: picked.file }, picked.name);
    } catch (error) {
      toasts.error(error);
    }
  }

  async drop(files: readonly File[]): Promise<void> {
    if (files.length > mostDropped) {
      toasts.show(m.bring_too_many_files({ most: formatNumber(mostDropped) }));
      return;
    }
    try {
      const adopted = await Promise.all(files.map((file) => window.tandem.adoptFile(file)));
      const [first] = adopted;
      if (!first) return;
      const handles = adopted.map(({ file }) => file);
      await this.#run(
        adopted.length === 1 ? { kind: 'file', file: first.file } : { kind: 'files', files: handles },
        first.name,
      );
    } catch (error) {
      toasts.error(error);
    }
  }

  /** Rows copied from a spreadsheet or a text. */
  async paste(text: string): Promise<void> {
    if (text.length > mostPasted) {
      toasts.show(m.home_paste_too_large());
      return;
    }
    try {
      const kept = await client.app.keepPasted({ name: m.home_pasted(), text });
      await this.#run({ kind: 'file', file: kept.file }, kept.name);
    } catch (error) {
      toasts.error(error);
    }
  }

  /** What was made in the window and kept as a file or folder. */
  async kept(kept: { readonly file: string; readonly name: string }): Promise<void> {
    await this.#run({ kind: 'file', file: kept.file }, kept.name);
  }

  /** Imports the file of a dataset once more, in the way that the person says. */
  async again(datasetId: string, name: string, reading: Reading): Promise<void> {
    await this.#run({ kind: 'again', datasetId, reading }, name);
  }

  async retry(): Promise<void> {
    if (this.#failed) await this.#run(this.#failed.source, this.#failed.name);
  }

  async cancel(): Promise<void> {
    if (this.#current?.jobId) await activity.command(this.#current.jobId, 'cancel');
  }

  dismiss(): void {
    this.#failed = null;
  }

  async #run(source: Source, name: string): Promise<void> {
    if (this.#current) return;
    this.#failed = null;
    this.#current = { source, name, jobId: null };
    // Home is where progress and failure are shown.
    navigation.go('home');
    try {
      const { jobId } =
        source.kind === 'again'
          ? await client.readings.again({ datasetId: source.datasetId, reading: source.reading })
          : await client.jobs.startImport({ source, name: null, target: null });
      this.#current = { source, name, jobId };
      const { projectId } = await client.jobs.importResult({ jobId });
      await workspace.open(projectId);
      navigation.go('data');
    } catch (error) {
      if (error instanceof CodedError && error.code === 'job-cancelled') toasts.show(m.home_import_cancelled());
      else this.#failed = { name, source, error };
    } finally {
      this.#current = null;
    }
  }
}

export const imports = new Imports();
