/**
 * Format 1: the first. Facts that lists need (best, last, sparkline) lie in the rows of `runs`, so that a list of
 * thousands reads one table. Times are milliseconds since 1970; JSON columns hold the shapes of the contract.
 */
import type { Migration } from '../migrate';

const datasets = `
CREATE TABLE datasets (
  id TEXT PRIMARY KEY CHECK (length(id) > 0),
  name TEXT NOT NULL CHECK (length(name) > 0),
  sample TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE versions (
  id TEXT PRIMARY KEY CHECK (length(id) > 0),
  dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 1),
  created_at INTEGER NOT NULL,
  row_count INTEGER NOT NULL CHECK (row_count >= 0),
  columns TEXT NOT NULL CHECK (json_valid(columns)),
  has_given_split INTEGER NOT NULL CHECK (has_given_split IN (0, 1)),
  proposed TEXT CHECK (json_valid(proposed)),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  source_kind TEXT NOT NULL,
  source_name TEXT NOT NULL,
  source_sha256 TEXT NOT NULL,
  notes TEXT NOT NULL CHECK (json_valid(notes)),
  UNIQUE (dataset_id, number)
) STRICT;
CREATE INDEX versions_by_source ON versions (source_sha256);
`;

const projects = `
CREATE TABLE projects (
  id TEXT PRIMARY KEY CHECK (length(id) > 0),
  name TEXT NOT NULL CHECK (length(name) > 0),
  dataset_id TEXT NOT NULL REFERENCES datasets (id),
  data TEXT CHECK (json_valid(data)),
  network TEXT CHECK (json_valid(network)),
  settings TEXT CHECK (json_valid(settings)),
  created_at INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT;
CREATE INDEX projects_by_opening ON projects (archived, opened_at DESC);
CREATE INDEX projects_by_dataset ON projects (dataset_id);
`;

const runs = `
CREATE TABLE runs (
  id TEXT PRIMARY KEY CHECK (length(id) > 0),
  project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (length(name) > 0),
  note TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (
    state IN ('queued', 'running', 'paused', 'finished', 'stopped', 'interrupted', 'failed')
  ),
  data TEXT NOT NULL CHECK (json_valid(data)),
  dataset_name TEXT NOT NULL,
  network TEXT NOT NULL CHECK (json_valid(network)),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  backend TEXT,
  parameter_count INTEGER CHECK (parameter_count >= 0),
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  epochs_done INTEGER NOT NULL DEFAULT 0 CHECK (epochs_done >= 0),
  best TEXT CHECK (json_valid(best)),
  last TEXT CHECK (json_valid(last)),
  test TEXT CHECK (json_valid(test)),
  error TEXT CHECK (json_valid(error)),
  job_id TEXT,
  sparkline TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(sparkline)),
  seq INTEGER NOT NULL DEFAULT 0 CHECK (seq >= 0),
  deleted_at INTEGER
) STRICT;
CREATE INDEX runs_by_creation ON runs (created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX runs_by_project ON runs (project_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX runs_by_name ON runs (name);
CREATE INDEX runs_active ON runs (state) WHERE state IN ('queued', 'running', 'paused');

CREATE TABLE epochs (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL CHECK (epoch >= 1),
  metrics TEXT NOT NULL CHECK (json_valid(metrics)),
  seconds REAL NOT NULL CHECK (seconds >= 0),
  examples_per_second REAL NOT NULL CHECK (examples_per_second >= 0),
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step >= 0),
  epoch REAL NOT NULL,
  loss REAL NOT NULL,
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  time INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  code TEXT NOT NULL,
  parameters TEXT NOT NULL CHECK (json_valid(parameters)),
  PRIMARY KEY (run_id, seq)
) STRICT, WITHOUT ROWID;
`;

const results = `
CREATE TABLE checkpoints (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL CHECK (epoch >= 0),
  step INTEGER NOT NULL CHECK (step >= 0),
  state TEXT NOT NULL CHECK (json_valid(state)),
  byte_length INTEGER NOT NULL CHECK (byte_length >= 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  UNIQUE (run_id, epoch)
) STRICT;

CREATE TABLE checkpoint_chunks (
  checkpoint_id INTEGER NOT NULL REFERENCES checkpoints (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 0),
  bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
  UNIQUE (checkpoint_id, number)
) STRICT;

CREATE TABLE models (
  run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  info TEXT NOT NULL CHECK (json_valid(info)),
  preparation TEXT NOT NULL CHECK (json_valid(preparation)),
  network TEXT NOT NULL CHECK (json_valid(network)),
  manifest TEXT NOT NULL CHECK (json_valid(manifest)),
  byte_length INTEGER NOT NULL CHECK (byte_length >= 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT;

CREATE TABLE model_chunks (
  run_id TEXT NOT NULL REFERENCES models (run_id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 0),
  bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
  UNIQUE (run_id, number)
) STRICT;

-- One BLOB per column of the predictions: indices, predicted and ranking int32, actual and outputs float32, little-endian.
-- \`ranking\` lists the positions of the rows, the surest prediction first.
CREATE TABLE evaluations (
  run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  evaluation TEXT NOT NULL CHECK (json_valid(evaluation)),
  row_count INTEGER NOT NULL CHECK (row_count >= 0),
  outputs_per_row INTEGER NOT NULL CHECK (outputs_per_row >= 1),
  indices BLOB NOT NULL CHECK (length(indices) = 4 * row_count),
  actual BLOB NOT NULL CHECK (length(actual) = 4 * row_count),
  predicted BLOB NOT NULL CHECK (length(predicted) = 4 * row_count),
  ranking BLOB NOT NULL CHECK (length(ranking) = 4 * row_count),
  outputs BLOB NOT NULL CHECK (length(outputs) = 4 * row_count * outputs_per_row)
) STRICT;
`;

const frame = `
CREATE TABLE jobs (
  id TEXT PRIMARY KEY CHECK (length(id) > 0),
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'finished', 'failed', 'cancelled', 'interrupted')),
  progress TEXT CHECK (json_valid(progress)),
  error TEXT CHECK (json_valid(error)),
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- The process that started it, as a name of its lock (storage/owners.ts).
  owner TEXT
) STRICT;
CREATE INDEX jobs_by_creation ON jobs (created_at DESC, id DESC);
CREATE INDEX jobs_active ON jobs (owner) WHERE state IN ('running', 'paused');

CREATE TABLE preferences (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;
`;

export const migration: Migration = {
  version: 1,
  up(db) {
    db.exec(datasets);
    db.exec(projects);
    db.exec(runs);
    db.exec(results);
    db.exec(frame);
  },
};
