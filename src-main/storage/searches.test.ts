/** Searches in the library: read back, told by what changed, ended with their process, gone with their project. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleRun, exampleSearch, temporaryFolder } from './fixtures/examples';
import { insertJob } from './jobs';
import { openLibrary, type Library } from './library';
import { listProjects } from './projects';
import { getRun, listRuns } from './runs';
import { beginTrial, changedTrials, listTrials } from './search-trials';
import { getSearch, listSearches, removeSearch, settleSearch, startSearch } from './searches';
import { listTrialWeights } from './trial-weights';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
beforeEach(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
});
afterEach(() => {
  if (library.db.open) library.close();
  folder.dispose();
});

test('a search of a library of format 7 is read whole', () => {
  library.close();
  copyFileSync(new URL('./fixtures/library-0007.sqlite', import.meta.url), join(folder.path, 'library.sqlite'));
  library = openLibrary(folder.path);
  const { db } = library;
  const [search] = listProjects(db).flatMap(({ id }) => listSearches(db, id));
  expect(search).toMatchObject({
    ...{ name: 'wise-owl', state: 'stopped', best: 1, seconds: 6 },
    counts: { running: 0, finished: 1, pruned: 1, failed: 0, interrupted: 1 },
    outcome: { ended: 'stopped' },
  });
  expect(listTrials(db, search!.id).map(({ curve, value }) => [curve, value])).toEqual([
    [[0.5, 0.75], 0.75],
    [[0.5], 0.5],
    [[], null],
  ]);
  expect(listTrialWeights(db, search!.id)).toMatchObject([{ number: 1, weights: new Uint8Array(16).fill(7) }]);
  expect(search!.runIds.map((id) => getRun(db, id).search)).toEqual([{ id: search!.id, trial: 1 }]);
});

test('its trials go with it, and with its project; runs that it made stay, and forget it', () => {
  const { db } = library;
  const run = exampleRun(db);
  const search = exampleSearch(db, run);
  removeSearch(db, search.id);
  expect([listTrials(db, search.id), listTrialWeights(db, search.id)]).toEqual([[], []]);
  expect(listRuns(db, null).find(({ name }) => name === 'wise-owl-1')!.search).toBeUndefined();
  const other = exampleSearch(db, run);
  db.prepare('DELETE FROM projects').run();
  expect([listTrials(db, other.id), listTrialWeights(db, other.id)]).toEqual([[], []]);
});

const jobOf = (id: string, subjectId: string) => ({
  ...{ id, kind: 'search', subject: 's', subjectId, state: 'running' as const, progress: null, error: null },
  ...{ createdAt: Date.now(), endedAt: null },
});

test('a trial that was ended from outside is tried again, one that took the process with it is not', () => {
  const { db } = library;
  const { id } = exampleSearch(db, exampleRun(db));
  const { since } = changedTrials(db, id, 0, 10);
  for (const [code, ended] of [
    ['job-killed', 'interrupted'],
    ['job-out-of-memory', 'failed'],
  ] as const) {
    startSearch(db, id, 'j');
    beginTrial(db, id, 3, {});
    settleSearch(db, id, { id: 'j', state: 'interrupted', error: { code, parameters: {} } });
    expect(getSearch(db, id)).toMatchObject({ state: 'interrupted', error: { code } });
    expect(listTrials(db, id).at(-1)!.state).toBe(ended);
  }
  expect(changedTrials(db, id, since, 10).trials.map(({ number, state }) => [number, state])).toEqual([[3, 'failed']]);
});

test('another process that opens the library leaves a search alone as long as its owner lives', () => {
  const { db } = library;
  const { id } = exampleSearch(db, exampleRun(db));
  insertJob(db, jobOf('j', id));
  startSearch(db, id, 'j');
  beginTrial(db, id, 3, {});
  openLibrary(folder.path).close();
  expect(getSearch(db, id).state).toBe('running');
  library.close();
  library = openLibrary(folder.path);
  expect(getSearch(library.db, id)).toMatchObject({ state: 'interrupted', error: { code: 'app-ended' } });
  expect(listTrials(library.db, id).at(-1)!.state).toBe('interrupted');
});
