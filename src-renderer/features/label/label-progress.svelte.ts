/**
 * How far a column is labelled and which classes it has: read from the data when it is opened and whenever edits come from
 * elsewhere, counted along with each label that is given here.
 */
import type { LabelCounts } from '../../../src-main/contract';
import { client } from '../../ipc/client';
import { withChange } from './label-counts';
import type { LabelColumn } from './label-kinds';

export class LabelProgress {
  readonly #versionId: string;
  readonly #column: LabelColumn;
  #counts = $state.raw<LabelCounts | null>(null);
  #error = $state.raw<unknown>(null);
  /** Classes that were named here and are not in the journal yet. */
  #fresh = $state.raw<readonly string[]>([]);
  #asked = 0;

  constructor(versionId: string, column: LabelColumn) {
    this.#versionId = versionId;
    this.#column = column;
  }

  /** Null until known. */
  get counts(): LabelCounts | null {
    return this.#counts;
  }
  get error(): unknown {
    return this.#error;
  }
  get fresh(): readonly string[] {
    return this.#fresh;
  }
  /** In the order of their keys. */
  get classes(): readonly string[] {
    return [...(this.#counts?.classes.map(({ label }) => label) ?? []), ...this.#fresh];
  }

  async reload(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const counts = await client.labels.counts({ versionId: this.#versionId, column: this.#column.name });
      if (asked !== this.#asked) return;
      this.#counts = counts;
      this.#fresh = this.#fresh.filter((label) => !counts.classes.some((one) => one.label === label));
    } catch (error) {
      this.#error = error;
    }
  }

  add(label: string): void {
    if (!this.classes.includes(label)) this.#fresh = [...this.#fresh, label];
  }

  /** The classes that were named here are in the journal now. */
  keep(): void {
    const counts = this.#counts;
    if (!counts) return;
    const kept = this.#fresh.map((label) => ({ label, rows: 0 }));
    this.#counts = { ...counts, classes: [...counts.classes, ...kept] };
    this.#fresh = [];
  }

  /** Counts a cell that became another; an answer that is on its way is asked again, since it may not know of it. */
  change(before: string | null, after: string | null): void {
    const counts = this.#counts;
    if (counts) this.#counts = withChange(counts, this.#column.type, before, after);
  }
}
