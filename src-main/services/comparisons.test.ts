/** The same setup with other seeds: which runs are made, and that they are trained one after another or dropped. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleRun, temporaryFolder } from '../storage/fixtures/examples';
import { openLibrary, type Library } from '../storage/library';
import { getRun, listRuns, setRunState } from '../storage/runs';
import { comparisonsService, createRepeats } from './comparisons';
import type { ServiceContext } from './context';
import { runsService } from './runs';
import { RunQueue } from './run-queue';
import { Supervisor } from './supervisor';
import { Puppet } from './testing/puppet';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
let supervisor: Supervisor;
let context: ServiceContext;
let puppets: Puppet[];
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeEach(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
  puppets = [];
  const launch = () => {
    const puppet = new Puppet();
    puppets.push(puppet);
    return puppet;
  };
  supervisor = new Supervisor({ library, resources: folder.path, launch, log: silent });
  context = { library, supervisor, resources: folder.path, notify: () => undefined } as unknown as ServiceContext;
});
afterEach(async () => {
  await supervisor.shutdown(10);
  library.close();
  folder.dispose();
});

test('what is lacking is made: other seeds, names that say them, all else the same', () => {
  const run = exampleRun(library.db, 'calm-otter');
  const [seed] = [run.settings.seed];
  const made = createRepeats(context, run.id, 3);
  expect(made.map(({ name }) => name)).toEqual([`calm-otter-seed-${seed + 1}`, `calm-otter-seed-${seed + 2}`]);
  expect(made.map(({ settings }) => settings)).toEqual([1, 2].map((more) => ({ ...run.settings, seed: seed + more })));
  expect(made[0]).toMatchObject({ state: 'queued', data: run.data, network: run.network, projectId: run.projectId });
  expect(createRepeats(context, made[0]?.id ?? '', 3)).toEqual([]);
  setRunState(library.db, made[0]?.id ?? '', 'failed');
  expect(createRepeats(context, made[1]?.id ?? '', 3).map(({ name }) => name)).toEqual([`calm-otter-seed-${seed + 3}`]);
});

test('they are trained one after another, and those that wait can be dropped', async () => {
  const run = exampleRun(library.db);
  const queue = new RunQueue(context);
  const service = comparisonsService(context, queue);
  const made = await service.repeat({ runId: run.id, seeds: 5 });
  const states = () => made.map(({ id }) => getRun(library.db, id).jobId !== null);
  expect(states()).toEqual([true, false, false, false]);
  // One that waits is stopped as any other run is.
  await runsService(context, queue).command({ id: made[1]?.id ?? '', command: 'stop' });
  puppets[0]?.say({ type: 'ready' });
  puppets[0]?.say({ type: 'finished', result: null });
  await expect.poll(states).toEqual([true, false, true, false]);
  expect(puppets).toHaveLength(2);
  await service.dropWaiting({ ids: made.map(({ id }) => id) });
  expect(made.map(({ id }) => getRun(library.db, id).state)).toEqual(['stopped', 'stopped', 'queued', 'stopped']);
  puppets[1]?.say({ type: 'failed', error: { code: 'unexpected', parameters: {} } });
  await expect.poll(() => getRun(library.db, made[2]?.id ?? '').state).toBe('failed');
  expect(puppets).toHaveLength(2);
  expect(listRuns(library.db, null)).toHaveLength(5);
});
