/** The dataset as parts: the versions that are needed, by the hashes of their files, and the files themselves where they go along. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { firstRowsFile } from '../../data/identity';
import { leftOutFile } from '../../data/left-out';
import { blobFile, rowsFile } from '../../data/paths';
import { getVersion } from '../../storage/datasets';
import { listEdits } from '../../storage/edits';
import type { Library } from '../../storage/library';
import { getPreference } from '../../storage/preferences';
import { blobsOfVersion, listVersions } from '../../storage/versions';
import type { PartFiles } from './part-files';
import type { DatasetPart, PortableVersion } from './parts';

/** SQLite's word for no limit. */
const ALL = -1;

const datasetSchema = z.object({ id: z.string(), name: z.string(), sample: z.string().nullable() });

interface Asked {
  readonly datasetId: string;
  readonly versionIds: readonly string[];
  /** Whether the rows go along, or their hashes alone. */
  readonly data: boolean;
  /** Whether the edits that no version was made of go along. */
  readonly edits: boolean;
}

/** @throws CodedError `not-found` */
export async function gatherDataset(parts: PartFiles, library: Library, asked: Asked): Promise<void> {
  const { db } = library;
  const dataset = datasetSchema.parse(
    db.prepare<[string]>('SELECT id, name, sample FROM datasets WHERE id = ?').get(asked.datasetId),
  );
  const packed = new Set<string>();
  const versions: PortableVersion[] = [];
  for (const [place, id] of asked.versionIds.entries()) {
    versions.push(await gatherVersion(parts, library, { ...asked, id, folder: `versions/${place}`, packed }));
  }
  const finding = getPreference(db, `finding of ${dataset.id}`, z.string().nullable(), null);
  await parts.json('dataset.json', { ...dataset, finding, versions } satisfies DatasetPart);
}

type One = Asked & { readonly id: string; readonly folder: string; readonly packed: Set<string> };

async function gatherVersion(parts: PartFiles, library: Library, one: One): Promise<PortableVersion> {
  const { db } = library;
  const version = getVersion(db, one.id);
  const entry = listVersions(db, version.datasetId).find(({ id }) => id === one.id);
  const edits = one.edits ? listEdits(db, one.id, null, ALL) : [];
  return {
    version,
    ...{ parentId: entry?.parentId ?? null, changes: entry?.changes ?? null },
    files: await gatherFiles(parts, library, one),
    blobs: await gatherBlobs(parts, library, one),
    edits: edits.map(({ step, edit, rows }) => ({ step, edit, rows: [...rows] })),
  };
}

async function gatherFiles(parts: PartFiles, library: Library, { id, folder, data }: One) {
  const files = [
    ['rows.parquet', rowsFile(library, id)],
    ['first.parquet', firstRowsFile(library, id)],
    ['left-out.json', leftOutFile(library, id)],
  ] as const;
  const told: PortableVersion['files'] = [];
  for (const [name, file] of files) {
    if (!existsSync(file)) continue;
    const measured = await parts.measure(file);
    told.push({ name, ...measured });
    if (data) parts.measured(`${folder}/${name}`, file, measured);
  }
  return told;
}

/** A blob has the name of its sum; versions that share it share the part. */
async function gatherBlobs(parts: PartFiles, library: Library, { id, data, packed }: One) {
  const told: PortableVersion['blobs'] = [];
  for (const sha256 of blobsOfVersion(library.db, id)) {
    const file = blobFile(library, sha256);
    const { size: bytes } = await stat(file);
    told.push({ sha256, bytes });
    if (data && !packed.has(sha256)) parts.measured(`blobs/${sha256}`, file, { bytes, sha256 });
    packed.add(sha256);
  }
  return told;
}
