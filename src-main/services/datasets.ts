/** Datasets, page by page; the files are read by `data`. */
import { findings } from '../catalog';
import type { ContractHandlers } from '../contract';
import { getVersion, listDatasets, setFinding } from '../storage/datasets';
import type { ServiceContext } from './context';

export function datasetsService({ library, data }: ServiceContext): ContractHandlers['datasets'] {
  const { db } = library;
  return {
    list: () => listDatasets(db),
    version: ({ id }) => getVersion(db, id),
    setFinding({ datasetId, finding }) {
      if (finding !== null) findings.get(finding);
      setFinding(db, datasetId, finding);
    },
    describe: (setup) => data.describe(getVersion(db, setup.versionId), setup),
    rows: (query) => data.rows(getVersion(db, query.setup.versionId), query),
    leftOut: ({ versionId, ...query }) => data.leftOut(getVersion(db, versionId).id, query),
    pictures: ({ versionId, column, rows, side }) => data.pictures(getVersion(db, versionId), column, rows, side),
  };
}
