/**
 * The report beside the version's rows. A file and no table: it is derived, may be made again at any time, can hold megabytes of
 * row numbers, and goes with the version's folder when that is deleted.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { qualityReportSchema, type QualityReport } from '../../contract';
import { versionFolder, type LibraryPaths } from '../paths';
import { writeWhole } from '../write-whole';

export function reportFile(library: LibraryPaths, versionId: string): string {
  return join(versionFolder(library, versionId), 'quality.json');
}

/** Whole or not at all: the report before stays until the new one is there. */
export function writeReport(library: LibraryPaths, report: QualityReport): Promise<void> {
  return writeWhole(reportFile(library, report.versionId), JSON.stringify(report));
}

/** @returns null where none was made, or where another release wrote one that this one does not read. */
export async function readReport(library: LibraryPaths, versionId: string): Promise<QualityReport | null> {
  let text: string;
  try {
    text = await readFile(reportFile(library, versionId), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return parse(text);
}

function parse(text: string): QualityReport | null {
  try {
    return qualityReportSchema.parse(JSON.parse(text));
  } catch (error) {
    console.warn('A quality report cannot be read and has to be made again', error);
    return null;
  }
}
