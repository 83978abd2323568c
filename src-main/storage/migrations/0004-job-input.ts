/** Format 4: jobs keep what they were started with, so that an interrupted import can go on. */
import type { Migration } from '../migrate';

const input = `
-- Null for jobs of earlier formats, and where it is no longer needed.
ALTER TABLE jobs ADD COLUMN input TEXT CHECK (json_valid(input));
CREATE INDEX jobs_to_continue ON jobs (ended_at DESC, id DESC)
  WHERE kind = 'import' AND state = 'interrupted' AND input IS NOT NULL;
`;

export const migration: Migration = {
  version: 4,
  up(db) {
    db.exec(input);
  },
};
