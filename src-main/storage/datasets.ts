/** Datasets and their immutable versions. The rows themselves lie in files beside the library's database. */
import { CodedError, datasetVersionSchema, type Dataset, type DatasetVersion, type VersionChanges } from '../contract';
import type { Database } from './database';
import { fromJson, fromNullableJson, toJson } from './json';
import { setPreference } from './preferences';

interface VersionRow {
  id: string;
  dataset_id: string;
  dataset_name: string;
  number: number;
  created_at: number;
  row_count: number;
  columns: string;
  has_given_split: number;
  proposed: string | null;
  bytes: number;
  source_kind: string;
  source_name: string;
  source_sha256: string;
  notes: string;
  finding: string | null;
}

const versionSelection = `SELECT versions.*, datasets.name AS dataset_name, preferences.value AS finding FROM versions
  JOIN datasets ON datasets.id = versions.dataset_id
  LEFT JOIN preferences ON preferences.key = 'finding of ' || versions.dataset_id`;
export const findVersionSql = `${versionSelection} WHERE source_sha256 = ? ORDER BY versions.created_at DESC LIMIT 1`;
export const listDatasetsSql = `SELECT datasets.id, datasets.name, datasets.created_at AS createdAt, datasets.sample,
  versions.id AS latestVersionId, versions.row_count AS rowCount,
  (SELECT sum(bytes) FROM versions AS every WHERE every.dataset_id = datasets.id) AS bytes
  FROM datasets JOIN versions ON versions.dataset_id = datasets.id
  WHERE versions.number = (SELECT max(number) FROM versions AS every WHERE every.dataset_id = datasets.id)
  ORDER BY datasets.id DESC`;

export function insertDataset(
  db: Database,
  dataset: { readonly id: string; readonly name: string; readonly sample: string | null },
): void {
  db.prepare('INSERT INTO datasets (id, name, sample, created_at) VALUES (?, ?, ?, ?)').run(
    dataset.id,
    dataset.name,
    dataset.sample,
    Date.now(),
  );
}

/**
 * @param version of a dataset that is there; its `datasetName` is not stored here.
 * @param made from which version and by which changes; null for an import.
 */
export function insertVersion(
  db: Database,
  version: DatasetVersion,
  made: { readonly parentId: string; readonly changes: VersionChanges } | null = null,
): void {
  db.prepare(
    `INSERT INTO versions (id, dataset_id, number, created_at, row_count, columns, has_given_split, proposed, bytes,
     source_kind, source_name, source_sha256, notes, parent_id, changes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    version.id,
    version.datasetId,
    version.number,
    version.createdAt,
    version.rowCount,
    toJson(version.columns),
    version.hasGivenSplit ? 1 : 0,
    toJson(version.proposed),
    version.bytes,
    version.source.kind,
    version.source.name,
    version.source.sha256,
    toJson(version.notes),
    made?.parentId ?? null,
    toJson(made?.changes),
  );
}

/** The kind of data that the person says a dataset is; null takes that back. */
export function setFinding(db: Database, datasetId: string, finding: string | null): void {
  setPreference(db, `finding of ${datasetId}`, finding);
}

/** @throws CodedError `not-found` */
export function getVersion(db: Database, id: string): DatasetVersion {
  const row = db.prepare<[string], VersionRow>(`${versionSelection} WHERE versions.id = ?`).get(id);
  if (!row) throw new CodedError('not-found', { what: 'dataset version', id });
  return toVersion(row);
}

/** The newest version that was made of a source with these bytes, so that one file is not imported twice. */
export function findVersionBySource(db: Database, sha256: string): DatasetVersion | null {
  const row = db.prepare<[string], VersionRow>(findVersionSql).get(sha256);
  return row ? toVersion(row) : null;
}

/** For a version that is to be inserted in the same transaction. */
export function nextVersionNumber(db: Database, datasetId: string): number {
  const last = db.prepare<[string], number | null>('SELECT max(number) FROM versions WHERE dataset_id = ?').pluck();
  return 1 + (last.get(datasetId) ?? 0);
}

/** Newest first; a dataset without a version is none yet. */
export function listDatasets(db: Database): Dataset[] {
  return db.prepare<[], Dataset>(listDatasetsSql).all();
}

function toVersion(row: VersionRow): DatasetVersion {
  const { shape } = datasetVersionSchema;
  const finding = fromNullableJson(shape.finding.unwrap().nullable(), row.finding, 'preferences.value');
  return {
    id: row.id,
    datasetId: row.dataset_id,
    datasetName: row.dataset_name,
    number: row.number,
    createdAt: row.created_at,
    rowCount: row.row_count,
    columns: fromJson(shape.columns, row.columns, 'versions.columns'),
    hasGivenSplit: row.has_given_split === 1,
    proposed: fromNullableJson(shape.proposed, row.proposed, 'versions.proposed'),
    bytes: row.bytes,
    source: { kind: row.source_kind, name: row.source_name, sha256: row.source_sha256 },
    ...(finding === null ? {} : { finding }),
    notes: fromJson(shape.notes, row.notes, 'versions.notes'),
  };
}
