/** An import killed between its moves and its commit: what it moved goes, what another version uses stays. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { insertDataset, insertVersion } from './datasets';
import { newId } from './ids';
import { openLibrary } from './library';
import { MOVES_NOTE } from './unfinished';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tandem-unfinished-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const own = 'a'.repeat(64);
const shared = 'b'.repeat(64);

function addVersion(library: ReturnType<typeof openLibrary>, id: string) {
  const datasetId = newId();
  insertDataset(library.db, { id: datasetId, name: 'digits', sample: null });
  insertVersion(library.db, {
    id,
    datasetId,
    datasetName: 'digits',
    number: 1,
    createdAt: 1,
    rowCount: 1,
    columns: [
      {
        name: 'image',
        type: 'image',
        missing: 0,
        distinct: 1,
        examples: [],
        statistics: null,
        histogram: [],
        categories: [],
        image: { height: 1, width: 1, channels: 1, blob: shared },
      },
    ],
    hasGivenSplit: false,
    proposed: null,
    bytes: 1,
    source: { kind: 'idx', name: 'digits', sha256: id },
    notes: [],
  });
}

test('moved files of an uncommitted import are taken away at the next opening, those in use are not', () => {
  const library = openLibrary(directory);
  const { versions, blobs, temporary } = library.paths;
  const [committed, lost] = [newId(), newId()];
  addVersion(library, committed);
  for (const id of [committed, lost]) mkdirSync(join(versions, id));
  for (const blob of [own, shared]) writeFileSync(join(blobs, blob), 'pixels');
  for (const [job, note] of [
    ['job-1', JSON.stringify({ versionId: lost, blobs: [own, shared] })],
    ['job-2', JSON.stringify({ versionId: committed, blobs: [shared] })],
    ['job-3', '{"versionId":'],
  ] as const) {
    mkdirSync(join(temporary, job));
    writeFileSync(join(temporary, job, MOVES_NOTE), note);
  }
  library.close();
  openLibrary(directory).close();
  expect(existsSync(join(versions, committed))).toBe(true);
  expect(existsSync(join(blobs, shared))).toBe(true);
  expect(existsSync(join(versions, lost))).toBe(false);
  expect(existsSync(join(blobs, own))).toBe(false);
  expect(existsSync(join(temporary, 'job-3'))).toBe(false);
});
