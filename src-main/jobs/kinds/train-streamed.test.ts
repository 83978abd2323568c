/**
 * The real job process on data that it reads batch by batch: the same weights as from memory, nothing left running or lying
 * about where it is stopped, cancelled or killed.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { generator } from '../../catalog/random';
import type { FromJob, ToJob } from '../../contract';
import { latestCheckpoint } from '../../storage/checkpoints';
import { getEvaluation } from '../../storage/evaluations';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { getProject } from '../../storage/projects';
import { createRun } from '../../storage/runs';

const root = resolve(import.meta.dirname, '../../..');
let built: string;
let folder: string;
let library: Library;

beforeAll(async () => {
  const { build } = await import('vite');
  built = mkdtempSync(join(root, 'node_modules', '.cache', 'tandem-streamed-'));
  const output = { entryFileNames: 'job.mjs' };
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: { ssr: 'src-main/jobs/entry.ts', outDir: built, minify: false, target: 'node20', rollupOptions: { output } },
  });
}, 120_000);
afterAll(() => rmSync(built, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-streamed-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

type Start = Pick<Extract<ToJob, { type: 'start' }>, 'kind' | 'input'>;

interface Job {
  /** What it said last, null where it was killed. */
  readonly end: Promise<FromJob | null>;
  post(message: ToJob): void;
  kill(): void;
}

function startJob(start: Start, share: string, listen: (message: FromJob, job: Job) => void = () => undefined): Job {
  const env = { ...process.env, TANDEM_RESIDENT_SHARE: share };
  const child = fork(join(built, 'job.mjs'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env,
  });
  let last: FromJob | null = null;
  const job: Job = {
    end: new Promise((settle) => child.on('exit', () => settle(last))),
    post: (message) => void (child.connected && child.send(message)),
    kill: () => void child.kill('SIGKILL'),
  };
  child.on('message', (message: FromJob) => {
    if (message.type === 'ready') {
      job.post({
        type: 'start',
        jobId: newId(),
        library: library.directory,
        resources: join(root, 'resources'),
        ...start,
      });
    }
    if (message.type === 'finished' || message.type === 'failed' || message.type === 'cancelled') {
      last = message;
      job.post({ type: 'release' });
    }
    listen(message, job);
  });
  return job;
}

async function makeProject(rows: number): Promise<string> {
  const next = generator(3);
  const lines = Array.from({ length: rows }, () => {
    const values = Array.from({ length: 6 }, () => ((next() % 2001) - 1000) / 100);
    return [...values, (values[0] ?? 0) > (values[1] ?? 0) ? 'more' : 'less'].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['a,b,c,d,e,f,kind', ...lines].join('\n'));
  const input = { source: { kind: 'file', path }, name: null, target: 'kind' };
  const end = await startJob({ kind: 'import', input }, '1').end;
  if (end?.type !== 'finished') throw new Error(JSON.stringify(end));
  return (end.result as { projectId: string }).projectId;
}

function makeRun(projectId: string, epochs: number): string {
  const { data, network, settings } = getProject(library.db, projectId);
  const id = newId();
  const earlyStopping = { enabled: false, patience: 1, restoreBest: false };
  createRun(library.db, {
    id,
    projectId,
    name: id,
    data: data!,
    datasetName: 't',
    network: network!,
    settings: { ...settings!, epochs, earlyStopping },
  });
  return id;
}

const tensors = () => readdirSync(join(library.paths.cache, 'tensors'));

test('weights and figures from a file are those from memory, in the file and afterwards', async () => {
  const projectId = await makeProject(5000);
  const [resident, streamed] = [makeRun(projectId, 2), makeRun(projectId, 2)];
  for (const [runId, share] of [
    [resident, '1'],
    [streamed, '0'],
  ] as const) {
    const end = await startJob({ kind: 'train', input: { runId } }, share).end;
    expect(end).toMatchObject({ type: 'finished', result: { state: 'finished' } });
    expect(tensors()).toHaveLength(1);
  }
  const [one, other] = [resident, streamed].map((runId) => latestCheckpoint(library.db, runId)!);
  expect(Buffer.compare(one!.tensors, other!.tensors)).toBe(0);
  const measured = [resident, streamed].map((runId) => getEvaluation(library.db, runId)?.metrics);
  expect(measured[0]).toHaveProperty('loss');
  expect(measured[1]).toEqual(measured[0]);
}, 120_000);

test.each(['stop', 'cancel', 'kill'] as const)(
  '%s in the middle ends the process',
  async (how) => {
    const runId = makeRun(await makeProject(20_000), 100_000);
    let done = false;
    const end = await startJob({ kind: 'train', input: { runId } }, '0', (message, job) => {
      if (done || message.type !== 'progress' || message.progress.stage !== 'train') return;
      done = true;
      if (how === 'kill') job.kill();
      else job.post({ type: 'command', command: how });
    }).end;
    const ends = { stop: 'finished', cancel: 'cancelled', kill: undefined };
    expect(end?.type).toBe(ends[how]);
    expect(tensors()).toHaveLength(1);
    expect(readdirSync(library.paths.temporary)).toEqual([]);
  },
  120_000,
);

test.each(['cancel', 'kill'] as const)(
  '%s while it prepares leaves no tensor, and the next run makes it',
  async (how) => {
    const projectId = await makeProject(200_000);
    let done = false;
    const start: Start = { kind: 'train', input: { runId: makeRun(projectId, 1) } };
    const end = await startJob(start, '0', (message, job) => {
      if (done || message.type !== 'progress' || message.progress.stage !== 'prepare' || !message.progress.total)
        return;
      done = true;
      expect(message.progress.unit).toBe('rows');
      if (how === 'kill') job.kill();
      else job.post({ type: 'command', command: 'cancel' });
    }).end;
    expect(done).toBe(true);
    expect(end?.type).toBe(how === 'kill' ? undefined : 'cancelled');
    expect(tensors()).toEqual([]);
    if (how === 'cancel') expect(readdirSync(library.paths.temporary)).toEqual([]);
    const again = await startJob({ kind: 'train', input: { runId: makeRun(projectId, 1) } }, '0').end;
    expect(again).toMatchObject({ type: 'finished' });
    expect(tensors()).toHaveLength(1);
    // What the killed one left is swept when the library is opened.
    library.close();
    library = openLibrary(library.directory);
    expect(readdirSync(library.paths.temporary)).toEqual([]);
  },
  120_000,
);
