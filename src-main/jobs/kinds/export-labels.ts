/** Export of labels: a version with the edits over it → a file or a folder that other tools read, and this app again. */
import { basename } from 'node:path';
import { exportLabelsInputSchema, type DatasetVersion, type ExportLabelsResult } from '../../contract';
import { applyEdit, newEditState, type EditState } from '../../data/edit-state';
import { writePictures } from '../../data/export-pictures';
import { countLabels, gatherLabels } from '../../data/label-data';
import { labelFormats } from '../../data/label-format';
import { getVersion } from '../../storage/datasets';
import { listEdits } from '../../storage/edits';
import type { Library } from '../../storage/library';
import { findProjectByDataset } from '../../storage/projects';
import { defineJob } from '../definition';
import { notedExport } from '../noted-export';

/** SQLite's word for no limit. */
const ALL = -1;

export const exportLabelsJob = defineJob({
  kind: 'export-labels',
  input: exportLabelsInputSchema,
  async run(input, context): Promise<ExportLabelsResult> {
    const { library, signal, progress } = context;
    const version = getVersion(library.db, input.versionId);
    const format = labelFormats.get(input.format);
    const hasPictures = input.pictures && format.isOfBoxes;
    const target = findProjectByDataset(library.db, version.datasetId)?.data?.target ?? null;
    progress({ stage: 'export', done: 0, total: null, unit: 'rows' });
    const state = pendingState(library, version);
    const data = await gatherLabels({ library, version, state, format, columns: input.columns, target, hasPictures });
    const place = { place: input.place, isFolder: format.extension === null, replace: input.replace };
    await notedExport(place, context, async (writer) => {
      await format.write(data, writer);
      if (hasPictures) await writePictures(library, version, data.pictures, writer, { signal, progress });
    });
    return { place: basename(input.place), ...countLabels(data) };
  },
});

/** What the edits come to that no version was made of yet. */
function pendingState({ db }: Library, version: DatasetVersion): EditState {
  const state = newEditState(version.rowCount);
  for (const edit of listEdits(db, version.id, null, ALL)) applyEdit(state, edit);
  return state;
}
