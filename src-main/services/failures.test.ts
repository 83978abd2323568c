/**
 * The machine misbehaves while a run trains in a real process: it is killed, crashes, runs out of memory or of disk, or is
 * stopped for a while. Each time the run says why it ended, keeps its checkpoints, and goes on to the very same weights.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeError, toWireError, type ErrorCode, type LiveEvent } from '../contract';
import { getRun, runHistory } from '../storage/runs';
import { buildJobEntry } from './testing/launch';
import { TrainingBench, type Child } from './testing/training';

const EPOCHS = 12;
let entry: Awaited<ReturnType<typeof buildJobEntry>>;
/** The bench of a test: `shared`, or one of its own. */
let bench: TrainingBench;
let shared: TrainingBench;
let sharedRuns: { readonly projectId: string; readonly whole: string };

beforeAll(async () => {
  entry = await buildJobEntry('src-main/jobs/entry.ts');
  bench = shared = new TrainingBench(entry.file);
  sharedRuns = await wholeRun();
}, 120_000);
afterAll(async () => {
  await shared.close();
  await entry.remove();
});
/** What a test has made outside its bench. */
const undo: (() => void)[] = [];
beforeEach(() => {
  bench = shared;
});
afterEach(async () => {
  if (bench !== shared) await bench.close();
  for (const work of undo.splice(0)) work();
});

/** Calls once, after the given epoch. */
function afterEpoch(epoch: number, act: (child: Child) => void) {
  let done = false;
  return (event: LiveEvent, child: Child) => {
    if (done || event.type !== 'epoch' || event.epoch.epoch < epoch) return;
    done = true;
    act(child);
  };
}

/** A run that nothing happens to. */
async function wholeRun(): Promise<typeof sharedRuns> {
  const projectId = await bench.importTable();
  const whole = bench.makeRun(projectId, { epochs: EPOCHS });
  await bench.train(whole);
  return { projectId, whole };
}

/** Two runs alike: one whole, the other not yet begun. */
async function twoRuns(): Promise<{ whole: string; hit: string }> {
  const { projectId, whole } = bench === shared ? sharedRuns : await wholeRun();
  return { whole, hit: bench.makeRun(projectId, { epochs: EPOCHS }) };
}

function expectCause(runId: string, code: ErrorCode): void {
  const { run, events, epochs } = runHistory(bench.library.db, runId);
  expect(run).toMatchObject({ state: 'interrupted', error: { code } });
  expect(epochs.length).toBeGreaterThanOrEqual(1);
  expect(epochs.length).toBeLessThan(EPOCHS);
  expect(epochs.length).toBe(run.epochsDone);
  expect(events.at(-1)).toMatchObject({ code, level: 'error' });
  const words = run.error && describeError(run.error, 'en');
  expect(words?.message).toBeTruthy();
  expect(words?.hint).toMatch(/kept|space/i);
}

async function expectSameWeights(whole: string, hit: string): Promise<void> {
  await bench.train(hit);
  const [a, b] = [whole, hit].map((id) => runHistory(bench.library.db, id));
  expect(b?.run).toMatchObject({ state: 'finished', error: null, epochsDone: EPOCHS });
  expect(b?.epochs.map(({ metrics }) => metrics)).toEqual(a?.epochs.map(({ metrics }) => metrics));
  expect(bench.weightsOf(hit)).toBe(bench.weightsOf(whole));
}

describe('the process ends in the middle of training', () => {
  test.each([
    ['killed from outside', 'SIGKILL', 'job-killed'],
    ['crashed in a native library', 'SIGSEGV', 'job-native-crash'],
    ['aborted by a native library', 'SIGABRT', 'job-native-crash'],
  ] as const)('%s (%s)', { timeout: 120_000 }, async (_name, signal, code) => {
    const { whole, hit } = await twoRuns();
    const end = bench.train(
      hit,
      afterEpoch(2, ({ pid }) => process.kill(pid ?? 0, signal)),
    );
    await expect(end).rejects.toMatchObject({ code, parameters: { reason: signal } });
    expectCause(hit, code);
    await expectSameWeights(whole, hit);
  });

  test.skipIf(!isAllowed(controlGroup))(
    'ended by the system for lack of memory (a control group that is full; as root)',
    { timeout: 120_000 },
    async () => {
      const group = controlGroup();
      if (group) undo.push(group.remove);
      const { whole, hit } = await twoRuns();
      const end = bench.train(
        hit,
        afterEpoch(2, ({ pid }) => group?.starve(pid ?? 0)),
      );
      await expect(end).rejects.toMatchObject({ code: 'job-out-of-memory' });
      expectCause(hit, 'job-out-of-memory');
      await expectSameWeights(whole, hit);
    },
  );
});

describe('an allocation that fails', () => {
  test.skipIf(spawnSync('prlimit', ['--version']).status !== 0)(
    'ends in words a person can act on, and never hangs (an address space that is full; needs prlimit)',
    { timeout: 120_000 },
    async () => {
      const runId = bench.makeRun(sharedRuns.projectId, { epochs: 1, batchSize: 3500 });
      const layers = [4096, 4096, 4].map((units, index) => {
        const activation = index === 2 ? 'linear' : 'relu';
        return { id: `dense-${index}`, type: 'dense', fields: { units, activation } };
      });
      const { db } = bench.library;
      db.prepare('UPDATE runs SET network = ? WHERE id = ?').run(JSON.stringify({ layers }), runId);
      let limited = false;
      const end = bench.train(runId, (event, { pid = 0 }) => {
        if (event.type !== 'event') return;
        const limit = (bytes: number | 'unlimited') =>
          execFileSync('prlimit', ['--pid', String(pid), `--as=${bytes}:`]);
        // Another program has ended, and there is room again.
        if (event.event.code === 'batch-halved') limit('unlimited');
        if (limited || event.event.code !== 'training-started') return;
        limited = true;
        const used = /VmSize:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        limit(Number(used) * 1024 + 60e6);
      });
      // Which of the libraries is refused first is not ours to choose.
      const causes = ['out-of-memory', 'job-out-of-memory', 'job-native-crash'];
      const code = await end.then(
        () => null,
        (error: unknown) => toWireError(error).code,
      );
      const { run, events } = runHistory(db, runId);
      const halved = events.some((event) => event.code === 'batch-halved');
      expect(halved || (code !== null && causes.includes(code))).toBe(true);
      expect(run.state).toBe(code === null ? 'finished' : code === 'out-of-memory' ? 'failed' : 'interrupted');
      if (halved && code === null) expect(run).toMatchObject({ state: 'finished', settings: { batchSize: 1750 } });
    },
  );
});

describe('a full disk', () => {
  test.skipIf(!isAllowed(smallDisk))(
    'interrupts with its cause, and the run goes on when there is room (a small tmpfs; as root)',
    { timeout: 120_000 },
    async () => {
      const mount = smallDisk();
      if (mount) undo.push(mount.remove);
      bench = new TrainingBench(entry.file, join(mount?.folder ?? '', 'bench'));
      const { whole, hit } = await twoRuns();
      const end = bench.train(
        hit,
        afterEpoch(2, () => mount?.fill()),
      );
      await expect(end).rejects.toMatchObject({ code: 'disk-full' });
      mount?.free();
      await expect.poll(() => getRun(bench.library.db, hit).state, { timeout: 10_000 }).toBe('interrupted');
      expectCause(hit, 'disk-full');
      await expectSameWeights(whole, hit);
    },
  );
});

test('a machine that slept: the run goes on by itself, and its speed and time left are those of before', async () => {
  const { whole, hit } = await twoRuns();
  const left: number[] = [];
  let asleep = false;
  let woken = 0;
  await bench.train(hit, (event, child) => {
    sleepOnce(event, child);
    if (event.type === 'batch' && woken > 0) left.push(event.etaSeconds ?? Infinity);
  });
  function sleepOnce(event: LiveEvent, { pid = 0 }: Child) {
    if (asleep || event.type !== 'epoch' || event.epoch.epoch < 2) return;
    asleep = true;
    process.kill(pid, 'SIGSTOP');
    setTimeout(() => {
      woken = Date.now();
      process.kill(pid, 'SIGCONT');
    }, 4000);
  }
  expect(left.length).toBeGreaterThan(0);
  const [a, b] = [whole, hit].map((id) => runHistory(bench.library.db, id));
  expect(b?.run.state).toBe('finished');
  // Twelve epochs take far less than a second each; four seconds more on two of them would give some twenty.
  expect(Math.max(...left)).toBeLessThan(8);
  const seconds = (history: typeof a) => history?.epochs.reduce((sum, epoch) => sum + epoch.seconds, 0) ?? NaN;
  expect(seconds(b)).toBeLessThan(seconds(a) + 3);
  expect(bench.weightsOf(hit)).toBe(bench.weightsOf(whole));
}, 120_000);

/** Whether this user may make one of these; it is gone again at once. */
function isAllowed(make: () => { remove: () => void } | null): boolean {
  const made = make();
  made?.remove();
  return made !== null;
}

/** A tmpfs that a test can fill up; null where this user may not mount. */
function smallDisk() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'tandem-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      const block = new Uint8Array(statfsSync(folder).bsize);
      try {
        for (;;) appendFileSync(ballast, block);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    },
    free: () => rmSync(ballast),
    remove() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A control group with next to no memory, of either version; null where this user may not make one. */
function controlGroup() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const root = existsSync('/sys/fs/cgroup/memory') ? '/sys/fs/cgroup/memory' : '/sys/fs/cgroup';
  const folder = join(root, `tandem-test-${process.pid}`);
  try {
    mkdirSync(folder);
    const limit = ['memory.max', 'memory.limit_in_bytes'].find((file) => existsSync(join(folder, file)));
    if (limit === undefined) throw new Error('Memory is not controlled here');
    writeFileSync(join(folder, limit), String(1 << 14));
  } catch {
    if (existsSync(folder)) rmdirSync(folder);
    return null;
  }
  return {
    /** What the process takes from now on counts against the group. */
    starve: (pid: number) => writeFileSync(join(folder, 'cgroup.procs'), String(pid)),
    remove: () => rmdirSync(folder),
  };
}
