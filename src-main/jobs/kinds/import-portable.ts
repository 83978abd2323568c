/**
 * Import of a `.tandem` file: runs and a project of another library. All is read, checked and unpacked into folders of the
 * job's own first; then one transaction brings it in. What the library has already (the same data, the same runs) stays.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  CodedError,
  importPortableInputSchema,
  type DataSetup,
  type DatasetVersion,
  type ImportPortableResult,
} from '../../contract';
import { insertDataset, insertVersion, nextVersionNumber, setFinding } from '../../storage/datasets';
import type { Database } from '../../storage/database';
import { insertStep } from '../../storage/edits';
import { newId } from '../../storage/ids';
import { archiveProject, createProject, findProjectByDataset } from '../../storage/projects';
import { freeRunName } from '../../storage/names';
import { insertWholeRun, runPresence } from '../../storage/whole-runs';
import { defineJob, type JobContext } from '../definition';
import { keepVersions } from '../keep-version';
import { findSame } from '../portable/match-data';
import { PortableFile } from '../portable/open-file';
import { PartFiles } from '../portable/part-files';
import { datasetPartSchema, projectPartSchema, type DatasetPart, type ProjectPart } from '../portable/parts';
import { placedRun, readRun, requireKnownLayers, type ReadRun } from '../portable/read-run';
import { requireRoom, stageData, type StagedData } from '../portable/stage-data';

export const importPortableJob = defineJob({
  kind: 'import-portable',
  input: importPortableInputSchema,
  async run({ path }, context): Promise<ImportPortableResult> {
    context.progress({ stage: 'read', done: 0, total: null, unit: 'bytes' });
    const file = await PortableFile.open(path, context.signal);
    const folders: string[] = [];
    try {
      const content = await readContent(file, folders, context);
      const placed = await placeData(file, content.dataset, folders, context);
      return keepVersions(placed.staged, context, () => keep(context.library.db, content, placed));
    } finally {
      file.close();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    }
  },
});

interface Content {
  readonly isWhole: boolean;
  readonly dataset: DatasetPart;
  readonly project: ProjectPart;
  readonly runs: readonly ReadRun[];
}

async function readContent(file: PortableFile, folders: string[], context: JobContext): Promise<Content> {
  const { progress, library } = context;
  await requireRoom(
    library,
    file.manifest.parts.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const dataset = await file.json('dataset.json', datasetPartSchema);
  const project = await file.json('project.json', projectPartSchema);
  if (project.network) requireKnownLayers(project.network);
  const inFile = file.manifest.parts.flatMap(({ path }) => path.match(/^(runs\/\d+)\/run\.json$/)?.[1] ?? []);
  const runs: ReadRun[] = [];
  const folder = join(library.paths.temporary, newId());
  folders.push(folder);
  for (const [place, run] of inFile.entries()) {
    progress({ stage: 'import-runs', done: place, total: inFile.length, unit: 'runs' });
    runs.push(await readRun(file, run, join(folder, String(place))));
  }
  return { isWhole: file.manifest.kind === 'project', dataset, project, runs };
}

interface PlacedData {
  /** By the file's id of a version, the library's. */
  readonly versions: ReadonlyMap<string, string>;
  readonly staged: readonly StagedData[];
  /** Of a version that the library has. */
  readonly known: DatasetVersion | null;
}

/** @throws CodedError `portable-data-missing`, `portable-damaged`, `disk-full` */
async function placeData(
  file: PortableFile,
  dataset: DatasetPart,
  folders: string[],
  context: JobContext,
): Promise<PlacedData> {
  const { library, signal, progress } = context;
  const total = file.manifest.parts.reduce((sum, { path, bytes }) => sum + (path.startsWith('runs/') ? 0 : bytes), 0);
  const versions = new Map<string, string>();
  const staged: StagedData[] = [];
  const brought = new Set<string>();
  let known: DatasetVersion | null = null;
  let done = 0;
  const onBytes = (count: number) => progress({ stage: 'unpack', done: (done += count), total, unit: 'bytes' });
  for (const [place, asked] of dataset.versions.entries()) {
    signal.throwIfAborted();
    const same = await findSame(library, asked, new PartFiles(library.paths.temporary, context));
    if (same) {
      known = same;
      versions.set(asked.version.id, same.id);
      continue;
    }
    const inFile = `versions/${place}`;
    if (!file.has(`${inFile}/rows.parquet`)) {
      const { rowCount: rows, source } = asked.version;
      const sha256 = source.sha256.slice(0, 12);
      const missing = { file: file.name, dataset: dataset.name, rows, source: source.name, sha256 };
      throw new CodedError('portable-data-missing', missing);
    }
    const folder = join(library.paths.temporary, newId());
    folders.push(folder);
    mkdirSync(folder);
    const versionId = exists(library.db, 'versions', asked.version.id) ? newId() : asked.version.id;
    staged.push(await stageData({ file, inFile, asked, versionId, folder, brought, onBytes }, context));
    versions.set(asked.version.id, versionId);
  }
  return { versions, staged, known };
}

/** Within the transaction: rows of everything. What the file's versions were called here is told by `placed`. */
function keep(db: Database, { isWhole, dataset, project, runs }: Content, placed: PlacedData): ImportPortableResult {
  const datasetId = placed.known?.datasetId ?? keepDataset(db, dataset);
  const datasetName = nameOf(db, datasetId);
  for (const staged of placed.staged) keepStaged(db, staged, datasetId, placed);
  const projectId = keepProject(db, { isWhole, project, runs, datasetId, datasetName }, placed);
  const added: { id: string; name: string }[] = [];
  for (const read of runs) {
    const { run } = read.part;
    const presence = runPresence(db, run.id);
    if (presence === 'kept') continue;
    const id = presence === 'absent' ? run.id : newId();
    const name = freeRunName(db, run.name);
    const identity = { id, projectId, name, datasetName, data: movedSetup(run.data, placed) };
    insertWholeRun(db, placedRun(read, identity));
    added.push({ id, name });
  }
  return {
    projectId,
    datasetId,
    runs: added,
    known: runs.length - added.length,
    isDataAdded: placed.staged.length > 0,
  };
}

/** A dataset of this library with other versions goes on with these. */
function keepDataset(db: Database, { finding, id, name, sample }: DatasetPart): string {
  if (exists(db, 'datasets', id)) return id;
  insertDataset(db, { id, name, sample });
  if (finding !== null) setFinding(db, id, finding);
  return id;
}

function keepStaged(db: Database, { asked, versionId }: StagedData, datasetId: string, placed: PlacedData): void {
  const taken = db.prepare('SELECT 1 FROM versions WHERE dataset_id = ? AND number = ?');
  const { number: told } = asked.version;
  const number = taken.get(datasetId, told) ? nextVersionNumber(db, datasetId) : told;
  const parentId = asked.parentId === null ? null : (placed.versions.get(asked.parentId) ?? asked.parentId);
  const made = parentId !== null && asked.changes ? { parentId, changes: asked.changes } : null;
  insertVersion(db, { ...asked.version, id: versionId, datasetId, number }, made);
  for (const step of new Set(asked.edits.map((edit) => edit.step))) {
    const own = asked.edits.filter((edit) => edit.step === step);
    insertStep(
      db,
      versionId,
      own.map(({ edit, rows }) => ({ edit, rows: Int32Array.from(rows).sort() })),
    );
  }
}

interface Whose extends Pick<Content, 'isWhole' | 'project' | 'runs'> {
  readonly datasetId: string;
  readonly datasetName: string;
}

/** The project that the runs go into: the same one, for runs alone also another over the same data, else a new one. */
function keepProject(
  db: Database,
  { isWhole, project, runs, datasetId, datasetName }: Whose,
  placed: PlacedData,
): string {
  const same = db.prepare<[string], string>('SELECT dataset_id FROM projects WHERE id = ?').pluck().get(project.id);
  const other = isWhole ? null : findProjectByDataset(db, datasetId);
  const known = same === datasetId ? project.id : other?.id;
  if (known !== undefined) {
    archiveProject(db, known, false);
    return known;
  }
  const [first] = runs;
  // Runs alone bring a project in which they can be repeated as they are.
  const { data: setup, network, settings } = isWhole || !first ? project : first.part.run;
  const id = same === undefined ? project.id : newId();
  const data = setup && movedSetup(setup, placed);
  createProject(db, { id, name: isWhole ? project.name : datasetName, datasetId, data, network, settings });
  return id;
}

function movedSetup(setup: DataSetup, { versions }: PlacedData): DataSetup {
  return { ...setup, versionId: versions.get(setup.versionId) ?? setup.versionId };
}

function nameOf(db: Database, datasetId: string): string {
  return db.prepare<[string], string>('SELECT name FROM datasets WHERE id = ?').pluck().get(datasetId) ?? '';
}

function exists(db: Database, table: 'versions' | 'datasets', id: string): boolean {
  return db.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;
}
