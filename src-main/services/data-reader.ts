/**
 * What services ask of a version's files. The terminal reads them in its own process; the app in a thread, because whole
 * columns are turned over for a page of rows, and main must stay free for the window.
 */
import type { DatasetVersion, DataSetup, Leakage } from '../contract';
import { readMerge, readProposals, readReplay } from '../data/assist/assist-files';
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
import { readColumnProfile } from '../data/profiles/column';
import { Kept } from '../data/profiles/kept';
import { readPictureSizes } from '../data/profiles/picture-sizes';
import { readRelations } from '../data/profiles/relations';
import { readSeriesLines, type SeriesQuery } from '../data/profiles/series';
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
  /** Null where none were made. */
  proposals(versionId: string, column: string): ReturnType<typeof readProposals>;
  replay(versionId: string, column: string): ReturnType<typeof readReplay>;
  merge(versionId: string, column: string): ReturnType<typeof readMerge>;
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
  /** @throws CodedError as `readRelations` */
  relations(version: DatasetVersion, setup: DataSetup): ReturnType<typeof readRelations>;
  /** @throws CodedError as `readColumnProfile` */
  columnProfile(version: DatasetVersion, setup: DataSetup, column: string): ReturnType<typeof readColumnProfile>;
  pictureSizes(version: DatasetVersion): ReturnType<typeof readPictureSizes>;
  /** @throws CodedError as `readSeriesLines` */
  series(version: DatasetVersion, query: SeriesQuery): ReturnType<typeof readSeriesLines>;
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
  const kept = new Kept();
  return {
    describe: (version, setup) => describeSetup(library, version, setup),
    rows: (version, query) => readRows(library, version, query),
    leftOut: (versionId, query) => readLeftOut(library, versionId, query),
    qualityReport: (versionId) => readReport(library, versionId),
    proposals: (versionId, column) => readProposals(library, { versionId, column }),
    replay: (versionId, column) => readReplay(library, { versionId, column }),
    merge: (versionId, column) => readMerge(library, { versionId, column }),
    rowsAt: (version, rows) => readRowsAt(library, version, rows),
    pictures: (version, column, rows, side) => readPictures(library, version, column, rows, side),
    original: (version, column, row, offset) => readOriginal(library, version, column, row, offset),
    waveforms: (version, column, rows) => readWaveforms(library, version, column, rows),
    sound: (version, column, row) => readClip(library, version, column, row),
    soundFile: (path) => readSoundFile(path),
    rowIndices: (version, query) => readRowIndices(library, version, query),
    compare: (from, to, target) => compareVersions(library, from, to, target),
    relations: (version, setup) => {
      const { versionId, target, task, types } = setup;
      return kept.get(['relations', versionId, target, task, types], () => readRelations(library, version, setup));
    },
    columnProfile: (version, setup, column) => {
      const { versionId, target, task, types } = setup;
      const key = ['column', versionId, target, task, types, column];
      return kept.get(key, () => readColumnProfile(library, version, setup, column));
    },
    pictureSizes: (version) => kept.get(['sizes', version.id], () => readPictureSizes(library, version)),
    series: (version, query) => readSeriesLines(library, version, query),
    leakage: async (version, setup) =>
      readLeakage(library, version, setup, (await divideRows(library, version, setup)).parts),
    countLabels: (version, overlay) => countLabels(library, version, overlay),
    labelRows: (version, overlay, which) => readLabelRows(library, version, overlay, which),
    renameEdits: (version, overlay, from, to) => renameEdits(library, version, overlay, from, to),
    preview: (version, setup, column, rows) => previewSteps(library, version, setup, column, rows),
  };
}
