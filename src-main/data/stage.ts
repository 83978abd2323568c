/**
 * From files to a version that is ready but in no library yet: everything is written below one folder, in which the data
 * functions find it as in a library, so that the proposal is tried on it before anything is kept.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { tasks } from '../catalog';
import {
  CodedError,
  columnSchema,
  datasetVersionSchema,
  type DatasetVersion,
  type NetworkSpec,
  type Reading,
  type TrainingSettings,
} from '../contract';
import type { SetupChoices } from './columns';
import { describeSetup } from './describe';
import { spillTo } from './duckdb';
import { flushed } from './flushed';
import { LeftOutCollector, leftOutFile, writeLeftOut } from './left-out';
import { rowsFile, versionFolder, type LibraryPaths } from './paths';
import type { Pieces } from './pieces';
import { profileColumns } from './profile';
import { proposeSetup } from './propose';
import type { SourceContext, SourceDefinition, SourceFile } from './source';

export interface StagedVersion {
  readonly version: DatasetVersion;
  /** What a project begins with; null where no target suggests itself. */
  readonly start: {
    readonly setup: SetupChoices;
    readonly network: NetworkSpec;
    readonly settings: TrainingSettings;
  } | null;
  /** Where it lies now. */
  readonly library: LibraryPaths;
  /** sha256 names of its blobs. */
  readonly blobs: readonly string[];
}

export interface StageRequest {
  readonly source: SourceDefinition;
  readonly files: readonly SourceFile[];
  readonly sha256: string;
  /** A folder of this import alone, in which lies nothing but its pieces. */
  readonly folder: string;
  readonly versionId: string;
  readonly datasetId: string;
  readonly datasetName: string;
  readonly target: string | null;
  /** As in `ReadContext`. */
  readonly pieces?: Pieces | undefined;
  readonly reading?: Reading | undefined;
}

/** Where the sources of an import work, in its folder. */
export function stageWork(folder: string): string {
  return join(folder, 'work');
}

const readSchema = z.object({
  read: z.object({
    rowCount: z.number().int(),
    columns: z.array(columnSchema.pick({ name: true, type: true, image: true, audio: true, of: true, classes: true })),
    hasGivenSplit: z.boolean(),
    notes: datasetVersionSchema.shape.notes,
  }),
  /** How many files and rows were left out. */
  leftOut: z.number().int(),
  bytes: z.number().int(),
  blobs: z.array(z.string()),
});

/** What a full disk says to Node, as people are told of it. */
export function withDiskFull(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') return error;
  return new CodedError('disk-full', { path: 'path' in error ? String(error.path) : '' }, error);
}

/** One sha256 for what the files hold, whatever they are called: of the bytes, or of the files' sums where there are several. */
export async function hashFiles(files: readonly SourceFile[], context: SourceContext): Promise<string> {
  const sizes = await Promise.all(files.map(sizeOf));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const sums: string[] = [];
  let done = 0;
  for (const file of files) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file.path, { highWaterMark: 1 << 20 })) {
      context.signal.throwIfAborted();
      hash.update(chunk as Buffer);
      done += (chunk as Buffer).length;
      context.progress({ stage: 'hash', done, total, unit: 'bytes' });
    }
    sums.push(hash.digest('hex'));
  }
  const [only] = sums;
  return sums.length === 1 && only ? only : createHash('sha256').update(sums.join('\n')).digest('hex');
}

async function sizeOf(file: SourceFile): Promise<number> {
  try {
    return (await stat(file.path)).size;
  } catch (error) {
    throw new CodedError('file-missing', { file: file.name }, error);
  }
}

/**
 * @throws CodedError of the source; for a given target `column-missing`, `target-empty`, `target-one-class`,
 * `target-not-learnable`, `target-too-many-classes`, `inputs-missing`, `split-without-*`;
 * `disk-full`, `data-out-of-memory`. The folder is the caller's to remove.
 */
export async function stageVersion(request: StageRequest, context: SourceContext): Promise<StagedVersion> {
  try {
    return await stage(request, context);
  } catch (error) {
    throw withDiskFull(error);
  }
}

async function stage(request: StageRequest, context: SourceContext): Promise<StagedVersion> {
  const { folder, versionId, source } = request;
  const library = { paths: { blobs: join(folder, 'blobs'), versions: join(folder, 'versions') } };
  const work = stageWork(folder);
  for (const made of [work, library.paths.blobs, versionFolder(library, versionId)])
    await mkdir(made, { recursive: true });
  const rows = rowsFile(library, versionId);
  await spillTo(join(work, 'spill'));
  const { read, leftOut, bytes, blobs } =
    request.pieces?.get('read', readSchema) ?? (await readSource(request, library, context));
  const columns = await profileColumns(rows, read.columns, context);
  const unproposed: DatasetVersion = {
    id: versionId,
    datasetId: request.datasetId,
    datasetName: request.datasetName,
    number: 1,
    createdAt: Date.now(),
    rowCount: read.rowCount,
    columns,
    hasGivenSplit: read.hasGivenSplit,
    proposed: null,
    bytes,
    source: { kind: source.id, name: request.files[0]?.name ?? '', sha256: request.sha256 },
    notes: leftOut > 0 ? [{ code: 'left-out', parameters: { count: leftOut } }, ...read.notes] : [...read.notes],
  };
  context.signal.throwIfAborted();
  const start = await proposeStart(library, unproposed, request.target);
  return { version: { ...unproposed, proposed: start?.setup ?? null }, start, library, blobs };
}

/** What the source has written, on the disk and kept, so that nothing of it is read again after an interruption. */
async function readSource(
  request: StageRequest,
  library: LibraryPaths,
  context: SourceContext,
): Promise<z.output<typeof readSchema>> {
  const { versionId, reading: said, pieces } = request;
  const rows = rowsFile(library, versionId);
  const leftOut = new LeftOutCollector();
  const reading = { signal: context.signal, progress: context.progress, leaveOut: leftOut.add };
  const target = { rows, work: stageWork(request.folder), blobs: library.paths.blobs };
  const read = await request.source.read(request.files, target, { ...reading, reading: said, pieces });
  const report = leftOutFile(library, versionId);
  if (leftOut.total > 0) await writeLeftOut(report, leftOut.report());
  const blobs = await readdir(library.paths.blobs);
  const files = [rows, ...(leftOut.total > 0 ? [report] : []), ...blobs.map((blob) => join(library.paths.blobs, blob))];
  const bytes = await flushed(files);
  const found = readSchema.parse({ read, leftOut: leftOut.total, bytes, blobs });
  if (pieces) {
    const sizes = await Promise.all(files.map(async (file) => [file, (await stat(file)).size] as const));
    await pieces.keep('read', found, new Map(sizes));
  }
  return found;
}

/** The proposed setup with the task's defaults for it. A setup that nobody asked for and that does not hold is no proposal. */
export async function proposeStart(
  library: LibraryPaths,
  version: DatasetVersion,
  target: string | null,
): Promise<StagedVersion['start']> {
  const setup = proposeSetup(version, target);
  if (!setup) return null;
  try {
    const described = await describeSetup(library, version, setup);
    const task = tasks.get(setup.task);
    const { inputShape, codes } = described;
    const facts = { codes, rows: described.counts.training };
    const network = task.defaultNetwork(inputShape, described.target, facts);
    return { setup, network, settings: task.defaultSettings(described.target, described.counts.training) };
  } catch (error) {
    if (target === null && error instanceof CodedError) return null;
    throw error;
  }
}
