/** Datasets, page by page; the files are read by `data`. */
import { findings } from '../catalog';
import type { ContractHandlers } from '../contract';
import { getVersion, listDatasets, setFinding } from '../storage/datasets';
import { describeRemoval, removeVersion } from '../storage/version-files';
import { listVersions } from '../storage/versions';
import type { ServiceContext } from './context';

export function datasetsService({ library, data, notify }: ServiceContext): ContractHandlers['datasets'] {
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
    original: ({ versionId, column, row }) => data.original(getVersion(db, versionId), column, row),
    waveforms: ({ versionId, column, rows }) => data.waveforms(getVersion(db, versionId), column, rows),
    sound: ({ versionId, column, row }) => data.sound(getVersion(db, versionId), column, row),
    rowIndices: (query) => data.rowIndices(getVersion(db, query.setup.versionId), query),
    versions: ({ datasetId }) => listVersions(db, datasetId),
    compare: ({ from, to, target }) => data.compare(getVersion(db, from), getVersion(db, to), target),
    removal: ({ versionId }) => describeRemoval(library, versionId),
    async remove({ versionId }) {
      const removal = await removeVersion(library, versionId);
      notify('versions-changed');
      return removal;
    },
    preview: ({ setup, column, rows }) => data.preview(getVersion(db, setup.versionId), setup, column, rows),
  };
}
