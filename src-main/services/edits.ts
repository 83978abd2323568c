/** Edits of data: journaled, shown, undone, and made into a version before the data is used. */
import { CodedError, editResultSchema, type ContractHandlers, type DataSetup, type PendingEdits } from '../contract';
import { editedRows } from '../data/edit-state';
import { getVersion } from '../storage/datasets';
import { journalStamp } from '../storage/edits';
import type { ServiceContext } from './context';
import type { PendingEditsReader } from './pending-edits';

export function editsService(context: ServiceContext, reader: PendingEditsReader): ContractHandlers['edits'] {
  const { library, supervisor, notify } = context;
  const { db } = library;
  const changed = async (pending: Promise<PendingEdits>): Promise<PendingEdits> => {
    const answer = await pending;
    notify('versions-changed');
    return answer;
  };
  return {
    pending: ({ versionId }) => reader.pending(getVersion(db, versionId)),
    append: ({ versionId, edits, continues }) =>
      changed(reader.append(getVersion(db, versionId), edits, continues ?? false)),
    undo: ({ versionId }) => changed(reader.undo(getVersion(db, versionId))),
    redo: ({ versionId }) => changed(reader.redo(getVersion(db, versionId))),
    clear: ({ versionId }) => changed(reader.clear(getVersion(db, versionId))),
    rows: async ({ versionId, rows }) => editedRows(await reader.state(getVersion(db, versionId)), rows),
    make: ({ versionId }) => ({ jobId: startEdit(context, versionId) }),
    made: async ({ jobId }) => editResultSchema.parse(await supervisor.result(jobId)),
  };
}

/** @throws CodedError `edits-none` */
function startEdit({ library, supervisor }: ServiceContext, versionId: string): string {
  const version = getVersion(library.db, versionId);
  const subject = version.datasetName;
  if (journalStamp(library.db, versionId).steps === 0) throw new CodedError('edits-none', { dataset: subject });
  const job = supervisor.start({ kind: 'edit', input: { versionId }, subject, subjectId: version.datasetId });
  return job.id;
}

/**
 * The version that the data of one is now: where edits are pending over it, one is made of them first.
 * @throws CodedError the job's own
 */
export async function usedVersion(context: ServiceContext, versionId: string): Promise<string> {
  if (journalStamp(context.library.db, versionId).steps === 0) return versionId;
  const made = await context.supervisor.result(startEdit(context, versionId));
  context.notify('versions-changed');
  return editResultSchema.parse(made).versionId;
}

/** A setup over the version that its data is now. @throws CodedError as `usedVersion` */
export async function usedSetup(context: ServiceContext, setup: DataSetup): Promise<DataSetup> {
  return { ...setup, versionId: await usedVersion(context, setup.versionId) };
}
