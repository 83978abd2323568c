import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { settingDefaults, type Job, type LiveEvent } from '../contract';
import { buildJobEntry, forkJob } from './testing/launch';
import { insertDataset } from '../storage/datasets';
import { newId } from '../storage/ids';
import { listJobs } from '../storage/jobs';
import { openLibrary, type Library } from '../storage/library';
import { createProject } from '../storage/projects';
import { createRun, getRun, runHistory } from '../storage/runs';
import { Supervisor } from './supervisor';

let entry: Awaited<ReturnType<typeof buildJobEntry>>;
let directory: string;
let library: Library;
let supervisor: Supervisor;
let children: ReturnType<typeof forkJob>[];
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  entry = await buildJobEntry('src-main/jobs/testing/entry.ts');
}, 60_000);
afterAll(() => entry.remove());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tandem-supervisor-'));
  library = openLibrary(directory, { role: 'owner' });
  children = [];
  const launch = () => {
    const child = forkJob(entry.file);
    children.push(child);
    return child;
  };
  supervisor = new Supervisor({ library, resources: directory, launch, log: silent });
});
afterEach(async () => {
  await supervisor.shutdown(100);
  expect(children.filter(({ pid }) => isAlive(pid))).toEqual([]);
  library.close();
  await rm(directory, { recursive: true });
});

const start = (kind: string, input: unknown, subjectId: string | null = null) =>
  supervisor.start({ kind, input, subject: 'something', subjectId });
const row = (id: string) => listJobs(library.db, 10).find((job) => job.id === id);
const jobWhere = (holds: (job: Job) => boolean) =>
  new Promise<Job>((resolve) => {
    const stop = supervisor.onChange((job) => {
      if (!holds(job)) return;
      stop();
      resolve(job);
    });
  });

describe('a job that behaves', () => {
  test('is not taken for one that works once it has ended, while its process is still there', async () => {
    const job = start('count', { to: 10, holdAt: null }, 'a version');
    expect(supervisor.working().map(({ id }) => id)).toEqual([job.id]);
    await jobWhere(({ id, endedAt }) => id === job.id && endedAt !== null);
    expect(supervisor.running().map(({ id }) => id)).toEqual([job.id]);
    expect(supervisor.working()).toEqual([]);
  });

  test('reports progress, ends with a result, and leaves a finished row', async () => {
    const seen: Job[] = [];
    supervisor.onChange((job) => seen.push(job));
    const { id } = start('count', { to: 1000, holdAt: null });
    expect(row(id)?.state).toBe('running');
    expect(await supervisor.result(id)).toEqual({ counted: 1000 });
    expect(row(id)).toMatchObject({ state: 'finished', error: null, progress: { done: 1000, total: 1000 } });
    expect(seen.some(({ progress }) => progress?.stage === 'counting')).toBe(true);
  });

  test('pauses and goes on when told, and says so', async () => {
    const { id } = start('count', { to: 10, holdAt: 5 });
    await jobWhere(({ state }) => state === 'paused');
    expect(row(id)?.state).toBe('paused');
    supervisor.command(id, 'resume');
    expect(await supervisor.result(id)).toEqual({ counted: 10 });
  });

  test('is cancelled: coded for who waits, a fact and no error in its row', async () => {
    const { id } = start('count', { to: 10, holdAt: 5 });
    await jobWhere(({ state }) => state === 'paused');
    supervisor.command(id, 'cancel');
    await expect(supervisor.result(id)).rejects.toMatchObject({ code: 'job-cancelled' });
    expect(row(id)).toMatchObject({ state: 'cancelled', error: null });
    expect(row(id)?.endedAt).not.toBeNull();
  });

  test('answers questions in its own process, and refuses with the code it threw', async () => {
    const { id } = start('echo', null);
    const bytes = new Uint8Array([1, 2, 255]);
    expect(await supervisor.ask(id, { bytes })).toEqual({ bytes });
    expect(await supervisor.ask(id, 'pid')).toBe(children[0]?.pid);
    await expect(supervisor.ask(id, 'refuse')).rejects.toMatchObject({ code: 'input-not-number' });
    supervisor.command(id, 'cancel');
    await expect(supervisor.result(id)).rejects.toMatchObject({ code: 'job-cancelled' });
  });

  test('sends live events to a host without ports, in order', async () => {
    const { id } = start('count', { to: 50, holdAt: null });
    const seqs: number[] = [];
    supervisor.onLive(id, (event: LiveEvent) => seqs.push(event.seq));
    await supervisor.result(id);
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });
});

describe('the last message arrives before the process ends', () => {
  test('from many short jobs at once, with results of every size', { timeout: 60_000 }, async () => {
    const exits: Promise<string>[] = [];
    for (let round = 0; round < 10; round += 1) {
      const sizes = [1, 65_536, 4_000_000];
      const jobs = sizes.map((bytes) => start('bulk', { bytes }));
      exits.push(...children.slice(-sizes.length).map((child) => new Promise<string>((done) => child.onExit(done))));
      const results = await Promise.all(jobs.map(({ id }) => supervisor.result(id)));
      expect(results.map((result) => (result as { filled: Uint8Array }).filled.length)).toEqual(sizes);
      expect(jobs.map(({ id }) => row(id)?.state)).toEqual(['finished', 'finished', 'finished']);
    }
    expect(new Set(await Promise.all(exits))).toEqual(new Set(['exit code 0']));
  });

  test('to a host that is busy meanwhile', async () => {
    const { id } = start('count', { to: 10, holdAt: 5 });
    await jobWhere(({ state }) => state === 'paused');
    supervisor.command(id, 'resume');
    // Longer than the job needs to end; the host reads its line only afterwards.
    for (const until = Date.now() + 1500; Date.now() < until;);
    expect(await supervisor.result(id)).toEqual({ counted: 10 });
  });

  test('and the process leaves by itself once it has', async () => {
    const { id } = start('count', { to: 1, holdAt: null });
    const left = new Promise<string>((done) => children[0]?.onExit(done));
    await supervisor.result(id);
    const asked = performance.now();
    expect(await left).toBe('exit code 0');
    expect(performance.now() - asked).toBeLessThan(3000);
  });
});

describe('a job that does not behave gets a coded end', () => {
  test.each([
    ['throw', 'failed', 'unexpected', 'boom'],
    ['throw-coded', 'failed', 'file-missing', 'a.csv'],
    ['uncaught', 'failed', 'unexpected', 'uncaught'],
    ['unhandled', 'failed', 'unexpected', 'unhandled'],
    ['exit', 'interrupted', 'job-crashed', 'exit code 3'],
    ['kill', 'interrupted', 'job-killed', 'SIGKILL'],
    ['segfault', 'interrupted', 'job-native-crash', 'SIGSEGV'],
    ['abort', 'interrupted', 'job-native-crash', 'SIGABRT'],
    ['no-memory', 'interrupted', 'job-out-of-memory', 'SIGABRT'],
  ])('%s → %s, %s', async (how, state, code, detail) => {
    const { id } = start('misbehave', how);
    await expect(supervisor.result(id)).rejects.toMatchObject({ code });
    expect(row(id)).toMatchObject({ state, error: { code } });
    expect(JSON.stringify(row(id)?.error?.parameters)).toContain(detail);
  });

  test('an unknown kind and unfit input fail without a crash', async () => {
    await expect(supervisor.result(start('nothing', null).id)).rejects.toMatchObject({ code: 'definition-unknown' });
    await expect(supervisor.result(start('__proto__', null).id)).rejects.toMatchObject({ code: 'definition-unknown' });
    await expect(supervisor.result(start('count', { to: 'x' }).id)).rejects.toMatchObject({ code: 'call-invalid' });
  });

  test('questions it never answered are refused when it dies', async () => {
    const { id } = start('echo', null);
    await supervisor.ask(id, 'ready?');
    const question = supervisor.ask(id, 'never');
    process.kill(children[0]!.pid!, 'SIGKILL');
    await expect(question).rejects.toMatchObject({ code: 'job-killed', parameters: { reason: 'SIGKILL' } });
  });

  test('commands to a job that is gone are refused', async () => {
    expect(() => supervisor.command('none', 'stop')).toThrow(expect.objectContaining({ code: 'job-unknown' }));
    await expect(supervisor.result('none')).rejects.toMatchObject({ code: 'job-unknown' });
  });
});

describe('the run of a training job', () => {
  const runThatTrains = async () => {
    const runId = newRun();
    const { id } = start('train', { runId }, runId);
    await jobWhere(({ progress }) => progress !== null);
    expect(getRun(library.db, runId).state).toBe('running');
    return { id, runId };
  };

  test('is interrupted, with the cause, when its process is killed', async () => {
    const { id, runId } = await runThatTrains();
    process.kill(children[0]!.pid!, 'SIGKILL');
    await expect(supervisor.result(id)).rejects.toMatchObject({ code: 'job-killed' });
    const { run, events } = runHistory(library.db, runId);
    expect(run).toMatchObject({ state: 'interrupted', error: { code: 'job-killed' } });
    expect(events.at(-1)).toMatchObject({ code: 'job-killed', level: 'error' });
  });

  test('fails with the cause when the job could not even begin', async () => {
    const runId = newRun();
    const { id } = start('train', { wrong: true }, runId);
    await expect(supervisor.result(id)).rejects.toMatchObject({ code: 'call-invalid' });
    expect(getRun(library.db, runId)).toMatchObject({ state: 'failed', error: { code: 'call-invalid' } });
  });

  test('is stopped and saved when the host quits, and the host waits for it', async () => {
    const { runId } = await runThatTrains();
    await supervisor.shutdown();
    expect(getRun(library.db, runId).state).toBe('stopped');
    expect(supervisor.running()).toEqual([]);
  });
});

test('a deaf job is killed when the bound of quitting has passed', async () => {
  const { id } = start('misbehave', 'deaf');
  await supervisor.shutdown(300);
  expect(row(id)?.state).toBe('cancelled');
  expect(isAlive(children[0]?.pid)).toBe(false);
});

test('a job ends by itself when its host is killed', async () => {
  const { exit } = await hostThatIsKilled();
  await exit;
});

/** A host of its own process with one open job; both must be gone after the host alone was killed. */
async function hostThatIsKilled(): Promise<{ exit: Promise<void> }> {
  const { spawn } = await import('node:child_process');
  const script = `
    const { fork } = require('node:child_process');
    const job = fork(${JSON.stringify(entry.file)}, [], { stdio: ['ignore', 'inherit', 'ignore', 'ipc'] });
    job.on('message', () => process.kill(process.pid, 'SIGKILL'));`;
  const host = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  // The pipe closes when the last process that holds it, the job, is gone.
  return { exit: new Promise((resolve) => host.stdout.on('close', resolve).resume()) };
}

function newRun(): string {
  const { db } = library;
  const [datasetId, projectId, runId] = [newId(), newId(), newId()];
  insertDataset(db, { id: datasetId, name: 'digits', sample: null });
  createProject(db, { id: projectId, name: 'digits', datasetId, data: null, network: null, settings: null });
  const split = { kind: 'random', seed: 1, validation: 0.1, test: 0.1, stratified: true } as const;
  createRun(db, {
    id: runId,
    projectId,
    name: 'calm-otter',
    datasetName: 'digits',
    data: { versionId: 'v', task: 'image-classification', target: 'label', types: {}, split },
    network: { layers: [] },
    settings: {
      loss: 'categorical-cross-entropy',
      optimizer: { type: 'adam', fields: {} },
      learningRate: 0.001,
      batchSize: 128,
      epochs: 5,
      earlyStopping: { enabled: false, patience: 3, restoreBest: true },
      seed: 1,
      measureTest: false,
      ...settingDefaults,
    },
  });
  return runId;
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
