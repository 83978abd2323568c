/** The import at hand: from a sample card, a drop or the file dialogue, to the project that it opens. */
import {
  CodedError,
  mostDropped,
  mostPasted,
  portableExtension,
  type ImportPortableResult,
  type InterruptedImport,
  type Job,
  type Reading,
  type TableList,
} from '../../src-main/contract';
import { formatNumber, m } from '../i18n';
import { client } from '../ipc/client';
import { activity } from './activity.svelte';
import { navigation } from './navigation.svelte';
import { onNotice } from './notices';
import { toasts } from './toasts.svelte';
import { TableQuestion } from './table-question.svelte';
import { workspace } from './workspace.svelte';

type Source =
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'file'; readonly file: string; readonly reading?: Reading }
  | { readonly kind: 'files'; readonly files: string[]; readonly reading?: Reading }
  /** What an export made. */
  | { readonly kind: 'portable'; readonly file: string }
  /** The file of a dataset, read again in another way; without one it is asked which table is meant. */
  | {
      readonly kind: 'again';
      readonly datasetId: string;
      readonly reading: Reading | null;
      readonly taken: string | null;
    };
/** `interrupted`: what an earlier import was to import. */
type Origin = Source | { readonly kind: 'interrupted'; readonly id: string };
interface Import {
  readonly source: Origin;
  readonly name: string;
  readonly jobId: string | null;
}
type Failure = Import & { readonly error: unknown };

class Imports {
  /** Which of several tables is meant, while a person is asked. */
  readonly question = new TableQuestion();
  #current = $state.raw<Import | null>(null);
  #failed = $state.raw<Failure | null>(null);
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
  get failed(): Failure | null {
    return this.#failed;
  }
  /** Whether the import that failed last is among those that can go on. */
  get failedCanGoOn(): boolean {
    return this.#interrupted.some(({ job }) => this.#hasFailed(job.id));
  }

  async sample(id: string, name: string): Promise<void> {
    await this.#run({ kind: 'sample', id }, name);
  }

  /** Opens the system's dialogue and imports what is chosen. */
  async pick(what: 'file' | 'folder' = 'file'): Promise<void> {
    try {
      const picked = await (what === 'file' ? client.app.pickFile() : client.app.pickFolder());
      if (picked) await this.#run(sourceOf(picked), picked.name);
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
      await this.#run(adopted.length === 1 ? sourceOf(first) : { kind: 'files', files: handles }, first.name);
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
    await this.#run({ kind: 'again', datasetId, reading, taken: null }, name);
  }

  /** Asks which of the tables of a dataset's file is to be read. @param taken the one that is */
  async anotherTable(datasetId: string, name: string, taken: string): Promise<void> {
    await this.#run({ kind: 'again', datasetId, reading: null, taken }, name);
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
      if (this.#hasFailed(id)) this.#failed = null;
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

  #hasFailed(id: string): boolean {
    if (!this.#failed) return false;
    const { source, jobId } = this.#failed;
    return id === (source.kind === 'interrupted' ? source.id : jobId);
  }

  async #run(source: Source, name: string): Promise<void> {
    await this.#follow(source, name, () => start(source));
  }

  async #follow(source: Origin, name: string, begin: () => Promise<{ jobId: string }>): Promise<void> {
    if (this.#current || this.question.asked) return;
    this.#failed = null;
    this.#current = { source, name, jobId: null };
    // Home is where progress and failure are shown.
    navigation.go('home');
    try {
      const { jobId } = await begin();
      this.#current = { source, name, jobId };
      if (source.kind === 'portable') {
        await openImported(await client.exports.importResult({ jobId }));
        return;
      }
      const end = await client.jobs.importResult({ jobId });
      if ('tables' in end) {
        this.#current = null;
        await this.#ask(source, name, end);
        return;
      }
      await workspace.open(end.projectId);
      navigation.go('data');
    } catch (error) {
      if (error instanceof CodedError && error.code === 'job-cancelled') toasts.show(m.home_import_cancelled());
      else this.#failed = { name, source, jobId: this.#current?.jobId ?? null, error };
    } finally {
      this.#current = null;
    }
  }

  async #ask(source: Origin, name: string, list: TableList): Promise<void> {
    const taken = source.kind === 'again' ? source.taken : null;
    const table = await this.question.ask(name, list, taken);
    if (source.kind === 'sample' || source.kind === 'portable') return;
    if (table === null || table === taken) {
      if (source.kind === 'again') navigation.go('data');
      return;
    }
    const reading = { table };
    if (source.kind !== 'interrupted') await this.#run({ ...source, reading }, name);
    else await this.#follow(source, name, () => client.jobs.startOver({ id: source.id, reading }));
  }
}

/** Files of the app's own say what they are by their names. */
function sourceOf({ file, name }: { readonly file: string; readonly name: string }): Source {
  return { kind: name.toLowerCase().endsWith(`.${portableExtension}`) ? 'portable' : 'file', file };
}

async function openImported({ projectId, runs: added, known }: ImportPortableResult): Promise<void> {
  await workspace.open(projectId);
  const count = formatNumber(added.length);
  toasts.show(
    known === 0 ? m.export_imported({ count }) : m.export_imported_known({ count, known: formatNumber(known) }),
  );
  navigation.go(added.length + known > 0 ? 'runs' : 'data');
}

function start(source: Source): Promise<{ jobId: string }> {
  if (source.kind === 'again') {
    const { datasetId, reading } = source;
    return client.readings.again({ datasetId, reading: reading ?? {}, askTable: reading === null });
  }
  if (source.kind === 'portable') return client.exports.startImport({ file: source.file });
  const input = { name: null, target: null };
  if (source.kind === 'sample') return client.jobs.startImport({ ...input, source });
  const { reading, ...files } = source;
  const asked = reading ? { reading } : { askTable: true };
  return client.jobs.startImport({ ...input, ...asked, source: files });
}

export const imports = new Imports();
