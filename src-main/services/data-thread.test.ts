/** The data thread as the app runs it: answers, refuses with codes, ends when it has answered, and is started anew. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportResult, RowChoice } from '../contract';
import { getVersion } from '../storage/datasets';
import { openLibrary, type Library } from '../storage/library';
import { getProject } from '../storage/projects';
import { readHere } from './data-reader';
import { DataThread } from './data-thread';
import { datasetsService } from './datasets';
import { PendingEditsReader } from './pending-edits';
import { Supervisor } from './supervisor';
import { buildJobEntry, forkJob } from './testing/launch';

let folder: string;
let library: Library;
let thread: DataThread;
let jobs: Awaited<ReturnType<typeof buildJobEntry>>;
let entry: Awaited<ReturnType<typeof buildJobEntry>>;
const refusals: unknown[] = [];
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  jobs = await buildJobEntry('src-main/jobs/entry.ts');
  entry = await buildJobEntry('src-main/services/data-thread-entry.ts');
  folder = mkdtempSync(join(tmpdir(), 'tandem-thread-'));
  library = openLibrary(join(folder, 'library'));
  thread = new DataThread(entry.file, library, (...refusal) => refusals.push(refusal));
}, 120_000);
afterAll(async () => {
  await thread.close();
  library.close();
  rmSync(folder, { recursive: true });
  await Promise.all([jobs.remove(), entry.remove()]);
});

async function importTable() {
  const path = join(folder, 'table.csv');
  const lines = Array.from({ length: 60 }, (_, row) => `${row},${row % 3 === 0 ? 'a' : 'b'}`);
  writeFileSync(path, ['height,kind', ...lines].join('\n'));
  const supervisor = new Supervisor({ library, resources: folder, launch: () => forkJob(jobs.file), log: silent });
  const input = { source: { kind: 'file', path }, name: null, target: 'kind' };
  const { id } = supervisor.start({ kind: 'import', input, subject: 'table', subjectId: null });
  const { projectId, versionId } = (await supervisor.result(id)) as ImportResult;
  await supervisor.shutdown();
  const { data } = getProject(library.db, projectId);
  if (!data) throw new Error('The import proposed nothing');
  return { version: getVersion(library.db, versionId), setup: data };
}

test('answers as a reading in place does, refuses with codes, and comes back after its end', async () => {
  const { version, setup } = await importTable();
  const here = readHere(library);
  const query = { setup, part: null, label: 'a', search: '', offset: 5, limit: 10 };
  expect(await thread.rows(version, query)).toEqual(await here.rows(version, query));
  expect(await thread.describe(version, setup)).toEqual(await here.describe(version, setup));
  await expect(thread.pictures(version, 'none', [0])).rejects.toMatchObject({ code: 'column-missing' });

  const asked = thread.rows(version, query);
  await thread.close();
  expect((await asked).total).toBe(20);
  expect((await thread.rows(version, query)).total).toBe(20);
}, 60_000);

test('rows are found as they stand with the edits of the moment', async () => {
  const { version, setup } = await importTable();
  const reader = new PendingEditsReader(library.db);
  const service = datasetsService({ library, data: thread, notify: () => undefined } as never, reader);
  const rows = async (change: Partial<RowChoice>) => {
    const query = { setup, part: null, label: null, search: '', offset: 0, limit: 100, ...change };
    return [...(await service.rowIndices(query))];
  };
  expect(await rows({ search: 'rare' })).toEqual([]);
  const set = (column: string, value: string, ...at: number[]) => ({ kind: 'set', column, rows: at, value }) as const;
  await reader.append(version, [set('kind', 'rare', 7, 50), set('height', '-1', 30)]);
  expect(await rows({ search: 'rare' })).toEqual([7, 50]);
  expect(await rows({ label: 'rare' })).toEqual([7, 50]);
  expect((await rows({ sort: { by: { kind: 'column', column: 'height' }, descending: false } }))[0]).toBe(30);
  await reader.append(version, [{ kind: 'exclude', rows: [50, 9], reason: 'chosen' }]);
  expect(await rows({ conditions: [{ kind: 'edited' }] })).toEqual([7, 9, 30, 50]);
  expect(await rows({ conditions: [{ kind: 'left-out' }] })).toEqual([9, 50]);
  expect(await rows({ conditions: [{ kind: 'edited' }], search: 'rare' })).toEqual([7, 50]);
  await reader.undo(version);
  await reader.undo(version);
  expect(await rows({ search: 'rare' })).toEqual([]);
  await reader.redo(version);
  expect(await rows({ search: 'rare' })).toEqual([7, 50]);
  await reader.append(version, [{ kind: 'drop-column', column: 'kind' }]);
  expect(await rows({ conditions: [{ kind: 'edited' }] })).toEqual([30]);
}, 60_000);

test('what is behind a refusal is told, for the log', async () => {
  const { version, setup } = await importTable();
  rmSync(join(library.paths.versions, version.id), { recursive: true });
  const query = { setup, part: null, label: null, search: '', offset: 0, limit: 10 };
  await expect(thread.rows(version, query)).rejects.toMatchObject({ code: 'table-unreadable' });
  expect(refusals).toEqual([['rows', 'table-unreadable', expect.stringContaining('No files found')]]);
}, 60_000);
