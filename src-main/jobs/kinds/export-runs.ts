/** Export of runs into a folder that another tool reads. */
import { basename } from 'node:path';
import { exportRunsInputSchema, CodedError, type ExportRunsResult } from '../../contract';
import { runFormats, type ExportedRun } from '../../catalog';
import { safePath, TakenNames } from '../../data/safe-names';
import { getVersion } from '../../storage/datasets';
import type { Library } from '../../storage/library';
import { getProject } from '../../storage/projects';
import { runHistory } from '../../storage/runs';
import { tagsOf } from '../../storage/run-summaries';
import { defineJob } from '../definition';
import { notedExport } from '../noted-export';

export const exportRunsJob = defineJob({
  kind: 'export-runs',
  input: exportRunsInputSchema,
  async run({ ids, format: formatId, place }, context): Promise<ExportRunsResult> {
    const { library, signal, progress } = context;
    const format = runFormats.get(formatId);
    const taken = new TakenNames();
    await notedExport({ place, isFolder: true, replace: false }, context, async (writer) => {
      for (const [at, id] of ids.entries()) {
        signal.throwIfAborted();
        progress({ stage: 'export-runs', done: at, total: ids.length, unit: 'runs' });
        const run = exportedRun(library, id, taken);
        for (const { path, content } of format.files(run, place)) await writer.file(path, content);
      }
    });
    return { place: basename(place), runs: ids.length };
  },
});

function exportedRun({ db }: Library, id: string, taken: TakenNames): ExportedRun {
  const history = runHistory(db, id);
  const { name, projectId, data } = history.run;
  return {
    ...history,
    tags: tagsOf(db, id),
    folder: taken.take(safePath(name.replaceAll(/[/\\]/g, '-')) || 'run'),
    projectName: getProject(db, projectId).name,
    dataSha256: shaOf({ db }, data.versionId),
  };
}

/** Null where the version was deleted since. */
function shaOf({ db }: Pick<Library, 'db'>, versionId: string): string | null {
  try {
    return getVersion(db, versionId).source.sha256;
  } catch (error) {
    if (error instanceof CodedError && error.code === 'not-found') return null;
    throw error;
  }
}
