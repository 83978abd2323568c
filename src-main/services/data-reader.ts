/**
 * What services ask of a version's files. The terminal reads them in its own process; the app in a thread, because whole
 * columns are turned over for a page of rows, and main must stay free for the window.
 */
import type { DatasetVersion, DataSetup } from '../contract';
import type { SetupChoices } from '../data/columns';
import { describeSetup } from '../data/describe';
import type { LibraryPaths } from '../data/paths';
import { readPictures } from '../data/pictures';
import { previewSteps } from '../data/preview';
import { readRows, type RowsQuery } from '../data/rows';

export interface DataReader {
  /** @throws CodedError as `describeSetup` */
  describe(version: DatasetVersion, setup: SetupChoices): ReturnType<typeof describeSetup>;
  /** @throws CodedError as `readRows` */
  rows(version: DatasetVersion, query: RowsQuery): ReturnType<typeof readRows>;
  /** @throws CodedError as `previewSteps` */
  preview(
    version: DatasetVersion,
    setup: DataSetup,
    column: string,
    rows: readonly number[],
  ): ReturnType<typeof previewSteps>;
  /** @throws CodedError as `readPictures` */
  pictures(version: DatasetVersion, column: string, rows: readonly number[]): ReturnType<typeof readPictures>;
}

/** Reads in this thread. */
export function readHere(library: LibraryPaths): DataReader {
  return {
    describe: (version, setup) => describeSetup(library, version, setup),
    rows: (version, query) => readRows(library, version, query),
    preview: (version, setup, column, rows) => previewSteps(library, version, setup, column, rows),
    pictures: (version, column, rows) => readPictures(library, version, column, rows),
  };
}
