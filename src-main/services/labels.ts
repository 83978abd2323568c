/** Labels: the edits are main's, the cells are read in the data thread, which gets the edits with the question. */
import type { ContractHandlers } from '../contract';
import { labelPlaceSchema, type LabelPlace } from '../contract/domains/labels';
import { overlayOf } from '../data/labels';
import { getVersion } from '../storage/datasets';
import { getPreference, setPreference } from '../storage/preferences';
import type { ServiceContext } from './context';
import type { PendingEditsReader } from './pending-edits';

const nowhere: LabelPlace = { column: null, kind: null, queue: null };
const placeKey = (projectId: string) => `label:${projectId}`;

export function labelsService(
  { library, data, notify }: ServiceContext,
  reader: PendingEditsReader,
): ContractHandlers['labels'] {
  const open = async (versionId: string, column: string) => {
    const version = getVersion(library.db, versionId);
    return { version, overlay: overlayOf(version, await reader.state(version), column) };
  };
  return {
    async counts({ versionId, column }) {
      const { version, overlay } = await open(versionId, column);
      return data.countLabels(version, overlay);
    },
    async rows({ versionId, column, which }) {
      const { version, overlay } = await open(versionId, column);
      return data.labelRows(version, overlay, which);
    },
    async rename({ versionId, column, from, to }) {
      const { version, overlay } = await open(versionId, column);
      const pending = await reader.append(version, await data.renameEdits(version, overlay, from, to));
      notify('versions-changed');
      return pending;
    },
    place: ({ projectId }) => getPreference(library.db, placeKey(projectId), labelPlaceSchema, nowhere),
    keepPlace: ({ projectId, ...place }) => setPreference(library.db, placeKey(projectId), place),
  };
}
