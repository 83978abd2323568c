/** Versions in words: what changed, and what uses one. */
import type { VersionChanges, VersionUses } from '../../../src-main/contract';
import { formatBytes, formatNumber, m } from '../../i18n';

/** More columns than this are counted instead of named. */
const NAMED = 4;

function names(all: readonly string[]): string {
  const shown = all.slice(0, NAMED).join(', ');
  if (all.length <= NAMED) return shown;
  return m.versions_uses_more({ names: shown, count: formatNumber(all.length - NAMED) });
}

/** Each kind of change in a few words; empty where nothing changed. */
export function changeWords(changes: VersionChanges): string[] {
  const { excluded, changed, dropped, added, rows = 0, unmatched = [], copied = 0 } = changes;
  return [
    ...(rows > 0 ? [m.capture_change_rows({ rows: formatNumber(rows) })] : []),
    ...(excluded > 0 ? [m.versions_change_excluded({ rows: formatNumber(excluded) })] : []),
    ...changed
      .slice(0, NAMED)
      .map(({ column, cells }) => m.versions_change_cells({ column, cells: formatNumber(cells) })),
    ...(changed.length > NAMED ? ['…'] : []),
    ...(dropped.length > 0 ? [m.versions_change_dropped({ columns: names(dropped) })] : []),
    ...(added.length > 0 ? [m.versions_change_added({ columns: names(added) })] : []),
    ...(unmatched.length > 0 ? [m.capture_change_unmatched({ columns: names(unmatched) })] : []),
    ...(copied > 0 ? [m.capture_change_copied({ size: formatBytes(copied) })] : []),
  ];
}

/** Who uses a version, each kind in a few words; empty where nobody does. */
export function useWords({ projects, runs, deletedRuns }: VersionUses): string[] {
  return [
    ...(runs.length > 0 ? [m.versions_uses_runs({ names: names(runs.map(({ name }) => name)) })] : []),
    ...(projects.length > 0 ? [m.versions_uses_projects({ names: names(projects.map(({ name }) => name)) })] : []),
    ...(deletedRuns > 0 ? [m.versions_uses_deleted({ count: formatNumber(deletedRuns) })] : []),
  ];
}
