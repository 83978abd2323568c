/** Reports of runs: drafts in the library, pages from a process of their own, and files of those where a person says. */
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { CodedError, reportSchema, type ContractHandlers, type ReportQuestion } from '../contract';
import { writeExport } from '../data/export-writer';
import { newId } from '../storage/ids';
import { getPreference, setPreference } from '../storage/preferences';
import { getProject } from '../storage/projects';
import type { ServiceContext } from './context';
import { KeptJob } from './kept-job';

export function reportsService(context: ServiceContext): ContractHandlers['reports'] {
  const { library, supervisor, shell } = context;
  const { db } = library;
  const job = new KeptJob(supervisor, { kind: 'report', input: {}, subject: '', subjectId: null });
  const write = async (question: ReportQuestion) => z.string().parse(await job.ask(question));
  const keyOf = (projectId: string) => `report of ${getProject(db, projectId).id}`;
  return {
    draft: ({ projectId }) => getPreference(db, keyOf(projectId), reportSchema.nullable(), null),
    saveDraft: ({ projectId, report }) => setPreference(db, keyOf(projectId), report),
    html: write,
    async save({ form, ...question }) {
      if (!shell) throw new CodedError('call-unknown', { name: 'reports.save' });
      const { title } = question.report;
      const place = await shell.pickPlace(title.trim().slice(0, 100) || 'report', form);
      if (place === null) return null;
      const page = await write(question);
      await saveReport(place, form === 'pdf' ? await shell.printPdf(page) : page);
      return basename(place);
    },
  };
}

/** Whole or not at all. @throws CodedError as `writeExport` */
export async function saveReport(place: string, content: string | Uint8Array, replace = true): Promise<void> {
  const to = { place, isFolder: false, replace, jobId: newId() };
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  await writeExport(to, new AbortController().signal, (writer) => writer.stream(Readable.from([bytes])));
}
