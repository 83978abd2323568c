/** What was done to a row of a finding, and what a click would do. */
import type { Finding } from '../../../../src-main/contract';
import { formatNumber, m } from '../../../i18n';
import { dataEdits } from '../../../state/data-edits.svelte';

/** In words; null where nothing was. */
export function doneTo(row: number, finding: Finding): string | null {
  const edited = dataEdits.row(row);
  if (!edited) return null;
  if (edited.excluded) return m.quality_is_excluded();
  const column = finding.columns.find((name) => Object.hasOwn(edited.values, name));
  return column === undefined ? null : m.quality_is_set({ value: edited.values[column] ?? m.quality_missing() });
}

/** Gives one row the label that is suggested for it. */
export function acceptSuggestion(finding: Finding, place: number): void {
  const [row, value] = [finding.rows[place], finding.suggested?.values[place]];
  if (row === undefined || value === undefined || !finding.suggested) return;
  const label = m.quality_set_row({ row: formatNumber(row + 1), value });
  void dataEdits.append([{ kind: 'set', column: finding.suggested.column, rows: [row], value }], label, true);
}
