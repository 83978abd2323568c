/** Datasets, page by page; the files are read by `data`. */
import type { ContractHandlers } from '../contract';
import { describeSetup } from '../data/describe';
import { readPictures } from '../data/pictures';
import { readRows } from '../data/rows';
import { getVersion, listDatasets } from '../storage/datasets';
import type { ServiceContext } from './context';

export function datasetsService({ library }: ServiceContext): ContractHandlers['datasets'] {
  const { db } = library;
  return {
    list: () => listDatasets(db),
    version: ({ id }) => getVersion(db, id),
    describe: (setup) => describeSetup(library, getVersion(db, setup.versionId), setup),
    rows: (query) => readRows(library, getVersion(db, query.setup.versionId), query),
    pictures: ({ versionId, column, rows }) => readPictures(library, getVersion(db, versionId), column, rows),
  };
}
