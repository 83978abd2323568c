/** Projects: one problem of a person over one dataset, with what is being edited. What is best among a project's runs is worked out by the service, which knows the metrics. */
import { z } from 'zod';
import {
  bestSchema,
  CodedError,
  dataSetupSchema,
  networkSpecSchema,
  trainingSettingsSchema,
  type DataSetup,
  type NetworkSpec,
  type Project,
  type TrainingSettings,
} from '../contract';
import type { Database } from './database';
import { fromJson, fromNullableJson, toJson } from './json';

export type StoredProject = Omit<Project, 'best'>;
export type Best = z.infer<typeof bestSchema>;

interface ProjectRow {
  id: string;
  name: string;
  dataset_id: string;
  data: string | null;
  network: string | null;
  settings: string | null;
  created_at: number;
  opened_at: number;
  run_count: number;
}

const projectSelection = `SELECT id, name, dataset_id, data, network, settings, created_at, opened_at,
  (SELECT count(*) FROM runs WHERE runs.project_id = projects.id AND runs.deleted_at IS NULL) AS run_count FROM projects`;
export const listProjectsSql = `${projectSelection} WHERE archived = 0 ORDER BY opened_at DESC`;
export const findProjectSql = `${projectSelection} WHERE dataset_id = ? ORDER BY opened_at DESC LIMIT 1`;

export interface NewProject {
  readonly id: string;
  readonly name: string;
  readonly datasetId: string;
  readonly data: DataSetup | null;
  readonly network: NetworkSpec | null;
  readonly settings: TrainingSettings | null;
}

export function createProject(db: Database, project: NewProject): StoredProject {
  const now = Date.now();
  db.prepare(
    `INSERT INTO projects (id, name, dataset_id, data, network, settings, created_at, opened_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    project.id,
    project.name,
    project.datasetId,
    toJson(project.data),
    toJson(project.network),
    toJson(project.settings),
    now,
    now,
  );
  return getProject(db, project.id);
}

/** @throws CodedError `not-found` */
export function getProject(db: Database, id: string): StoredProject {
  const row = db.prepare<[string], ProjectRow>(`${projectSelection} WHERE id = ?`).get(id);
  if (!row) throw new CodedError('not-found', { what: 'project', id });
  return toProject(row);
}

/** Those outside the archive, the last opened first. */
export function listProjects(db: Database): StoredProject[] {
  return db.prepare<[], ProjectRow>(listProjectsSql).all().map(toProject);
}

/** The last opened project over a dataset, archived or not; null where there is none. */
export function findProjectByDataset(db: Database, datasetId: string): StoredProject | null {
  const row = db.prepare<[string], ProjectRow>(findProjectSql).get(datasetId);
  return row ? toProject(row) : null;
}

/** @throws CodedError `not-found` */
export function updateProject(
  db: Database,
  id: string,
  changes: {
    readonly name?: string | undefined;
    readonly data?: DataSetup | null | undefined;
    readonly network?: NetworkSpec | null | undefined;
    readonly settings?: TrainingSettings | null | undefined;
  },
): StoredProject {
  const before = getProject(db, id);
  const { name = before.name, data = before.data, network = before.network, settings = before.settings } = changes;
  db.prepare('UPDATE projects SET name = ?, data = ?, network = ?, settings = ? WHERE id = ?').run(
    name,
    toJson(data),
    toJson(network),
    toJson(settings),
    id,
  );
  return getProject(db, id);
}

/** Marks it as opened now, so that it leads the list. @throws CodedError `not-found` */
export function openProject(db: Database, id: string): StoredProject {
  requireChange(db.prepare('UPDATE projects SET opened_at = ? WHERE id = ?').run(Date.now(), id).changes, id);
  return getProject(db, id);
}

/** @throws CodedError `not-found` */
export function archiveProject(db: Database, id: string, archived: boolean): void {
  requireChange(db.prepare('UPDATE projects SET archived = ? WHERE id = ?').run(archived ? 1 : 0, id).changes, id);
}

/** The best of each kept run by project, in no order. */
export function bestsByProject(db: Database, projectId: string | null): Map<string, Best[]> {
  const rows = db
    .prepare<[string | null, string | null], { project_id: string; best: string }>(
      `SELECT project_id, best FROM runs
       WHERE deleted_at IS NULL AND best IS NOT NULL AND (? IS NULL OR project_id = ?)`,
    )
    .all(projectId, projectId);
  const bests = new Map<string, Best[]>();
  for (const row of rows) {
    const known = bests.get(row.project_id) ?? [];
    known.push(fromJson(bestSchema, row.best, 'runs.best'));
    bests.set(row.project_id, known);
  }
  return bests;
}

function requireChange(changes: number, id: string): void {
  if (changes === 0) throw new CodedError('not-found', { what: 'project', id });
}

function toProject(row: ProjectRow): StoredProject {
  return {
    id: row.id,
    name: row.name,
    datasetId: row.dataset_id,
    data: fromNullableJson(dataSetupSchema, row.data, 'projects.data'),
    network: fromNullableJson(networkSpecSchema, row.network, 'projects.network'),
    settings: fromNullableJson(trainingSettingsSchema, row.settings, 'projects.settings'),
    createdAt: row.created_at,
    openedAt: row.opened_at,
    runCount: row.run_count,
  };
}
