/** Counts of labels along with each cell that changes, so that they need not be read again. */
import { labelsIn, type ColumnType, type LabelCounts } from '../../../src-main/contract';

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
