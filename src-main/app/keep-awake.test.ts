/** Sleep is held off exactly while a real job trains: not in a pause, not after any end, not for other jobs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Job } from '../contract';
import { Supervisor } from '../services/supervisor';
import { buildJobEntry, forkJob } from '../services/testing/launch';
import { exampleRun } from '../storage/fixtures/examples';
import { openLibrary, type Library } from '../storage/library';
import { keepAwake } from './keep-awake';

let entry: Awaited<ReturnType<typeof buildJobEntry>>;
let directory: string;
let library: Library;
let supervisor: Supervisor;
let children: ReturnType<typeof forkJob>[];
let held: Set<number>;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  entry = await buildJobEntry('src-main/jobs/testing/entry.ts');
}, 60_000);
afterAll(() => entry.remove());

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tandem-awake-'));
  library = openLibrary(directory);
  children = [];
  held = new Set();
  const launch = () => {
    const child = forkJob(entry.file);
    children.push(child);
    return child;
  };
  supervisor = new Supervisor({ library, resources: directory, launch, log: silent });
  let next = 0;
  const blocker = {
    start: () => {
      held.add(++next);
      return next;
    },
    stop: (id: number) => void held.delete(id),
  };
  const stayAwake = keepAwake(blocker);
  supervisor.onChange(() => stayAwake(supervisor.running()));
});
afterEach(async () => {
  await supervisor.shutdown(100);
  library.close();
  rmSync(directory, { recursive: true, force: true });
});

const jobWhere = (holds: (job: Job) => boolean) =>
  new Promise<Job>((resolve) => {
    const end = supervisor.onChange((job) => {
      if (!holds(job)) return;
      end();
      resolve(job);
    });
  });

async function trains(): Promise<{ id: string; end: Promise<unknown> }> {
  const { id: runId } = exampleRun(library.db, 'calm-otter');
  const begun = jobWhere(({ progress }) => progress !== null);
  const { id } = supervisor.start({ kind: 'train', input: { runId }, subject: 'run', subjectId: runId });
  const end = supervisor.result(id).catch((error: unknown) => error);
  await begun;
  return { id, end };
}

test('while a run trains, released in a pause and at its end', async () => {
  const { id, end } = await trains();
  expect(held.size).toBe(1);
  const paused = jobWhere(({ state }) => state === 'paused');
  supervisor.command(id, 'pause');
  await paused;
  expect(held.size).toBe(0);
  const running = jobWhere(({ state }) => state === 'running');
  supervisor.command(id, 'resume');
  await running;
  expect(held.size).toBe(1);
  supervisor.command(id, 'stop');
  await end;
  expect(held.size).toBe(0);
});

test('released when the process is killed', async () => {
  const { end } = await trains();
  expect(held.size).toBe(1);
  children[0]?.kill();
  expect(await end).toMatchObject({ code: 'job-killed' });
  expect(held.size).toBe(0);
});

test('one hold for two runs, until the last has ended; none for other jobs', async () => {
  const other = supervisor.start({ kind: 'echo', input: null, subject: 'echo', subjectId: null });
  supervisor.result(other.id).catch(() => undefined);
  await supervisor.ask(other.id, 'ready?');
  expect(held.size).toBe(0);
  const [one, two] = [await trains(), await trains()];
  expect(held.size).toBe(1);
  supervisor.command(one.id, 'stop');
  await one.end;
  expect(held.size).toBe(1);
  supervisor.command(two.id, 'stop');
  await two.end;
  expect(held.size).toBe(0);
});
