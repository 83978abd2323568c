/** A job that is kept for questions: one process for many, ended when nobody asks, another after its end. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../storage/fixtures/examples';
import { openLibrary, type Library } from '../storage/library';
import { KeptJob } from './kept-job';
import { Supervisor } from './supervisor';
import { buildJobEntry, forkJob } from './testing/launch';

let entry: Awaited<ReturnType<typeof buildJobEntry>>;
let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
let supervisor: Supervisor;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const request = { kind: 'echo', input: null, subject: 'echo', subjectId: null };

beforeAll(async () => {
  entry = await buildJobEntry('src-main/jobs/testing/entry.ts');
}, 120_000);
afterAll(() => entry.remove());
beforeEach(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
  supervisor = new Supervisor({ library, resources: folder.path, launch: () => forkJob(entry.file), log: silent });
});
afterEach(async () => {
  await supervisor.shutdown(100);
  library.close();
  folder.dispose();
});

/** Waits until the only job that runs has ended. */
function ended(): Promise<unknown> {
  const [job] = supervisor.running();
  if (!job) throw new Error('Nothing runs');
  return supervisor.result(job.id).catch((error: unknown) => error);
}

test('many questions are answered by one process, refusals among them', async () => {
  const job = new KeptJob(supervisor, request);
  const pid = await job.ask('pid');
  await expect(job.ask('refuse')).rejects.toMatchObject({ code: 'input-not-number' });
  expect(await Promise.all([job.ask('pid'), job.ask('one'), job.ask('two')])).toEqual([pid, 'one', 'two']);
});

test('it ends when nobody has asked for a while, and the next question starts another', async () => {
  const job = new KeptJob(supervisor, request, 1);
  const pid = await job.ask('pid');
  expect(await ended()).toMatchObject({ code: 'job-cancelled' });
  expect(await job.ask('pid')).not.toBe(pid);
});

test('closed, it still answers what it was asked', async () => {
  const job = new KeptJob(supervisor, request);
  const answer = job.ask('last');
  job.close();
  expect(await answer).toBe('last');
  expect(await ended()).toMatchObject({ code: 'job-cancelled' });
});
