/** The queue of runs: its order, how many are trained at once, what outlives the app, and two processes over one library. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleRun, temporaryFolder } from '../storage/fixtures/examples';
import { openLibrary, type Library } from '../storage/library';
import { setPreference } from '../storage/preferences';
import { listWaiting } from '../storage/run-queue';
import { getRun, setRunState, startRun } from '../storage/runs';
import type { ServiceContext } from './context';
import { RunQueue } from './run-queue';
import { Supervisor } from './supervisor';
import { Puppet } from './testing/puppet';

/** A process with the library open. */
class Host {
  readonly library: Library;
  readonly supervisor: Supervisor;
  readonly puppets: Puppet[] = [];
  readonly queue: RunQueue;

  constructor(folder: string) {
    this.library = openLibrary(folder);
    const launch = () => {
      const puppet = new Puppet();
      this.puppets.push(puppet);
      return puppet;
    };
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    this.supervisor = new Supervisor({ library: this.library, resources: folder, launch, log: silent });
    const { library, supervisor } = this;
    this.queue = new RunQueue({ library, supervisor, notify: () => undefined } as unknown as ServiceContext);
  }

  /** The process that was started last says how it ended. */
  finish(puppet = this.puppets.at(-1)): void {
    puppet?.say({ type: 'ready' });
    puppet?.say({ type: 'finished', result: null });
  }

  async close(): Promise<void> {
    await this.supervisor.shutdown(10);
    this.library.close();
  }
}

let folder: ReturnType<typeof temporaryFolder>;
let host: Host;

beforeEach(() => {
  folder = temporaryFolder();
  host = new Host(folder.path);
  setPreference(host.library.db, 'parallelRuns', 1);
});
afterEach(async () => {
  if (host.library.db.open) await host.close();
  folder.dispose();
});

const make = (...names: string[]) => names.map((name) => exampleRun(host.library.db, name).id);
const waiting = ({ library }: Host = host) => listWaiting(library.db).map(({ name }) => name);
const trains = (id: string) => getRun(host.library.db, id).jobId !== null;

test('one is trained, the others wait in order, behind them what the app makes by itself; any can be moved', async () => {
  const [a, b, c, low] = make('a', 'b', 'c', 'low') as [string, string, string, string];
  await host.queue.add([a]);
  expect([trains(a), waiting()]).toEqual([true, []]);
  await host.queue.add([low], 'low');
  await host.queue.add([b, c]);
  expect(waiting()).toEqual(['b', 'c', 'low']);
  host.queue.move(low, 'up');
  expect(waiting()).toEqual(['b', 'low', 'c']);
  host.queue.move(c, 'first');
  host.queue.move(b, 'last');
  expect(waiting()).toEqual(['c', 'low', 'b']);
  host.queue.move(b, 'down');
  await host.queue.add(make('d'));
  expect(waiting()).toEqual(['c', 'low', 'b', 'd']);
  await host.queue.add([b], 'low');
  expect(waiting()).toEqual(['c', 'low', 'b', 'd']);
  host.queue.drop([low]);
  expect(getRun(host.library.db, low)).toMatchObject({ state: 'stopped', times: { queuedAt: null } });
  host.finish();
  await expect.poll(() => trains(c)).toBe(true);
  expect(waiting()).toEqual(['b', 'd']);
});

test('as many are trained at once as is chosen, and one more where a person says so', async () => {
  const ids = make('a', 'b', 'c', 'd');
  setPreference(host.library.db, 'parallelRuns', 2);
  await host.queue.add(ids);
  expect(ids.map(trains)).toEqual([true, true, false, false]);
  host.queue.startNow(ids[3] ?? '');
  expect(ids.map(trains)).toEqual([true, true, false, true]);
  expect(await host.queue.view()).toMatchObject({ training: 3, atOnce: 2, held: false, waiting: [{ name: 'c' }] });
  host.finish(host.puppets[0]);
  await expect.poll(() => host.supervisor.working().length).toBe(2);
  expect(waiting()).toEqual(['c']);
  host.finish(host.puppets[1]);
  await expect.poll(() => trains(ids[2] ?? '')).toBe(true);
});

test('what waits outlives the app in its order and is held then; what trained is interrupted and not started again', async () => {
  const [a, ...rest] = make('a', 'b', 'c');
  await host.queue.add([a ?? '', ...rest]);
  host.queue.move(rest[1] ?? '', 'first');
  await host.close();
  expect(host.puppets).toHaveLength(1);
  host = new Host(folder.path);
  expect(waiting()).toEqual(['c', 'b']);
  expect(getRun(host.library.db, a ?? '').state).toBe('interrupted');
  expect(await host.queue.view()).toMatchObject({ held: true, training: 0 });
  const [own] = make('own');
  // What a person starts now passes those that are held.
  await host.queue.enter(own ?? '');
  expect([trains(own ?? ''), waiting()]).toEqual([true, ['c', 'b']]);
  host.finish();
  await expect.poll(() => host.supervisor.working().length).toBe(0);
  expect(waiting()).toEqual(['c', 'b']);
  host.queue.hold(false);
  await expect.poll(() => waiting()).toEqual(['b']);
  expect(getRun(host.library.db, a ?? '').state).toBe('interrupted');
});

test('two processes share the queue: each run is trained once, and the trainings of both are counted', async () => {
  const other = new Host(folder.path);
  try {
    const ids = make('a', 'b', 'c');
    await host.queue.add(ids);
    await other.queue.add([]);
    expect([host.puppets.length, other.puppets.length]).toEqual([1, 0]);
    host.finish();
    await expect.poll(() => host.puppets.length).toBe(2);
    expect(await other.queue.startNext()).toBeNull();
    setPreference(host.library.db, 'parallelRuns', 2);
    expect(await other.queue.startNext()).toBe(ids[2]);
    expect(await host.queue.startNext()).toBeNull();
  } finally {
    await other.close();
  }
});

test('waiting and training are timed apart, pauses and breaks left out', () => {
  const { db } = host.library;
  const [id] = make('a') as [string];
  const times = () => getRun(db, id).times;
  const pass = (ms: number) => {
    db.prepare('UPDATE runs SET queued_at = queued_at - @ms, begun_at = begun_at - @ms').run({ ms });
  };
  const near = (ms: number) => expect.toSatisfy((value: number) => value >= ms && value < ms + 500) as number;
  host.supervisor.start({ kind: 'train', input: { runId: 'x' }, subject: 'x', subjectId: null });
  void host.queue.add([id]);
  pass(5000);
  host.queue.startNow(id);
  expect(times()).toMatchObject({ queuedAt: null, waited: near(5000), begunAt: null, trained: 0 });
  startRun(db, id, { backend: 'cpu', parameterCount: 1, jobId: 'job' });
  pass(3000);
  setRunState(db, id, 'paused');
  pass(9000);
  setRunState(db, id, 'running');
  pass(2000);
  setRunState(db, id, 'finished');
  expect(times()).toMatchObject({ queuedAt: null, waited: near(5000), begunAt: null, trained: near(5000) });
});

test('a held queue lets the own runs of this process through, one after another, and leaves the others', async () => {
  const [busy, left, first, second] = make('busy', 'left', 'first', 'second') as [string, string, string, string];
  await host.queue.add([busy, left]);
  host.queue.hold(true);
  await host.queue.addOwn([first, second]);
  expect(waiting()).toEqual(['left', 'first', 'second']);
  for (const own of [first, second]) {
    host.finish();
    await expect.poll(() => trains(own)).toBe(true);
  }
  host.finish();
  await expect.poll(() => host.supervisor.working().length).toBe(0);
  expect([trains(left), waiting()]).toEqual([false, ['left']]);
});
