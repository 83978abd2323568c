/** The table of runs as it lies in the library: lean rows by what changed last, and the marks that people give. */
import {
  CodedError,
  type DataSetup,
  type NetworkSpec,
  type RunMarks,
  type RunSummary,
  type TrainingSettings,
} from '../contract';
import { transaction, type Database } from './database';
import type { Extremes } from './run-extremes';
import { newMemory, timesOf, type RunRow } from './run-rows';

/** What `RunSummary` says in flat values, by their texts in the library, of which most runs share one. */
export interface StoredSetup {
  readonly data: DataSetup;
  readonly network: NetworkSpec;
  readonly settings: TrainingSettings;
  readonly backend: string | null;
  readonly engine: string | null;
}
export interface StoredSummary {
  readonly summary: Omit<RunSummary, 'bests' | 'values'>;
  readonly extremes: Extremes;
  /** Equal for runs with equal setups. */
  readonly setupKey: string;
  readonly setup: StoredSetup;
  readonly revision: number;
}

export const changedRunsSql = 'SELECT * FROM runs WHERE revision > ? ORDER BY revision LIMIT ?';

interface SummaryRow extends RunRow {
  tags: string;
  starred: number;
  archived: number;
  extremes: string;
  revision: number;
  deleted_at: number | null;
}

/** Runs that changed after a revision, deleted ones included, the earliest change first. */
export function changedRuns(db: Database, since: number, most: number): StoredSummary[] {
  const memory = newMemory();
  const rows = db.prepare<[number, number], SummaryRow>(changedRunsSql).all(since, most);
  return rows.map((row) => ({
    summary: toSummary(row),
    extremes: JSON.parse(row.extremes) as Extremes,
    setupKey: [row.data, row.network, row.settings, row.backend, engineKind(row)].join('\0'),
    setup: {
      data: memory.data.read(row.data),
      network: memory.network.read(row.network),
      settings: memory.settings.read(row.settings),
      backend: row.backend,
      engine: engineKind(row),
    },
    revision: row.revision,
  }));
}

function engineKind(row: SummaryRow): string | null {
  return row.engine === null ? null : String((JSON.parse(row.engine) as { kind?: unknown }).kind);
}

/** What this folder wrote is taken at its word: a list has half a million figures, and a check of each is most of its time. */
function toSummary(row: SummaryRow): StoredSummary['summary'] {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    note: row.note,
    state: row.state,
    tags: JSON.parse(row.tags) as RunSummary['tags'],
    starred: row.starred === 1,
    archived: row.archived === 1,
    deleted: row.deleted_at !== null,
    datasetName: row.dataset_name,
    parameterCount: row.parameter_count,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    times: timesOf(row),
    parent: JSON.parse(row.parent ?? 'null') as RunSummary['parent'],
    epochsDone: row.epochs_done,
    best: JSON.parse(row.best ?? 'null') as RunSummary['best'],
    last: JSON.parse(row.last ?? 'null') as RunSummary['last'],
    test: JSON.parse(row.test ?? 'null') as RunSummary['test'],
    sparkline: JSON.parse(row.sparkline) as RunSummary['sparkline'],
  };
}

/** All of them or none. Tags are kept once each, in the order given. @throws CodedError `not-found` */
export function markRuns(db: Database, marks: readonly RunMarks[]): void {
  const update = db.prepare(
    'UPDATE runs SET tags = coalesce(?, tags), starred = coalesce(?, starred), archived = coalesce(?, archived) WHERE id = ?',
  );
  const flag = (value: boolean | undefined) => (value === undefined ? null : Number(value));
  transaction(db, () => {
    for (const { id, tags, starred, archived } of marks) {
      const { changes } = update.run(
        ...[tags ? JSON.stringify([...new Set(tags)]) : null, flag(starred), flag(archived), id],
      );
      if (changes === 0) throw new CodedError('not-found', { what: 'run', id });
    }
  });
}

/** @throws CodedError `not-found` */
export function tagsOf(db: Database, id: string): readonly string[] {
  const text = db.prepare<[string], string>('SELECT tags FROM runs WHERE id = ?').pluck().get(id);
  if (text === undefined) throw new CodedError('not-found', { what: 'run', id });
  return JSON.parse(text) as RunSummary['tags'];
}
