/** What the rows' views do to rows: leave them out, bring them back, give them another label; by button and by key. */
import { formatNumber, m } from '../../i18n';
import { dataEdits } from '../../state/data-edits.svelte';
import type { DataView } from './data-view.svelte';
import type { RowSource } from './row-source.svelte';

export async function excludeRows(rows: number[]): Promise<void> {
  const label = m.versions_did_exclude({ rows: formatNumber(rows.length) });
  await dataEdits.append([{ kind: 'exclude', rows, reason: 'chosen' }], label);
}

export async function restoreRows(rows: number[]): Promise<void> {
  const label = m.versions_did_restore({ rows: formatNumber(rows.length) });
  await dataEdits.append([{ kind: 'restore', rows }], label);
}

/** @param value null for none. */
export async function setValue(column: string, rows: number[], value: string | null): Promise<void> {
  const label = m.versions_did_set({ rows: formatNumber(rows.length), value: value ?? '–', column });
  await dataEdits.append([{ kind: 'set', column, rows, value }], label);
}

/**
 * Keys of a grid of rows that edit or select. Delete leaves rows out, or brings them back where the active one is left out.
 * @param active position of the active row.
 * @returns whether the key was one of them.
 */
export function editByKey(event: KeyboardEvent, active: number, view: DataView, source: RowSource): boolean {
  const { selection } = view;
  if (event.key === ' ') selection.toggle(active, source);
  else if (event.key === 'Escape' && selection.count > 0) selection.clear();
  else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selection.all(source);
  else if (event.key === 'Delete' || event.key === 'Backspace') {
    const row = source.at(active)?.index;
    const rows = selection.count > 0 ? selection.indices : row === undefined ? [] : [row];
    if (row === undefined || rows.length === 0) return false;
    void (dataEdits.row(row)?.excluded ? restoreRows(rows) : excludeRows(rows));
  } else return false;
  event.preventDefault();
  return true;
}
