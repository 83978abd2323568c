/** The table of runs in the library: what changed is found, marks are kept, deleted runs leave it in time. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleCommit, exampleRun, exampleView, temporaryFolder } from './fixtures/examples';
import { openLibrary, type Library } from './library';
import { expireRuns, purgeRun, runsBytes } from './run-bytes';
import { changedRuns, markRuns, tagsOf } from './run-summaries';
import { listRunViews, removeRunView, saveRunView } from './run-views';
import { commitEpoch, getRun, setRunsDeleted, startRun, updateRun } from './runs';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
beforeEach(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
});
afterEach(() => {
  library.close();
  folder.dispose();
});

/** Ids of what changed since the last call. */
function follower() {
  let since = 0;
  return () => {
    const rows = changedRuns(library.db, since, 100);
    since = rows.at(-1)?.revision ?? since;
    return rows.map(({ summary }) => summary.id);
  };
}

test('whatever changes of a run is found once, the last change last', () => {
  const { db } = library;
  const changed = follower();
  const [a, b] = [exampleRun(db), exampleRun(db, 'brave-heron')].map(({ id }) => id) as [string, string];
  expect(changed()).toEqual([a, b]);
  expect(changed()).toEqual([]);
  updateRun(db, b, { note: 'warm' });
  commitEpoch(db, exampleCommit(a, 1));
  expect(changed()).toEqual([b, a]);
  setRunsDeleted(db, [b], true);
  expect(changed()).toEqual([b]);
  expect(changedRuns(db, 0, 1)).toHaveLength(1);
  expect(changedRuns(db, 0, 9).map(({ summary }) => [summary.note, summary.deleted])).toEqual([
    ['', false],
    ['warm', true],
  ]);
});

test('the best of each metric is known with its epoch, after a resume too', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  const extremes = () => changedRuns(db, 0, 1)[0]!.extremes;
  for (const [epoch, loss] of [
    [1, 0.5],
    [2, 0.2],
    [3, 0.9],
  ] as const) {
    const commit = exampleCommit(id, epoch);
    commitEpoch(db, { ...commit, epoch: { ...commit.epoch, metrics: { loss } } });
  }
  expect(extremes()).toEqual({ loss: [0.2, 2, 0.9, 3] });
  db.prepare('DELETE FROM checkpoints WHERE epoch = 3').run();
  startRun(db, id, { backend: 'cpu', parameterCount: 1, jobId: 'again' });
  expect(extremes()).toEqual({ loss: [0.2, 2, 0.5, 1] });
});

test('tags, star and archive are set together or not at all', () => {
  const { db } = library;
  const { id } = exampleRun(db);
  markRuns(db, [{ id, tags: ['small', 'baseline', 'small'], starred: true }]);
  markRuns(db, [{ id, archived: true }]);
  expect(changedRuns(db, 0, 1)[0]?.summary).toMatchObject({
    tags: ['small', 'baseline'],
    starred: true,
    archived: true,
  });
  expect(() => markRuns(db, [{ id, tags: [] }, { id: 'nobody' }])).toThrow(/nobody/);
  expect(tagsOf(db, id)).toEqual(['small', 'baseline']);
});

test('a deleted run leaves the library when it is purged, or a month later, with all its bytes', () => {
  const { db } = library;
  const [a, b, c] = ['a', 'b', 'c'].map((name) => exampleRun(db, name).id) as [string, string, string];
  for (const id of [a, b]) commitEpoch(db, exampleCommit(id, 1, 3000));
  expect(runsBytes(db, [a, b, c])).toBe(2 * runsBytes(db, [a]));
  // A checkpoint and the model.
  expect(runsBytes(db, [a])).toBe(6000);
  expect(purgeRun(db, a)).toBe(false);
  setRunsDeleted(db, [a, b], true);
  expect(purgeRun(db, a)).toBe(true);
  expect(() => getRun(db, a)).toThrow(/not-found/);
  expireRuns(db, Date.now() + 29 * 86_400_000);
  expect(getRun(db, b).id).toBe(b);
  expireRuns(db, Date.now() + 31 * 86_400_000);
  expect(() => getRun(db, b)).toThrow(/not-found/);
  expect(getRun(db, c).id).toBe(c);
  expect(db.prepare('SELECT count(*) FROM checkpoint_chunks').pluck().get()).toBe(0);
});

test('views are kept by name, a new one in the place of the old', () => {
  const { db } = library;
  const kept = saveRunView(db, 'Good ones', exampleView);
  saveRunView(db, 'All', { ...exampleView, query: '' });
  expect(saveRunView(db, 'Good ones', { ...exampleView, group: 'optimizer' }).id).toBe(kept.id);
  expect(listRunViews(db).map(({ name, view: { group } }) => [name, group])).toEqual([
    ['All', null],
    ['Good ones', 'optimizer'],
  ]);
  removeRunView(db, kept.id);
  expect(listRunViews(db).map(({ name }) => name)).toEqual(['All']);
  expect(() => removeRunView(db, kept.id)).toThrow(/not-found/);
});

test('marks and views of a library of format 5 are kept', () => {
  const other = temporaryFolder();
  copyFileSync(new URL('./fixtures/library-0005.sqlite', import.meta.url), join(other.path, 'library.sqlite'));
  const old = openLibrary(other.path);
  const run = changedRuns(old.db, 0, 100).find(({ summary }) => summary.name === 'calm-otter');
  expect(run?.summary).toMatchObject({ tags: ['baseline'], starred: true });
  expect(listRunViews(old.db)).toMatchObject([{ name: 'Good ones', view: exampleView }]);
  old.close();
  other.dispose();
});

test('runs of a library of format 4 have their best values from the epochs that they kept', () => {
  const other = temporaryFolder();
  copyFileSync(new URL('./fixtures/library-0004.sqlite', import.meta.url), join(other.path, 'library.sqlite'));
  const old = openLibrary(other.path);
  const rows = changedRuns(old.db, 0, 100);
  const run = rows.find(({ summary }) => summary.name === 'calm-otter');
  expect(run?.extremes['accuracy']).toEqual([0.5, 1, 0.75, 3]);
  expect(run?.summary).toMatchObject({ tags: [], starred: false, archived: false, deleted: false });
  expect(new Set(rows.map(({ revision }) => revision)).size).toBe(rows.length);
  old.close();
  other.dispose();
});
