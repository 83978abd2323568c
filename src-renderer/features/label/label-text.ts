/** Cells that hold lists of classes, boxes or spans, in a few words instead of JSON. */
import { isListType, labelsIn, type ColumnType } from '../../../src-main/contract';
import { formatNumber, m } from '../../i18n';

/** Each class with how often it is there, as it first appears; null for a cell that is no list. */
export function countsOf(type: ColumnType, value: string): { label: string; count: number }[] | null {
  if (!isListType(type)) return null;
  const counts = new Map<string, number>();
  for (const label of labelsIn(type, value)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count }));
}

/** `cat, dog ×2`; the cell itself where it is no list. */
export function labelWords(type: ColumnType, value: string): string {
  const counts = countsOf(type, value);
  if (!counts) return value;
  if (counts.length === 0) return m.label_nothing();
  return counts.map(({ label, count }) => (count > 1 ? `${label} ×${formatNumber(count)}` : label)).join(', ');
}
