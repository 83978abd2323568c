/** Format 9: of test rows of forecasts, the truth of every step ahead, beside that of the first. */
import type { Migration } from '../migrate';

const steps = `
-- float32, little-endian, as outputs; null for other tasks, and in evaluations of earlier formats.
ALTER TABLE evaluations ADD COLUMN actual_steps BLOB CHECK (length(actual_steps) = length(outputs));
`;

export const migration: Migration = {
  version: 9,
  up(db) {
    db.exec(steps);
  },
};
