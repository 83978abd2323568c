/** Jobs as a person sees them: imports to start, all to follow. A process that waits for questions is no job to them. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { samples } from '../catalog';
import {
  appendResultSchema,
  CodedError,
  importEndSchema,
  isSilentJob,
  type AppendInput,
  type ContractHandlers,
  type ImportInput,
  type Job,
} from '../contract';
import { getVersion } from '../storage/datasets';
import { discardImport, importInput, keptUntil, listInterruptedImports } from '../storage/interrupted-imports';
import { listJobs } from '../storage/jobs';
import type { ServiceContext } from './context';
import { usedVersion } from './edits';

const shown = 100;

type StartSource = Parameters<ContractHandlers['jobs']['startImport']>[0]['source'];

export function jobsService(context: ServiceContext): ContractHandlers['jobs'] {
  const { library, supervisor, files, notify } = context;
  const granted = (source: StartSource): ImportInput['source'] => {
    if (source.kind === 'file') return { kind: 'file', path: files.path(source.file) };
    return source.kind === 'files' ? { kind: 'files', paths: source.files.map((file) => files.path(file)) } : source;
  };
  return {
    list() {
      const running = new Map(supervisor.running().map((job) => [job.id, job]));
      // Progress of running jobs lives with the supervisor, not in their rows.
      return listJobs(library.db, shown)
        .map((job) => running.get(job.id) ?? job)
        .filter((job) => !isSilentJob(job));
    },
    command: ({ id, command }) => supervisor.command(id, command),
    startImport({ source, ...said }) {
      return { jobId: startImport(supervisor, { ...said, source: granted(source) }).id };
    },
    interruptedImports: () => listInterruptedImports(library.db).map((job) => ({ job, keptUntil: keptUntil(job) })),
    continueImport: async ({ id }) => ({ jobId: (await continueImport(context, id)).id }),
    discardImport: ({ id }) => {
      discardImport(library, id);
      notify('jobs-changed');
    },
    startOver: ({ id, reading }) => {
      const input = importInput(library.db, id);
      return { jobId: startImport(supervisor, reading ? { ...input, reading } : input).id };
    },
    startAppend: async ({ source, versionId }) => ({
      jobId: (await startAppend(context, { source: granted(source), versionId })).id,
    }),
    async appendResult({ jobId }) {
      const result = appendResultSchema.parse(await supervisor.result(jobId));
      notify('versions-changed');
      notify('projects-changed');
      return result;
    },
    importResult: async ({ jobId }) => importEndSchema.parse(await supervisor.result(jobId)),
  };
}

/** @throws CodedError `not-found`; of the edits that are pending over the version */
export async function startAppend(context: ServiceContext, input: AppendInput): Promise<Job> {
  const versionId = await usedVersion(context, input.versionId);
  const { datasetId, datasetName } = getVersion(context.library.db, versionId);
  const started = { kind: 'append', input: { ...input, versionId }, subject: datasetName, subjectId: datasetId };
  return context.supervisor.start(started);
}

/** @throws CodedError `import-not-interrupted`; `import-source-missing`, after which it can still go on */
export async function continueImport({ library, supervisor }: ServiceContext, id: string): Promise<Job> {
  if (!listInterruptedImports(library.db).some((job) => job.id === id)) {
    throw new CodedError('import-not-interrupted', { id });
  }
  const { source } = importInput(library.db, id);
  const paths = source.kind === 'files' ? source.paths : source.kind === 'file' ? [source.path] : [];
  for (const path of paths) {
    await stat(path).catch((error: unknown) => {
      throw new CodedError('import-source-missing', { file: basename(path) }, error);
    });
  }
  return supervisor.continueImport(id);
}

/** @throws CodedError `definition-unknown` for a sample that there is not */
export function startImport(supervisor: ServiceContext['supervisor'], input: ImportInput): Job {
  const { source } = input;
  const first = source.kind === 'files' ? (source.paths[0] ?? '') : source.kind === 'file' ? source.path : '';
  const own = source.kind === 'sample' ? samples.get(source.id).label.en : basename(first);
  return supervisor.start({ kind: 'import', input, subject: input.name ?? own, subjectId: null });
}
