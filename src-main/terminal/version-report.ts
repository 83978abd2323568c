/** Changes, uses and comparisons of versions as lines of text. */
import type { PendingEdits, VersionChanges, VersionComparison, VersionUses } from '../contract';
import { formatTable } from './table';

export function changesText(changes: VersionChanges): string {
  const { excluded, changed, dropped, added, rows = 0, unmatched = [], copied = 0 } = changes;
  const parts = [
    ...(rows > 0 ? [`rows added: ${rows}`] : []),
    ...(excluded > 0 ? [`rows left out: ${excluded}`] : []),
    ...changed.map(({ column, cells }) => `${column}: ${cells} changed`),
    ...(dropped.length > 0 ? [`without ${dropped.join(', ')}`] : []),
    ...(added.length > 0 ? [`with ${added.join(', ')}`] : []),
    ...(unmatched.length > 0 ? [`columns of the added rows left out: ${unmatched.join(', ')}`] : []),
    ...(copied > 0 ? [`bytes of pictures and sounds copied: ${copied}`] : []),
  ];
  return parts.join('; ');
}

export function usesText({ projects, runs, deletedRuns }: VersionUses): string {
  const names = (all: readonly { name: string }[]) => all.map(({ name }) => name).join(', ');
  const parts = [
    ...(runs.length > 0 ? [`runs: ${names(runs)}`] : []),
    ...(projects.length > 0 ? [`projects: ${names(projects)}`] : []),
    ...(deletedRuns > 0 ? [`deleted runs: ${deletedRuns}`] : []),
  ];
  return parts.join('; ');
}

export function pendingText(dataset: string, number: number, { steps, redoable, changes }: PendingEdits): string {
  const again = redoable > 0 ? ` Undone, can be done again: ${redoable}.` : '';
  if (steps === 0) return `${dataset}, version ${number}: no changes.${again}`;
  return `${dataset}, version ${number}: ${steps} not yet used: ${changesText(changes) || 'nothing in sum'}.${again}`;
}

export function comparisonText(comparison: VersionComparison): string {
  const { rows, added, removed, columnsAdded, columnsDropped, changed, classes } = comparison;
  const lines = [
    `Rows: ${rows.from} → ${rows.to}; added: ${added.count}, left out: ${removed.count}.`,
    ...(columnsAdded.length > 0 ? [`Columns added: ${columnsAdded.join(', ')}`] : []),
    ...(columnsDropped.length > 0 ? [`Columns dropped: ${columnsDropped.join(', ')}`] : []),
  ];
  for (const { column, count, pairs } of changed) {
    const table = formatTable(
      ['from', 'to', 'rows'],
      pairs.map((pair) => [pair.from ?? '(missing)', pair.to ?? '(missing)', pair.count]),
    );
    lines.push('', `${column}: ${count} changed`, table);
  }
  const moved = classes.filter(({ from, to }) => from !== to);
  if (moved.length > 0) {
    const table = formatTable(
      ['class', 'before', 'after'],
      moved.map(({ value, from, to }) => [value ?? '', from, to]),
    );
    lines.push('', table);
  }
  for (const [title, { examples }] of [['Added', added] as const, ['Left out', removed] as const]) {
    const rowsOf = examples.map(({ origin, values }) => `  row ${origin + 1}: ${values.map(textOf).join(' · ')}`);
    if (rowsOf.length > 0) lines.push('', `${title}:`, ...rowsOf);
  }
  return lines.join('\n');
}

function textOf({ value }: { value: string | number | null }): string {
  return value === null ? '–' : String(value);
}
