/** Datasets, page by page; the files are read by `data`. */
import { findings } from '../catalog';
import type { ContractHandlers, DatasetVersion } from '../contract';
import { editedMask } from '../data/edit-state';
import type { RowsQuery } from '../data/rows';
import { getVersion, listDatasets, setFinding } from '../storage/datasets';
import { describeRemoval, removeVersion } from '../storage/version-files';
import { listVersions } from '../storage/versions';
import type { ServiceContext } from './context';
import type { PendingEditsReader } from './pending-edits';

export function datasetsService(
  { library, data, notify }: ServiceContext,
  edits: PendingEditsReader,
): ContractHandlers['datasets'] {
  const { db } = library;
  /** Adds which rows pending edits allow, where that is asked: the files of a version do not know. */
  async function withEdits(version: DatasetVersion, query: RowsQuery): Promise<RowsQuery> {
    const asked = (query.conditions ?? []).filter(({ kind }) => kind === 'edited' || kind === 'left-out');
    if (asked.length === 0) return query;
    const state = await edits.state(version);
    return { ...query, among: asked.some(({ kind }) => kind === 'left-out') ? state.excluded : editedMask(state) };
  }
  return {
    list: () => listDatasets(db),
    version: ({ id }) => getVersion(db, id),
    setFinding({ datasetId, finding }) {
      if (finding !== null) findings.get(finding);
      setFinding(db, datasetId, finding);
    },
    describe: (setup) => data.describe(getVersion(db, setup.versionId), setup),
    async rows(query) {
      const version = getVersion(db, query.setup.versionId);
      return data.rows(version, await withEdits(version, query));
    },
    leftOut: ({ versionId, ...query }) => data.leftOut(getVersion(db, versionId).id, query),
    pictures: ({ versionId, column, rows, side }) => data.pictures(getVersion(db, versionId), column, rows, side),
    original: ({ versionId, column, row, offset }) => data.original(getVersion(db, versionId), column, row, offset),
    waveforms: ({ versionId, column, rows }) => data.waveforms(getVersion(db, versionId), column, rows),
    sound: ({ versionId, column, row }) => data.sound(getVersion(db, versionId), column, row),
    async rowIndices(query) {
      const version = getVersion(db, query.setup.versionId);
      return data.rowIndices(version, await withEdits(version, query));
    },
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
