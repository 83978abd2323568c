/** An export of which the next start finds, by a note, what to take away beside its place if it is killed while it writes. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportWork, writeExport, type ExportPlace, type ExportWriter } from '../data/export-writer';
import { EXPORT_NOTE, type UnfinishedExport } from '../storage/unfinished';
import type { JobContext } from './definition';

/**
 * @param write puts everything where the writer says; `folder` is the job's own, below the temporary one, and goes afterwards.
 * @throws CodedError as `writeExport`
 */
export async function notedExport(
  place: Omit<ExportPlace, 'jobId'>,
  { jobId, library, signal }: Pick<JobContext, 'jobId' | 'library' | 'signal'>,
  write: (writer: ExportWriter, folder: string) => Promise<void>,
): Promise<void> {
  const to = { ...place, jobId };
  const folder = join(library.paths.temporary, jobId);
  mkdirSync(folder, { recursive: true });
  try {
    const unfinished: UnfinishedExport = { work: exportWork(to) };
    writeFileSync(join(folder, EXPORT_NOTE), JSON.stringify(unfinished), { flush: true });
    await writeExport(to, signal, (writer) => write(writer, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
