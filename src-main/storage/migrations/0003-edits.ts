/**
 * Format 3: the journal of edits over a version, what a version was made from and how it differs from that, and indexes
 * that find the projects and runs that name a version.
 */
import type { Migration } from '../migrate';

const journal = `
-- The rows that an edit names are a BLOB of int32, little-endian, ascending: 100,000 of them are read without parsing.
CREATE TABLE edits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version_id TEXT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step >= 1),
  edit TEXT NOT NULL CHECK (json_valid(edit)),
  row_indices BLOB NOT NULL CHECK (length(row_indices) % 4 = 0),
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX edits_by_version ON edits (version_id, undone, step, id);
`;

/** No foreign key on the parent: a version stays whole when the one that it was made from is gone. */
const origins = `
ALTER TABLE versions ADD COLUMN parent_id TEXT;
ALTER TABLE versions ADD COLUMN changes TEXT CHECK (json_valid(changes));
CREATE INDEX versions_by_parent ON versions (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX projects_by_version ON projects (json_extract(data, '$.versionId'));
CREATE INDEX runs_by_version ON runs (json_extract(data, '$.versionId'));
`;

export const migration: Migration = {
  version: 3,
  up(db) {
    db.exec(journal);
    db.exec(origins);
  },
};
