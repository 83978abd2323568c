/** Datasets, page by page; the files are read by `data`. */
import type { ContractHandlers } from '../contract';
import { getVersion, listDatasets } from '../storage/datasets';
import type { ServiceContext } from './context';

export function datasetsService({ library, data }: ServiceContext): ContractHandlers['datasets'] {
  const { db } = library;
  return {
    list: () => listDatasets(db),
    version: ({ id }) => getVersion(db, id),
    describe: (setup) => data.describe(getVersion(db, setup.versionId), setup),
    rows: (query) => data.rows(getVersion(db, query.setup.versionId), query),
    preview: ({ setup, column, rows }) => data.preview(getVersion(db, setup.versionId), setup, column, rows),
    pictures: ({ versionId, column, rows }) => data.pictures(getVersion(db, versionId), column, rows),
  };
}
