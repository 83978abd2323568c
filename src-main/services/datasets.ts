/** Datasets, page by page; the files are read by `data`. */
import { findings } from '../catalog';
import type { ContractHandlers, DatasetVersion } from '../contract';
import { editedMask } from '../data/edit-state';
import { columnsAsked, editedColumns } from '../data/row-overlay';
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
  /** Adds what pending edits say of the rows and columns that are asked of: the files of a version do not know. */
  async function withEdits(version: DatasetVersion, query: RowsQuery): Promise<RowsQuery> {
    const kinds = new Set((query.conditions ?? []).map(({ kind }) => kind));
    const asksOfRows = kinds.has('edited') || kinds.has('left-out');
    const columns = columnsAsked(version, query);
    if (!asksOfRows && columns.length === 0) return query;
    const state = await edits.state(version);
    const edited = editedColumns(state, columns);
    if (!asksOfRows) return { ...query, edited };
    return { ...query, edited, among: kinds.has('left-out') ? state.excluded : editedMask(state) };
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
