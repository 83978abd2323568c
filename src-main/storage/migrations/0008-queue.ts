/**
 * Format 8: the queue of runs that wait to be trained, how long each waited and trained, and the run that a run branched off
 * from.
 */
import type { Migration } from '../migrate';

const queue = `
CREATE TABLE run_queue (
  run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  -- The higher first; among equals by place.
  priority INTEGER NOT NULL,
  place INTEGER NOT NULL
) STRICT;

-- Milliseconds since 1970: since when it waits, and trains without a pause; null while it does not.
ALTER TABLE runs ADD COLUMN queued_at INTEGER;
ALTER TABLE runs ADD COLUMN begun_at INTEGER;
-- Milliseconds before that.
ALTER TABLE runs ADD COLUMN waited INTEGER NOT NULL DEFAULT 0 CHECK (waited >= 0);
ALTER TABLE runs ADD COLUMN trained INTEGER NOT NULL DEFAULT 0 CHECK (trained >= 0);
`;

/** Of runs from before, what their epochs took: what lies between start and end may be days in which the app was closed. */
const epochsTook = `
UPDATE runs SET trained = (SELECT CAST(round(1000 * coalesce(sum(seconds), 0)) AS INTEGER) FROM epochs WHERE run_id = runs.id);
`;

const branches = `
-- {runId, name, epoch, withOptimizer}; the run it names may be gone.
ALTER TABLE runs ADD COLUMN parent TEXT CHECK (json_valid(parent));
`;

/** The columns that the table of runs shows count as changes of a run. */
const revisions = `
CREATE TRIGGER runs_waited AFTER UPDATE OF queued_at, begun_at, waited, trained ON runs BEGIN
  UPDATE runs SET revision = (SELECT max(revision) FROM runs) + 1 WHERE id = NEW.id;
END;
`;

export const migration: Migration = {
  version: 8,
  up(db) {
    for (const sql of [queue, epochsTook, branches, revisions]) db.exec(sql);
  },
};
