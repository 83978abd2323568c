/**
 * Format 2: the middle of a long epoch is kept too, one checkpoint a run beside those of its complete epochs, and a run
 * says which engine did its steps.
 */
import type { Migration } from '../migrate';

const middle = `
CREATE TABLE mid_checkpoints (
  run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL CHECK (epoch >= 0),
  step INTEGER NOT NULL CHECK (step >= 1),
  state TEXT NOT NULL CHECK (json_valid(state)),
  byte_length INTEGER NOT NULL CHECK (byte_length >= 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT;

CREATE TABLE mid_checkpoint_chunks (
  run_id TEXT NOT NULL REFERENCES mid_checkpoints (run_id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 0),
  bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
  UNIQUE (run_id, number)
) STRICT;
`;

export const migration: Migration = {
  version: 2,
  up(db) {
    db.exec(middle);
    // {kind, reason, seconds}; null for runs that began before.
    db.exec('ALTER TABLE runs ADD COLUMN engine TEXT CHECK (json_valid(engine))');
  },
};
