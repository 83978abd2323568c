/** Whether a report still speaks of the data as it is set up now, and which of its rows are in sight. */
import type { DataSetup, Finding, QualityReport } from '../../../../src-main/contract';

/** Rows of a finding that are shown at first, and how many more at each wish. */
export const shownAtFirst = 24;
export const mostShown = 480;

/** `target`: it was made for another column; `setup`: types or split have changed. Without a setup any report will do. */
export function reportAge(report: QualityReport, setup: DataSetup | null): 'current' | 'target' | 'setup' {
  if (!setup) return 'current';
  if (report.setup?.target !== setup.target) return 'target';
  const same = JSON.stringify([report.setup.types, report.setup.split]) === JSON.stringify([setup.types, setup.split]);
  return same ? 'current' : 'setup';
}

/** Rows whose edits are to be known: each finding's first ones in turn, so that all findings have a share. */
export function watchedRows({ findings }: QualityReport): number[] {
  const rows = new Set<number>();
  for (const finding of findings) for (const row of finding.rows.slice(0, shownAtFirst)) rows.add(row);
  for (const finding of findings) for (const row of finding.rows.slice(shownAtFirst, mostShown)) rows.add(row);
  return [...rows];
}

/** The columns a table of a finding's rows shows: those concerned, the target, then others, as many as fit. */
export function shownColumns(finding: Finding, names: readonly string[], target: string | null, most = 7): string[] {
  const wanted = [...finding.columns, ...(target === null ? [] : [target]), ...names];
  return [...new Set(wanted)].filter((name) => names.includes(name)).slice(0, most);
}
