/**
 * Edit: a version and the edits that are pending over it → the next version, on which the projects go on. All lies in the
 * job's own folder until one transaction at the end keeps the version and ends the journal: killed at any moment, the edits
 * are pending or the version is there, never both and never neither.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError, editInputSchema, type JournaledEdit } from '../../contract';
import { stageEdited } from '../../data/edited-version';
import { applyEdit, newEditState } from '../../data/edit-state';
import { durableTransaction } from '../../storage/database';
import { findVersionBySource, getVersion, insertVersion, nextVersionNumber } from '../../storage/datasets';
import { forgetEdits, journalStamp, listEdits, type JournalStamp } from '../../storage/edits';
import { newId } from '../../storage/ids';
import { moveProjects } from '../../storage/versions';
import { defineJob, type JobContext } from '../definition';
import { keepVersion } from '../keep-version';

/** SQLite's word for no limit. */
const ALL = -1;
/** How often a version is begun anew because its base was edited meanwhile. */
const MOST_ATTEMPTS = 3;

/** The journal is another than the one that the version was made of. */
class JournalChanged extends Error {}

export const editJob = defineJob({
  kind: 'edit',
  input: editInputSchema,
  async run({ versionId }, context) {
    const base = getVersion(context.library.db, versionId);
    let sha256 = '';
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const stamp = journalStamp(context.library.db, versionId);
      const edits = listEdits(context.library.db, versionId, null, ALL);
      if (edits.length === 0) return { versionId: madeBefore(base.datasetName, sha256, context) };
      sha256 = nameEdits(base.source.sha256, edits);
      try {
        return { versionId: await makeVersion(versionId, { edits, stamp, sha256 }, context) };
      } catch (error) {
        if (!(error instanceof JournalChanged)) throw error;
      }
    }
    throw new CodedError('edits-changing', { dataset: base.datasetName });
  },
});

/** Where the journal is empty, another job has made the version in the meantime. @throws CodedError `edits-none` */
function madeBefore(dataset: string, sha256: string, { library }: JobContext): string {
  const made = findVersionBySource(library.db, sha256);
  if (!made) throw new CodedError('edits-none', { dataset });
  return made.id;
}

/** One sha256 for a version's content and edits over it. No file has it, so that no import finds the version as its own. */
function nameEdits(base: string, edits: readonly JournaledEdit[]): string {
  const hash = createHash('sha256').update(base);
  for (const { edit, rows } of edits) {
    hash.update(`\n${JSON.stringify(edit)}\n`).update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
  }
  return hash.digest('hex');
}

interface Journal {
  readonly edits: readonly JournaledEdit[];
  readonly stamp: JournalStamp;
  readonly sha256: string;
}

/** @returns the version's id: the new one, one that these edits made before, or the base where they come to nothing. */
async function makeVersion(baseId: string, journal: Journal, context: JobContext): Promise<string> {
  const { db, paths } = context.library;
  const base = getVersion(db, baseId);
  const known = findVersionBySource(db, journal.sha256);
  if (known?.datasetId === base.datasetId) return endJournal(baseId, known.id, journal.stamp, context);
  const state = newEditState(base.rowCount);
  for (const edit of journal.edits) applyEdit(state, edit);
  const folder = join(paths.temporary, context.jobId);
  mkdirSync(folder, { recursive: true });
  try {
    const versionId = newId();
    const request = { library: context.library, base, state, versionId, sha256: journal.sha256, folder };
    const staged = await stageEdited(request, context);
    if (!staged) return endJournal(baseId, baseId, journal.stamp, context);
    const { version, changes, library } = staged;
    return keepVersion({ versionId, library, blobs: [], folder }, context, () => {
      const number = nextVersionNumber(db, base.datasetId);
      insertVersion(db, { ...version, number }, { parentId: baseId, changes });
      return finish(baseId, versionId, journal.stamp, context);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function endJournal(baseId: string, versionId: string, stamp: JournalStamp, context: JobContext): string {
  return durableTransaction(context.library.db, () => finish(baseId, versionId, stamp, context));
}

/** Within the transaction that keeps the version. */
function finish(baseId: string, versionId: string, stamp: JournalStamp, { library: { db } }: JobContext): string {
  const now = journalStamp(db, baseId);
  if (JSON.stringify(now) !== JSON.stringify(stamp)) throw new JournalChanged();
  forgetEdits(db, baseId);
  if (versionId !== baseId) moveProjects(db, baseId, getVersion(db, versionId));
  return versionId;
}
