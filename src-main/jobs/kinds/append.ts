/**
 * Append: files, or what was recorded, as further rows of a version → the dataset's next version, on which the projects go on.
 * All lies in the job's own folder until one transaction at the end: killed at any moment, the rows are there or they are not.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { appendInputSchema, CodedError, type AppendResult, type VersionChanges } from '../../contract';
import { stageAppended } from '../../data/append/version';
import { stageVersion } from '../../data/stage';
import { durableTransaction } from '../../storage/database';
import { findVersionBySource, getVersion, insertVersion, nextVersionNumber } from '../../storage/datasets';
import { journalStamp } from '../../storage/edits';
import { newId } from '../../storage/ids';
import { listVersions, moveProjects } from '../../storage/versions';
import { defineJob, type JobContext } from '../definition';
import { keepVersion } from '../keep-version';
import { hashOf, resolveRequest } from './import';

export const appendJob = defineJob({
  kind: 'append',
  input: appendInputSchema,
  async run({ versionId: baseId, source }, context): Promise<AppendResult> {
    const { db, paths } = context.library;
    const base = getVersion(db, baseId);
    const request = await resolveRequest({ source, name: null, target: null }, context);
    const content = await hashOf(request, context);
    // No file has this sum, so that no import finds the version as its own.
    const sha256 = createHash('sha256').update(`${base.source.sha256}\nappend\n${content}`).digest('hex');
    const known = findVersionBySource(db, sha256);
    if (known?.datasetId === base.datasetId) {
      durableTransaction(db, () => moveProjects(db, baseId, known));
      const changes = listVersions(db, known.datasetId).find(({ id }) => id === known.id)?.changes;
      return {
        versionId: known.id,
        rows: known.rowCount - base.rowCount,
        unmatched: changes?.unmatched ?? [],
        copied: 0,
      };
    }
    const folder = join(paths.temporary, context.jobId);
    mkdirSync(folder, { recursive: true });
    try {
      const incoming = join(folder, 'incoming');
      mkdirSync(incoming);
      const identity = { versionId: newId(), datasetId: base.datasetId, datasetName: base.datasetName };
      const added = await stageVersion({ ...request, ...identity, sha256: content, folder: incoming }, context);
      return await append({ base, added, sha256, folder }, context);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

interface Appending {
  readonly base: ReturnType<typeof getVersion>;
  readonly added: Awaited<ReturnType<typeof stageVersion>>;
  readonly sha256: string;
  readonly folder: string;
}

async function append({ base, added, sha256, folder }: Appending, context: JobContext): Promise<AppendResult> {
  const { db } = context.library;
  const versionId = newId();
  const versionIds = listVersions(db, base.datasetId).map(({ id }) => id);
  const place = { library: context.library, versionId, versionIds, sha256, folder };
  const { version, library, blobs, unmatched, copied } = await stageAppended({ ...place, base, added }, context);
  return keepVersion({ versionId, library, blobs, folder }, context, () => {
    // Identities were chosen against these versions, and edits over the base would be lost to the projects that move on.
    const versions = listVersions(db, base.datasetId);
    const isSame = versions.length === versionIds.length && versions.every(({ id }) => versionIds.includes(id));
    if (!isSame || journalStamp(db, base.id).steps > 0) {
      throw new CodedError('append-base-changed', { dataset: base.datasetName });
    }
    const number = nextVersionNumber(db, base.datasetId);
    const rows = added.version.rowCount;
    const changes: VersionChanges = { excluded: 0, changed: [], dropped: [], added: [], rows };
    if (unmatched.length > 0) changes.unmatched = [...unmatched];
    if (copied > 0) changes.copied = copied;
    insertVersion(db, { ...version, number }, { parentId: base.id, changes });
    moveProjects(db, base.id, getVersion(db, versionId));
    return { versionId, rows, unmatched: [...unmatched], copied };
  });
}
