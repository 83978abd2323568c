/**
 * Import: files or a sample → a dataset, its version and a project, in one transaction at the very end. Until then all lies
 * in the job's own temporary folder, so that an error, a cancel or a kill leaves nothing in the library. After a kill that folder
 * is what the job goes on with, when it is started again under its own id (data/pieces.ts). The same content
 * is stored once: a second import opens what the first made.
 */
import { basename, dirname, extname, join } from 'node:path';
import { rmSync } from 'node:fs';
import { z } from 'zod';
import { samples } from '../../catalog';
import {
  CodedError,
  importInputSchema,
  type DatasetVersion,
  type ImportInput,
  type ImportResult,
  type Reading,
  type TableList,
} from '../../contract';
import { resolveSampleFile } from '../../data/samples';
import { chooseSource, getSource, type SourceDefinition, type SourceFile } from '../../data/source';
import { Pieces, type PieceOptions } from '../../data/pieces';
import { refuseReading } from '../../data/reading-choices';
import { stampSource } from '../../data/source-stamp';
import { isPicture } from '../../data/tree-paths';
import { hashFiles, proposeStart, stageVersion, type StagedVersion } from '../../data/stage';
import { insertDataset, insertVersion } from '../../storage/datasets';
import { newId } from '../../storage/ids';
import { noteProgress } from '../../storage/jobs';
import { keepOrigin } from '../../storage/origins';
import { archiveProject, createProject, findProjectByDataset } from '../../storage/projects';
import { defineJob, type JobContext } from '../definition';
import { keepVersion } from '../keep-version';
import { listTables } from '../list-tables';
import { findKnown } from '../known-source';

/** What is to be imported, once the sample or the source is known. */
export interface Request {
  readonly source: SourceDefinition;
  readonly files: readonly SourceFile[];
  readonly name: string;
  readonly sample: string | null;
  readonly target: string | null;
  readonly reading?: Reading | undefined;
  /** As it was asked for. */
  readonly origin: ImportInput['source'];
}

export const importJob = defineJob({
  kind: 'import',
  input: importInputSchema,
  async run(input, host): Promise<ImportResult | TableList> {
    const { context, latest } = watchProgress(host);
    const folder = join(context.library.paths.temporary, context.jobId);
    try {
      const request = await resolveRequest(input, context);
      const pieces = await openPieces(
        request,
        { folder, seconds: input.rhythm?.seconds, onKept: () => keepProgress(latest(), context) },
        context,
      );
      // What is known by now was asked before an interruption.
      const mayAsk = input.askTable === true && !pieces.get('identity', identitySchema);
      const several = mayAsk ? await listTables(request, folder, context) : null;
      if (several) return several;
      const { sha256, versionId, datasetId } = await identify(request, pieces, context);
      const { known, identity } = findKnown(context.library.db, sha256, request.reading);
      if (known) return await openKnown(known, request, context);
      const made = { versionId, datasetId, datasetName: request.name, sha256: identity, folder, pieces };
      const staged = await stageVersion({ ...request, ...made }, context);
      return keep(staged, request, folder, context);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/**
 * What an interrupted import left, or an empty folder.
 * @throws CodedError `import-source-changed`
 */
async function openPieces(
  { files, name }: Request,
  options: Omit<PieceOptions, 'stamp'>,
  context: JobContext,
): Promise<Pieces> {
  const stamp = await stampSource(files, context.signal);
  const pieces = await Pieces.open({ ...options, stamp });
  if (!pieces) throw new CodedError('import-source-changed', { name });
  return pieces;
}

type Count = Parameters<JobContext['progress']>[0];

/** The context, and what was told through it last. */
function watchProgress(host: JobContext): { readonly context: JobContext; readonly latest: () => Count | null } {
  let told: Count | null = null;
  const progress = (count: Count) => {
    told = count;
    host.progress(count);
  };
  return { context: { ...host, progress }, latest: () => told };
}

/** How far it was stands in the job's row with every piece: whoever finds it interrupted is told. */
function keepProgress(count: Count | null, { library, jobId }: JobContext): void {
  if (count) noteProgress(library.db, jobId, { ...count, rate: null, etaSeconds: null });
}

const identitySchema = z.object({ sha256: z.string(), versionId: z.string(), datasetId: z.string() });

/** What names the content, and what it will be called: the same before and after an interruption. */
async function identify(request: Request, pieces: Pieces, context: JobContext) {
  const known = pieces.get('identity', identitySchema);
  if (known) return known;
  const identity = { sha256: await hashOf(request, context), versionId: newId(), datasetId: newId() };
  await pieces.keep('identity', identity);
  return identity;
}

/** @throws CodedError as `refuseReading` */
export async function resolveRequest(input: ImportInput, context: JobContext): Promise<Request> {
  const request = await sourceRequest(input, context);
  refuseReading(request.source, request.files[0]?.name ?? request.name, input.reading);
  return { ...request, reading: input.reading, origin: input.source };
}

type SourceRequest = Omit<Request, 'origin'>;

async function sourceRequest(input: ImportInput, context: JobContext): Promise<SourceRequest> {
  if (input.source.kind === 'sample') {
    const sample = samples.get(input.source.id);
    const paths = await Promise.all(sample.files.map((file) => resolveSampleFile(context.resources, sample, file)));
    return {
      source: getSource(sample.source),
      files: paths.map(toFile),
      name: input.name ?? sample.label.en,
      sample: sample.id,
      target: input.target ?? sample.target,
    };
  }
  if (input.source.kind === 'files') return filesRequest(input.source.paths, input);
  const { path } = input.source;
  const source = await chooseSource(path);
  const files = (await source.companions(path)).map(toFile);
  return { source, files, name: input.name ?? basename(path, extname(path)), sample: null, target: input.target };
}

/** Pictures that came together are one data set; of other files the first is meant, with what belongs to it. */
async function filesRequest(paths: readonly string[], { name, target }: ImportInput): Promise<SourceRequest> {
  const [first = ''] = paths;
  const isTree = paths.length > 1 && paths.some((path) => isPicture(path));
  const source = isTree ? getSource('tree') : await chooseSource(first);
  const files = (isTree ? paths : await source.companions(first)).map(toFile);
  return {
    source,
    files,
    name: name ?? basename(isTree ? dirname(first) : first, extname(first)),
    sample: null,
    target,
  };
}

export async function hashOf({ source, files }: Request, context: JobContext): Promise<string> {
  const own = await source.hash?.(files, context);
  return own ?? hashFiles(files, context);
}

function toFile(path: string): SourceFile {
  return { path, name: basename(path) };
}

/**
 * Content that the library has: its project, or a new project over it where another target is asked for.
 * @throws CodedError as `proposeStart`
 */
async function openKnown(version: DatasetVersion, request: Request, context: JobContext): Promise<ImportResult> {
  const { db } = context.library;
  const project = findProjectByDataset(db, version.datasetId);
  // The file may have been moved since.
  keepOrigin(db, version.datasetId, { source: request.origin, reading: request.reading ?? {} });
  const result = { datasetId: version.datasetId, versionId: version.id };
  if (project && (request.target === null || project.data?.target === request.target)) {
    archiveProject(db, project.id, false);
    // Its data may have been edited since: the version that it works on is the one that is opened.
    return { ...result, versionId: project.data?.versionId ?? version.id, projectId: project.id };
  }
  const start = await proposeStart(context.library, version, request.target);
  context.signal.throwIfAborted();
  return { ...result, projectId: insertProject(version, start, request.name, context) };
}

function keep(staged: StagedVersion, request: Request, folder: string, context: JobContext): ImportResult {
  const { version } = staged;
  return keepVersion({ ...staged, versionId: version.id, folder }, context, () => {
    const { db } = context.library;
    insertDataset(db, { id: version.datasetId, name: request.name, sample: request.sample });
    insertVersion(db, version);
    keepOrigin(db, version.datasetId, { source: request.origin, reading: request.reading ?? {} });
    const projectId = insertProject(version, staged.start, request.name, context);
    return { datasetId: version.datasetId, versionId: version.id, projectId };
  });
}

function insertProject(
  version: DatasetVersion,
  start: StagedVersion['start'],
  name: string,
  context: JobContext,
): string {
  const id = newId();
  createProject(context.library.db, {
    id,
    name,
    datasetId: version.datasetId,
    data: start ? { versionId: version.id, ...start.setup } : null,
    network: start?.network ?? null,
    settings: start?.settings ?? null,
  });
  return id;
}
