/** Readings of a run in the library: page by page, as a window reads them, and away with the run's deletion for good. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleCommit, exampleReading, exampleRun, temporaryFolder } from './fixtures/examples';
import { openLibrary, type Library } from './library';
import { probeOverview } from './probes';
import { runBytes } from './run-bytes';
import { commitEpoch } from './runs';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
beforeAll(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
});
afterAll(() => {
  library.close();
  folder.dispose();
});

test('many readings come in pages without a gap, are counted among the run’s bytes, and go with it', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  for (let epoch = 1; epoch <= 30; epoch++) {
    commitEpoch(db, { ...exampleCommit(id, epoch, 256), probe: exampleReading(epoch) });
  }
  const first = probeOverview(db, id, 0);
  expect(first.more).toBe(true);
  const second = probeOverview(db, id, first.tracks.at(-1)!.epoch);
  expect(second.more).toBe(false);
  const epochs = [...first.tracks, ...second.tracks].map(({ epoch }) => epoch);
  expect(epochs).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  expect(first.said.length + second.said.length).toBe(30 * 3);
  expect(runBytes(db, id)).toBeGreaterThan(30 * 3 * 8 * 4);
  db.prepare('DELETE FROM runs WHERE id = ?').run(id);
  expect(probeOverview(db, id, 0)).toMatchObject({ probe: null, tracks: [] });
});
