/** Export of labels: a version with the edits over it → a file or a folder that other tools read, and this app again. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { exportLabelsInputSchema, type DatasetVersion, type ExportLabelsResult } from '../../contract';
import { applyEdit, newEditState, type EditState } from '../../data/edit-state';
import { writePictures } from '../../data/export-pictures';
import { exportWork, writeExport } from '../../data/export-writer';
import { countLabels, gatherLabels } from '../../data/label-data';
import { labelFormats } from '../../data/label-format';
import { getVersion } from '../../storage/datasets';
import { listEdits } from '../../storage/edits';
import type { Library } from '../../storage/library';
import { findProjectByDataset } from '../../storage/projects';
import { EXPORT_NOTE, type UnfinishedExport } from '../../storage/unfinished';
import { defineJob } from '../definition';

/** SQLite's word for no limit. */
const ALL = -1;

export const exportLabelsJob = defineJob({
  kind: 'export-labels',
  input: exportLabelsInputSchema,
  async run(input, { jobId, library, signal, progress }): Promise<ExportLabelsResult> {
    const version = getVersion(library.db, input.versionId);
    const format = labelFormats.get(input.format);
    const hasPictures = input.pictures && format.isOfBoxes;
    const target = findProjectByDataset(library.db, version.datasetId)?.data?.target ?? null;
    progress({ stage: 'export', done: 0, total: null, unit: 'rows' });
    const state = pendingState(library, version);
    const data = await gatherLabels({ library, version, state, format, columns: input.columns, target, hasPictures });
    const place = { place: input.place, isFolder: format.extension === null, replace: input.replace, jobId };
    // Killed while it writes, the next start finds by this note what to take away beside the place.
    const folder = join(library.paths.temporary, jobId);
    mkdirSync(folder, { recursive: true });
    try {
      const unfinished: UnfinishedExport = { work: exportWork(place) };
      writeFileSync(join(folder, EXPORT_NOTE), JSON.stringify(unfinished), { flush: true });
      await writeExport(place, signal, async (writer) => {
        await format.write(data, writer);
        if (hasPictures) await writePictures(library, version, data.pictures, writer, { signal, progress });
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return { place: basename(input.place), ...countLabels(data) };
  },
});

/** What the edits come to that no version was made of yet. */
function pendingState({ db }: Library, version: DatasetVersion): EditState {
  const state = newEditState(version.rowCount);
  for (const edit of listEdits(db, version.id, null, ALL)) applyEdit(state, edit);
  return state;
}
