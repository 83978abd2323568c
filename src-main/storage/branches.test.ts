/** What a library of format 7 has beyond those before: runs that wait, and a run that branched off. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { latestCheckpoint } from './checkpoints';
import { temporaryFolder } from './fixtures/examples';
import { openLibrary } from './library';
import { listWaiting } from './run-queue';
import { listRuns, runHistory } from './runs';

test('what waits in a library of format 8 still waits, and a branch has all that it began with', () => {
  const folder = temporaryFolder();
  copyFileSync(new URL('./fixtures/library-0008.sqlite', import.meta.url), join(folder.path, 'library.sqlite'));
  const { db, close } = openLibrary(folder.path);
  expect(listWaiting(db)).toMatchObject([{ name: 'keen-lynx', priority: 'normal' }]);
  const branch = listRuns(db, null).find(({ name }) => name === 'calm-otter-from-3')!;
  expect(branch).toMatchObject({ state: 'interrupted', epochsDone: 3, parent: { name: 'calm-otter', epoch: 3 } });
  expect(latestCheckpoint(db, branch.id)).toMatchObject({ epoch: 3, tensors: new Uint8Array(256).fill(3) });
  expect(runHistory(db, branch.id).epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  close();
  folder.dispose();
});
