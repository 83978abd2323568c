/** Versions of a dataset beside each other: what each was made from, what uses it, and its end. */
import {
  CodedError,
  dataSetupSchema,
  isListType,
  versionChangesSchema,
  type DataSetup,
  type DatasetVersion,
  type VersionEntry,
  type VersionUses,
} from '../contract';
import type { Database } from './database';
import { getVersion } from './datasets';
import { journalStamp } from './edits';
import { fromJson, fromNullableJson, toJson } from './json';

interface EntryRow {
  id: string;
  number: number;
  created_at: number;
  row_count: number;
  column_count: number;
  bytes: number;
  parent_id: string | null;
  changes: string | null;
}

interface Named {
  id: string;
  name: string;
}

export const listVersionsSql = `SELECT id, number, created_at, row_count, json_array_length(columns) AS column_count, bytes,
  parent_id, changes FROM versions WHERE dataset_id = ? ORDER BY number DESC`;
export const projectsOfVersionSql = `SELECT id, name FROM projects WHERE json_extract(data, '$.versionId') = ?`;
export const runsOfVersionSql = `SELECT id, name, deleted_at FROM runs WHERE json_extract(data, '$.versionId') = ?`;
export const versionsOfParentSql = 'SELECT id, number FROM versions WHERE parent_id = ?';

/** Newest first. */
export function listVersions(db: Database, datasetId: string): VersionEntry[] {
  const rows = db.prepare<[string], EntryRow>(listVersionsSql).all(datasetId);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    createdAt: row.created_at,
    rowCount: row.row_count,
    columnCount: row.column_count,
    bytes: row.bytes,
    parentId: row.parent_id,
    changes: fromNullableJson(versionChangesSchema, row.changes, 'versions.changes'),
    pendingSteps: journalStamp(db, row.id).steps,
    uses: versionUses(db, row.id),
  }));
}

/**
 * Lets the projects that work on a version go on with another of the same dataset; what they chose of columns that it lacks
 * is no longer chosen, and what it has more, such as labels, is no input until they say so. Part of the caller's transaction.
 */
export function moveProjects(db: Database, from: string, to: DatasetVersion): void {
  const select = `SELECT id, data FROM projects WHERE json_extract(data, '$.versionId') = ?`;
  const update = db.prepare('UPDATE projects SET data = ? WHERE id = ?');
  const names = new Set(to.columns.map(({ name }) => name));
  const before = new Set(getVersion(db, from).columns.map(({ name }) => name));
  const added = to.columns.filter(({ name, type }) => !before.has(name) && !isListType(type));
  const unused = Object.fromEntries(added.map(({ name }) => [name, 'ignored' as const]));
  for (const { id, data } of db.prepare<[string], { id: string; data: string }>(select).all(from)) {
    const { weightColumn, ...setup } = fromJson(dataSetupSchema, data, 'projects.data');
    const types = Object.fromEntries(Object.entries(setup.types).filter(([name]) => names.has(name)));
    const weight = weightColumn !== undefined && names.has(weightColumn) ? { weightColumn } : {};
    const moved: DataSetup = { ...setup, ...weight, types: { ...unused, ...types }, versionId: to.id };
    update.run(setup.target === '' || names.has(setup.target) ? toJson(moved) : null, id);
  }
}

/** Whether a dataset has no other version. */
export function isOnlyVersion(db: Database, versionId: string): boolean {
  const others = `SELECT 1 FROM versions AS one JOIN versions AS other ON other.dataset_id = one.dataset_id
    WHERE one.id = ? AND other.id <> one.id`;
  return db.prepare(others).get(versionId) === undefined;
}

/** What names a version. The only version of a dataset is used by every project over that. */
export function versionUses(db: Database, versionId: string): VersionUses {
  const every = 'SELECT id, name FROM projects WHERE dataset_id = (SELECT dataset_id FROM versions WHERE id = ?)';
  const projects = db.prepare<[string], Named>(isOnlyVersion(db, versionId) ? every : projectsOfVersionSql);
  const runs = db.prepare<[string], Named & { deleted_at: number | null }>(runsOfVersionSql).all(versionId);
  const kept = runs.filter((run) => run.deleted_at === null);
  return {
    projects: projects.all(versionId),
    runs: kept.map(({ id, name }) => ({ id, name })),
    deletedRuns: runs.length - kept.length,
    versions: db.prepare<[string], { id: string; number: number }>(versionsOfParentSql).all(versionId),
  };
}

/** sha256 names of the blobs that a version's columns name: pixels, sounds, and the files that they were made from. */
export function blobsOfVersion(db: Database, versionId: string): string[] {
  const columns =
    db.prepare<[string], string>('SELECT columns FROM versions WHERE id = ?').pluck().get(versionId) ?? '';
  const found = columns.matchAll(/"(?:blob|originals)":"([0-9a-f]{64})"/g);
  return [...new Set([...found].map(([, blob]) => blob ?? ''))];
}

/** Whether a version other than the one names a blob. */
export function isBlobShared(db: Database, blob: string, versionId: string): boolean {
  return (
    db.prepare('SELECT 1 FROM versions WHERE id <> ? AND instr(columns, ?) > 0').get(versionId, blob) !== undefined
  );
}

/**
 * Takes a version out of the database, its dataset too where that has no other. Part of the caller's transaction.
 * @param freedBytes of those it answers for; the rest it shares with others, of which the oldest answers for them from now on.
 * @throws CodedError `version-in-use` naming the projects and runs; `not-found`
 */
export function deleteVersion(db: Database, versionId: string, freedBytes: number): void {
  const version = db
    .prepare<[string], { number: number; dataset_id: string; bytes: number; name: string }>(
      `SELECT number, dataset_id, bytes, datasets.name FROM versions JOIN datasets ON datasets.id = dataset_id
       WHERE versions.id = ?`,
    )
    .get(versionId);
  if (!version) throw new CodedError('not-found', { what: 'dataset version', id: versionId });
  const { projects, runs } = versionUses(db, versionId);
  if (projects.length + runs.length > 0) {
    const users = [...projects, ...runs].map(({ name }) => name).join(', ');
    throw new CodedError('version-in-use', { number: version.number, dataset: version.name, users });
  }
  db.prepare('DELETE FROM versions WHERE id = ?').run(versionId);
  const left = 'SELECT id FROM versions WHERE dataset_id = ? ORDER BY number LIMIT 1';
  db.prepare(`UPDATE versions SET bytes = bytes + ? WHERE id = (${left})`).run(
    Math.max(0, version.bytes - freedBytes),
    version.dataset_id,
  );
  db.prepare(`DELETE FROM datasets WHERE id = ? AND NOT EXISTS (${left})`).run(version.dataset_id, version.dataset_id);
}
