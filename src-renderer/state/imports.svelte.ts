/** The import at hand: from a sample card, a drop or the file dialogue, to the project that it opens. */
import { CodedError, mostDropped, mostPasted, type InterruptedImport, type Job } from '../../src-main/contract';
import { formatNumber, m } from '../i18n';
import { client } from '../ipc/client';
import { activity } from './activity.svelte';
import { navigation } from './navigation.svelte';
import { onNotice } from './notices';
import { toasts } from './toasts.svelte';
import { workspace } from './workspace.svelte';

type Source =
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'files'; readonly files: string[] };
/** `interrupted`: what an earlier import was to import. */
type Origin = Source | { readonly kind: 'interrupted'; readonly id: string };
interface Import {
  readonly source: Origin;
  readonly name: string;
  readonly jobId: string | null;
}

class Imports {
  #current = $state.raw<Import | null>(null);
  #failed = $state.raw<{ readonly name: string; readonly source: Origin; readonly error: unknown } | null>(null);

  #interrupted = $state.raw<readonly InterruptedImport[]>([]);

  /** Those that can go on; what runs in this window is none of them. */
  get interrupted(): readonly InterruptedImport[] {
    return this.#interrupted;
  }
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

  async retry(): Promise<void> {
    const { source, name } = this.#failed ?? {};
    if (!source || name === undefined) return;
    if (source.kind === 'interrupted') await this.#follow(source, name, () => client.jobs.startOver({ id: source.id }));
    else await this.#run(source, name);
  }

  /** Reads which imports can go on, now and whenever a job changes its state. */
  follow(): void {
    void this.reload();
    onNotice('jobs-changed', () => void this.reload());
  }

  async reload(): Promise<void> {
    try {
      this.#interrupted = await client.jobs.interruptedImports();
    } catch (error) {
      toasts.error(error);
    }
  }

  async continue(id: string, name: string): Promise<void> {
    await this.#follow({ kind: 'interrupted', id }, name, () => client.jobs.continueImport({ id }));
  }

  async discard(id: string): Promise<void> {
    try {
      await client.jobs.discardImport({ id });
      toasts.show(m.resume_discarded());
    } catch (error) {
      toasts.error(error);
    }
    await this.reload();
  }

  async cancel(): Promise<void> {
    if (this.#current?.jobId) await activity.command(this.#current.jobId, 'cancel');
  }

  dismiss(): void {
    this.#failed = null;
  }

  async #run(source: Source, name: string): Promise<void> {
    await this.#follow(source, name, () => client.jobs.startImport({ source, name: null, target: null }));
  }

  async #follow(source: Origin, name: string, start: () => Promise<{ jobId: string }>): Promise<void> {
    if (this.#current) return;
    this.#failed = null;
    this.#current = { source, name, jobId: null };
    // Home is where progress and failure are shown.
    navigation.go('home');
    try {
      const { jobId } = await start();
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
