/** Format 7: searches with their trials, and the weights of the few best, and which runs a search made. */
import type { Migration } from '../migrate';

const searches = `
CREATE TABLE searches (
  id TEXT PRIMARY KEY CHECK (length(id) > 0),
  project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (length(name) > 0),
  state TEXT NOT NULL CHECK (
    state IN ('waiting', 'running', 'paused', 'finished', 'stopped', 'interrupted', 'failed')
  ),
  plan TEXT NOT NULL CHECK (json_valid(plan)),
  best INTEGER CHECK (best >= 1),
  -- Without pauses.
  seconds REAL NOT NULL DEFAULT 0 CHECK (seconds >= 0),
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  job_id TEXT,
  error TEXT CHECK (json_valid(error)),
  outcome TEXT CHECK (json_valid(outcome)),
  -- Grows with each change of a trial, which takes its number.
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0)
) STRICT;
CREATE INDEX searches_by_project ON searches (project_id, created_at DESC, id DESC);
CREATE INDEX searches_active ON searches (state) WHERE state IN ('running', 'paused');

CREATE TABLE search_trials (
  search_id TEXT NOT NULL REFERENCES searches (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 1),
  state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'pruned', 'failed', 'interrupted')),
  choices TEXT NOT NULL CHECK (json_valid(choices)),
  -- float64, little-endian, one per epoch.
  curve BLOB NOT NULL CHECK (length(curve) % 8 = 0),
  value REAL,
  measures TEXT NOT NULL CHECK (json_valid(measures)),
  seconds REAL NOT NULL CHECK (seconds >= 0),
  error TEXT CHECK (json_valid(error)),
  revision INTEGER NOT NULL,
  PRIMARY KEY (search_id, number)
) STRICT;
CREATE UNIQUE INDEX search_trials_by_revision ON search_trials (search_id, revision);

-- Of the best epoch of the few best trials, where several are to answer together.
CREATE TABLE trial_weights (
  id INTEGER PRIMARY KEY,
  search_id TEXT NOT NULL REFERENCES searches (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  epoch INTEGER NOT NULL CHECK (epoch >= 1),
  manifest TEXT NOT NULL CHECK (json_valid(manifest)),
  byte_length INTEGER NOT NULL CHECK (byte_length >= 0),
  sha256 TEXT NOT NULL,
  UNIQUE (search_id, number)
) STRICT;

CREATE TABLE trial_weight_chunks (
  weights_id INTEGER NOT NULL REFERENCES trial_weights (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (weights_id, number)
) STRICT;
`;

/** No reference: a run that was trained is worth keeping where its search could not be read from a damaged library. */
const runs = `
ALTER TABLE runs ADD COLUMN search_id TEXT;
-- Null for several trials together.
ALTER TABLE runs ADD COLUMN search_trial INTEGER;
CREATE INDEX runs_by_search ON runs (search_id, created_at, id) WHERE search_id IS NOT NULL;
CREATE TRIGGER searches_removed AFTER DELETE ON searches BEGIN
  UPDATE runs SET search_id = NULL, search_trial = NULL WHERE search_id = OLD.id;
END;
`;

export const migration: Migration = {
  version: 7,
  up(db) {
    db.exec(searches);
    db.exec(runs);
  },
};
