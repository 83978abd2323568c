/** Format 6: what runs read of themselves after epochs, and each epoch's learning rate, memory and processor use. */
import type { Migration } from '../migrate';

const probes = `
CREATE TABLE probes (
  run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('validation', 'training')),
  target TEXT NOT NULL CHECK (json_valid(target)),
  -- int32 and float32, little-endian, one per example.
  indices BLOB NOT NULL CHECK (length(indices) % 4 = 0),
  actual BLOB NOT NULL CHECK (length(actual) = length(indices))
) STRICT;

CREATE TABLE probe_readings (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL CHECK (epoch >= 1),
  every INTEGER NOT NULL CHECK (every >= 1),
  seconds REAL NOT NULL CHECK (seconds >= 0),
  layers TEXT NOT NULL CHECK (json_valid(layers)),
  -- float32, little-endian.
  answers BLOB NOT NULL CHECK (length(answers) % 4 = 0),
  places BLOB NOT NULL CHECK (length(places) % 4 = 0),
  PRIMARY KEY (run_id, epoch)
) STRICT;
`;

export const migration: Migration = {
  version: 6,
  up(db) {
    db.exec(probes);
    // Null for epochs of older versions.
    db.exec('ALTER TABLE epochs ADD COLUMN learning_rate REAL');
    db.exec('ALTER TABLE epochs ADD COLUMN memory INTEGER');
    db.exec('ALTER TABLE epochs ADD COLUMN cores REAL');
  },
};
