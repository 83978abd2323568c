/**
 * Format 5: what people say of runs (tags, star, archived), the views of their table, the lowest and highest value of each
 * metric with its epoch, and a count by which a reader finds the runs that changed since it last looked.
 */
import type { Migration } from '../migrate';
import { countExtremes } from '../run-extremes';

const marks = `
-- An array of texts, each once.
ALTER TABLE runs ADD COLUMN tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags));
ALTER TABLE runs ADD COLUMN starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1));
ALTER TABLE runs ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
-- By metric: [lowest, its epoch, highest, its epoch].
ALTER TABLE runs ADD COLUMN extremes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(extremes));

CREATE TABLE run_views (
  id TEXT PRIMARY KEY CHECK (length(id) > 0),
  name TEXT NOT NULL UNIQUE CHECK (length(name) > 0),
  view TEXT NOT NULL CHECK (json_valid(view)),
  created_at INTEGER NOT NULL
) STRICT;
`;

/** \`seq\` alone, which grows with each part of an epoch, changes nothing of what a list shows. */
const revisions = `
ALTER TABLE runs ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
UPDATE runs SET revision = rowid;
CREATE INDEX runs_by_revision ON runs (revision);
CREATE INDEX runs_deleted ON runs (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TRIGGER runs_added AFTER INSERT ON runs BEGIN
  UPDATE runs SET revision = (SELECT max(revision) FROM runs) + 1 WHERE id = NEW.id;
END;
CREATE TRIGGER runs_changed AFTER UPDATE OF project_id, name, note, state, settings, parameter_count, engine, started_at,
  ended_at, epochs_done, best, last, test, error, sparkline, deleted_at, tags, starred, archived, extremes ON runs BEGIN
  UPDATE runs SET revision = (SELECT max(revision) FROM runs) + 1 WHERE id = NEW.id;
END;
`;

export const migration: Migration = {
  version: 5,
  up(db) {
    db.exec(marks);
    for (const id of db.prepare<[], string>('SELECT id FROM runs WHERE epochs_done > 0').pluck().all()) {
      countExtremes(db, id);
    }
    db.exec(revisions);
  },
};
