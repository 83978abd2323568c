/** Export of runs or a project with all that they need, as one file that another library opens. */
import { basename } from 'node:path';
import { version as app } from '../../../package.json';
import {
  CodedError,
  exportPortableInputSchema,
  type DataSetup,
  type ExportPortableInput,
  type ExportPortableResult,
} from '../../contract';
import type { Library } from '../../storage/library';
import { getProject, type StoredProject } from '../../storage/projects';
import { getRun, listRuns } from '../../storage/runs';
import { defineJob, type JobContext } from '../definition';
import { notedExport } from '../noted-export';
import { gatherDataset } from '../portable/gather-data';
import { gatherRun } from '../portable/gather-runs';
import { PartFiles } from '../portable/part-files';
import { portableFormat, portableVersion, type ProjectPart } from '../portable/parts';
import { writePortable } from '../portable/write-file';

export const exportPortableJob = defineJob({
  kind: 'export-portable',
  input: exportPortableInputSchema,
  async run(input, context): Promise<ExportPortableResult> {
    const { project, runIds } = chosen(context.library, input.subject);
    let bytes = 0;
    const place = { place: input.place, isFolder: false, replace: input.replace };
    await notedExport(place, context, async (writer, folder) => {
      const parts = new PartFiles(folder, context);
      await gather(parts, { ...input, project, runIds }, context);
      const made = { format: portableFormat, version: portableVersion, app, made: Date.now() } as const;
      const manifest = { ...made, kind: input.subject.kind, name: project.name };
      bytes = await writePortable(manifest, parts.all, writer, context);
    });
    return { place: basename(input.place), runs: runIds.length, bytes };
  },
});

/** @throws CodedError `not-found`, `portable-several-projects` */
function chosen({ db }: Library, subject: ExportPortableInput['subject']) {
  if (subject.kind === 'project') {
    const project = getProject(db, subject.id);
    return { project, runIds: listRuns(db, project.id).map(({ id }) => id) };
  }
  const runs = subject.ids.map((id) => getRun(db, id));
  const [projectId = '', ...others] = new Set(runs.map((run) => run.projectId));
  if (others.length > 0) throw new CodedError('portable-several-projects', { count: others.length + 1 });
  return { project: getProject(db, projectId), runIds: runs.map(({ id }) => id) };
}

interface Chosen extends Pick<ExportPortableInput, 'subject' | 'data'> {
  readonly project: StoredProject;
  readonly runIds: readonly string[];
}

async function gather(parts: PartFiles, asked: Chosen, { library, progress, signal }: JobContext): Promise<void> {
  const { project, runIds, subject, data } = asked;
  const isWhole = subject.kind === 'project';
  const { id, name, network, settings } = project;
  await parts.json('project.json', { id, name, data: project.data, network, settings } satisfies ProjectPart);
  const setups: (DataSetup | null)[] = runIds.map((runId) => getRun(library.db, runId).data);
  // Runs alone need their own data, not what the project has turned to since.
  const used = isWhole || setups.length === 0 ? [project.data, ...setups] : setups;
  const versionIds = [...new Set(used.flatMap((setup) => setup?.versionId ?? []))];
  if (versionIds.length === 0) versionIds.push(latestVersion(library, project.datasetId));
  await gatherDataset(parts, library, { datasetId: project.datasetId, versionIds, data, edits: isWhole });
  for (const [place, runId] of runIds.entries()) {
    signal.throwIfAborted();
    progress({ stage: 'export-runs', done: place, total: runIds.length, unit: 'runs' });
    await gatherRun(parts, library, runId, `runs/${place}`);
  }
}

/** Of a project in which no target has been chosen yet. */
function latestVersion({ db }: Library, datasetId: string): string {
  const sql = 'SELECT id FROM versions WHERE dataset_id = ? ORDER BY number DESC LIMIT 1';
  const found = db.prepare<[string], string>(sql).pluck().get(datasetId);
  if (found === undefined) throw new CodedError('not-found', { what: 'dataset version', id: datasetId });
  return found;
}
