/** The export of labels: what is chosen in its dialog, and the job that it started. */
import {
  CodedError,
  type ExportedColumn,
  type ExportLabelsResult,
  type Job,
  type LabelFormatFacts,
} from '../../../src-main/contract';
import { client } from '../../ipc/client';
import { activity } from '../../state/activity.svelte';

interface Choices {
  readonly formats: readonly LabelFormatFacts[];
  readonly columns: readonly ExportedColumn[];
}

class LabelExport {
  #versionId = '';
  #isOpen = $state(false);
  #choices = $state.raw<Choices | null>(null);
  #format = $state('csv');
  #columns = $state.raw<readonly string[]>([]);
  #jobId = $state<string | null>(null);
  #isStarting = $state(false);
  #result = $state.raw<ExportLabelsResult | null>(null);
  #error = $state.raw<unknown>(null);
  /** Whether pictures are put beside their boxes. */
  pictures = $state(true);

  get isOpen(): boolean {
    return this.#isOpen;
  }
  /** Null while they are read. */
  get choices(): Choices | null {
    return this.#choices;
  }
  get columns(): readonly string[] {
    return this.#columns;
  }
  get result(): ExportLabelsResult | null {
    return this.#result;
  }
  get error(): unknown {
    return this.#error;
  }
  get isBusy(): boolean {
    return this.#isStarting || this.#jobId !== null;
  }
  readonly format = $derived(this.#choices?.formats.find(({ id }) => id === this.#format) ?? null);
  readonly job: Job | null = $derived(this.#jobId === null ? null : activity.job(this.#jobId));
  /** Columns that the chosen form can hold. */
  readonly fitting = $derived(
    (this.#choices?.columns ?? []).filter(({ type }) => !this.format?.isOfBoxes || type === 'boxes'),
  );

  async open(versionId: string): Promise<void> {
    this.#versionId = versionId;
    this.#isOpen = true;
    this.#result = null;
    this.#error = null;
    if (this.isBusy) return;
    this.#choices = null;
    try {
      const choices = await client.labelExports.choices({ versionId });
      this.#choices = choices;
      // Boxes go to a form that is made for them, all else to a table.
      const chosen = choices.formats.find(({ isOfBoxes, fits }) => isOfBoxes && fits) ?? choices.formats[0];
      this.choose(chosen?.id ?? 'csv');
    } catch (error) {
      this.#error = error;
    }
  }

  close(): void {
    this.#isOpen = false;
  }

  choose(format: string): void {
    this.#format = format;
    this.#error = null;
    this.#result = null;
    const labels = this.fitting.filter(({ isLabel }) => isLabel).map(({ name }) => name);
    this.#columns = this.format?.isOfBoxes ? labels.slice(0, 1) : labels;
  }

  toggle(column: string): void {
    const isChosen = this.#columns.includes(column);
    if (this.format?.isOfBoxes) this.#columns = [column];
    else this.#columns = isChosen ? this.#columns.filter((name) => name !== column) : [...this.#columns, column];
  }

  /** Asks where to, and writes. */
  async start(): Promise<void> {
    const [versionId, format, columns] = [this.#versionId, this.#format, [...this.#columns]];
    this.#error = null;
    this.#result = null;
    this.#isStarting = true;
    try {
      const picked = await client.labelExports.pickPlace({ versionId, format });
      if (!picked) return;
      const pictures = this.pictures && this.format?.isOfBoxes === true;
      const { jobId } = await client.labelExports.start({ versionId, format, columns, pictures, place: picked.place });
      this.#jobId = jobId;
      await activity.reload();
      this.#result = await client.labelExports.result({ jobId });
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
}

export const labelExport = new LabelExport();
