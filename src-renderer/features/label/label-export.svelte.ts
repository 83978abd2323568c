/** The export of labels: what is chosen in its dialog, and how it is written. */
import type { ExportedColumn, ExportLabelsResult, LabelFormatFacts } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import { ExportTask } from '../export/export-task.svelte';

interface Choices {
  readonly formats: readonly LabelFormatFacts[];
  readonly columns: readonly ExportedColumn[];
}

class LabelExport {
  readonly task = new ExportTask<ExportLabelsResult>();
  #versionId = '';
  #choices = $state.raw<Choices | null>(null);
  #format = $state('csv');
  #columns = $state.raw<readonly string[]>([]);
  /** Whether pictures are put beside their boxes. */
  pictures = $state(true);

  /** Null while they are read. */
  get choices(): Choices | null {
    return this.#choices;
  }
  get columns(): readonly string[] {
    return this.#columns;
  }
  readonly format = $derived(this.#choices?.formats.find(({ id }) => id === this.#format) ?? null);
  /** Columns that the chosen form can hold. */
  readonly fitting = $derived(
    (this.#choices?.columns ?? []).filter(({ type }) => !this.format?.isOfBoxes || type === 'boxes'),
  );

  async open(versionId: string): Promise<void> {
    this.#versionId = versionId;
    this.task.open();
    this.task.clear();
    if (this.task.isBusy) return;
    this.#choices = null;
    try {
      const choices = await client.labelExports.choices({ versionId });
      this.#choices = choices;
      // Boxes go to a form that is made for them, all else to a table.
      const chosen = choices.formats.find(({ isOfBoxes, fits }) => isOfBoxes && fits) ?? choices.formats[0];
      this.choose(chosen?.id ?? 'csv');
    } catch (error) {
      this.task.fail(error);
    }
  }

  choose(format: string): void {
    this.#format = format;
    this.task.clear();
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
    const pictures = this.pictures && this.format?.isOfBoxes === true;
    await this.task.run(async (follow) => {
      const picked = await client.labelExports.pickPlace({ versionId, format });
      if (!picked) return null;
      const { jobId } = await client.labelExports.start({ versionId, format, columns, pictures, place: picked.place });
      await follow(jobId);
      return client.labelExports.result({ jobId });
    });
  }
}

export const labelExport = new LabelExport();
