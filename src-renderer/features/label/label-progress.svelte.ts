/**
 * How far a column is labelled and which classes it has: read from the data when it is opened and whenever edits come from
 * elsewhere, counted along with each label that is given here.
 */
import { labelsIn, type ColumnType, type LabelCounts } from '../../../src-main/contract';
import { client } from '../../ipc/client';
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

/** The counts with one cell changed. */
export function withChange(
  counts: LabelCounts,
  type: ColumnType,
  before: string | null,
  after: string | null,
): LabelCounts {
  const [gone, come] = [before, after].map((value) => new Set(value === null ? [] : labelsIn(type, value)));
  const labelled = counts.labelled - (before === null ? 0 : 1) + (after === null ? 0 : 1);
  if (!counts.hasClasses) return { ...counts, labelled };
  const known = counts.classes.map(({ label, rows }) => {
    return { label, rows: rows - (gone?.has(label) ? 1 : 0) + (come?.has(label) ? 1 : 0) };
  });
  const fresh = [...(come ?? [])].filter((label) => !counts.classes.some((one) => one.label === label));
  return { ...counts, labelled, classes: [...known, ...fresh.map((label) => ({ label, rows: 1 }))] };
}
