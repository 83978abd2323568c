/**
 * What services ask of a version's files. The terminal reads them in its own process; the app in a thread, because whole
 * columns are turned over for a page of rows, and main must stay free for the window.
 */
import type { DatasetVersion, DataSetup, Leakage } from '../contract';
import type { SetupChoices } from '../data/columns';
import { compareVersions } from '../data/compare';
import { describeSetup } from '../data/describe';
import { readLeftOut, type LeftOutQuery } from '../data/left-out';
import { readLeakage } from '../data/duplicates/leakage';
import { countLabels, readLabelRows, renameEdits, type LabelOverlay } from '../data/labels';
import type { LibraryPaths } from '../data/paths';
import { readOriginal } from '../data/originals';
import { readPictures } from '../data/pictures';
import { readClip, readWaveforms } from '../data/sounds/clips';
import { readSoundFile } from '../data/sounds/from-file';
import { previewSteps } from '../data/preview';
import { readReport } from '../data/quality/report-file';
import { readRowsAt } from '../data/rows-at';
import { divideRows } from '../data/target';
import { readRowIndices, readRows, type RowsQuery } from '../data/rows';

export interface DataReader {
  /** @throws CodedError as `describeSetup` */
  describe(version: DatasetVersion, setup: SetupChoices): ReturnType<typeof describeSetup>;
  /** @throws CodedError as `readRows` */
  rows(version: DatasetVersion, query: RowsQuery): ReturnType<typeof readRows>;
  leftOut(versionId: string, query: LeftOutQuery): ReturnType<typeof readLeftOut>;
  /** @throws CodedError as `previewSteps` */
  preview(
    version: DatasetVersion,
    setup: DataSetup,
    column: string,
    rows: readonly number[],
  ): ReturnType<typeof previewSteps>;
  qualityReport(versionId: string): ReturnType<typeof readReport>;
  rowsAt(version: DatasetVersion, rows: readonly number[]): ReturnType<typeof readRowsAt>;
  /** @throws CodedError as `readRowIndices` */
  rowIndices(version: DatasetVersion, query: RowsQuery): ReturnType<typeof readRowIndices>;
  /** @throws CodedError as `readPictures` */
  pictures(
    version: DatasetVersion,
    column: string,
    rows: readonly number[],
    side?: number,
  ): ReturnType<typeof readPictures>;
  /** @throws CodedError as `readOriginal` */
  original(version: DatasetVersion, column: string, row: number, offset: number): ReturnType<typeof readOriginal>;
  /** @throws CodedError as `readWaveforms` */
  waveforms(version: DatasetVersion, column: string, rows: readonly number[]): ReturnType<typeof readWaveforms>;
  /** @throws CodedError as `readClip` */
  sound(version: DatasetVersion, column: string, row: number): ReturnType<typeof readClip>;
  /** A person's file, of any sound that can be imported. @throws CodedError as `readSoundFile` */
  soundFile(path: string): ReturnType<typeof readSoundFile>;
  /** @throws CodedError as `compareVersions` */
  compare(from: DatasetVersion, to: DatasetVersion, target: string | null): ReturnType<typeof compareVersions>;
  /** Null where duplicates have not been looked for. @throws CodedError as `divideRows` */
  leakage(version: DatasetVersion, setup: SetupChoices): Promise<Leakage | null>;
  countLabels(version: DatasetVersion, overlay: LabelOverlay): ReturnType<typeof countLabels>;
  labelRows(
    version: DatasetVersion,
    overlay: LabelOverlay,
    which: 'all' | 'unlabelled',
  ): ReturnType<typeof readLabelRows>;
  /** @throws CodedError as `renameEdits` */
  renameEdits(
    version: DatasetVersion,
    overlay: LabelOverlay,
    from: readonly string[],
    to: string,
  ): ReturnType<typeof renameEdits>;
}

/** Reads in this thread. */
export function readHere(library: LibraryPaths): DataReader {
  return {
    describe: (version, setup) => describeSetup(library, version, setup),
    rows: (version, query) => readRows(library, version, query),
    leftOut: (versionId, query) => readLeftOut(library, versionId, query),
    qualityReport: (versionId) => readReport(library, versionId),
    rowsAt: (version, rows) => readRowsAt(library, version, rows),
    pictures: (version, column, rows, side) => readPictures(library, version, column, rows, side),
    original: (version, column, row, offset) => readOriginal(library, version, column, row, offset),
    waveforms: (version, column, rows) => readWaveforms(library, version, column, rows),
    sound: (version, column, row) => readClip(library, version, column, row),
    soundFile: (path) => readSoundFile(path),
    rowIndices: (version, query) => readRowIndices(library, version, query),
    compare: (from, to, target) => compareVersions(library, from, to, target),
    leakage: async (version, setup) =>
      readLeakage(library, version, setup, (await divideRows(library, version, setup)).parts),
    countLabels: (version, overlay) => countLabels(library, version, overlay),
    labelRows: (version, overlay, which) => readLabelRows(library, version, overlay, which),
    renameEdits: (version, overlay, from, to) => renameEdits(library, version, overlay, from, to),
    preview: (version, setup, column, rows) => previewSteps(library, version, setup, column, rows),
  };
}
