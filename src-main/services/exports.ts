/** Exports of runs and projects, and the import of what was exported: where to, and the jobs that do it. */
import { basename } from 'node:path';
import { runFormats } from '../catalog';
import {
  CodedError,
  exportPortableResultSchema,
  exportRunsResultSchema,
  importPortableResultSchema,
  type ContractHandlers,
  type ExportPortableInput,
  type ExportRunsInput,
  type Job,
} from '../contract';
import { getProject } from '../storage/projects';
import { getRun } from '../storage/runs';
import type { ServiceContext } from './context';

export function exportsService(context: ServiceContext): ContractHandlers['exports'] {
  const { files, shell, supervisor, notify } = context;
  return {
    async pickPlace({ name, extension }) {
      if (!shell) throw new CodedError('call-unknown', { name: 'exports.pickPlace' });
      const place = await shell.pickPlace(name, extension);
      return place === null ? null : { place: files.grant(place), name: basename(place) };
    },
    startPortable: ({ place, ...input }) => {
      return { jobId: startPortableExport(context, { ...input, place: files.path(place), replace: true }).id };
    },
    portableResult: async ({ jobId }) => exportPortableResultSchema.parse(await supervisor.result(jobId)),
    startImport: ({ file }) => ({ jobId: startPortableImport(context, files.path(file)).id }),
    async importResult({ jobId }) {
      const result = importPortableResultSchema.parse(await supervisor.result(jobId));
      for (const notice of ['versions-changed', 'projects-changed', 'runs-changed'] as const) notify(notice);
      return result;
    },
    startRuns: ({ place, ...input }) => ({
      jobId: startRunsExport(context, { ...input, place: files.path(place) }).id,
    }),
    runsResult: async ({ jobId }) => exportRunsResultSchema.parse(await supervisor.result(jobId)),
  };
}

/** @throws CodedError `not-found` */
export function startPortableExport({ library: { db }, supervisor }: ServiceContext, input: ExportPortableInput): Job {
  const { subject } = input;
  const { id, name } = subject.kind === 'project' ? getProject(db, subject.id) : getRun(db, subject.ids[0] ?? '');
  return supervisor.start({ kind: 'export-portable', input, subject: name, subjectId: id });
}

/** @param path absolute */
export function startPortableImport({ supervisor }: ServiceContext, path: string): Job {
  return supervisor.start({ kind: 'import-portable', input: { path }, subject: basename(path), subjectId: null });
}

/** @throws CodedError `not-found`, `definition-unknown` */
export function startRunsExport({ library: { db }, supervisor }: ServiceContext, input: ExportRunsInput): Job {
  runFormats.get(input.format);
  const { id, name } = getRun(db, input.ids[0] ?? '');
  return supervisor.start({ kind: 'export-runs', input, subject: name, subjectId: id });
}
