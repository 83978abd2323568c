/** Settings changed while a run trains, and a run that ended trained further: exactly, and with a word in its log. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { furtherSettings } from '../../catalog';
import { generator } from '../../catalog/random';
import type { Adjustment, LiveEvent, TrainingSettings } from '../../contract';
import { latestCheckpoint } from '../../storage/checkpoints';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { loadModel } from '../../storage/models';
import { getProject } from '../../storage/projects';
import { adjustRun } from '../../storage/run-adjust';
import { createRun, getRun, runHistory } from '../../storage/runs';
import type { JobContext } from '../definition';
import { importJob } from './import';
import { trainJob } from './train';

let folder: string;
let library: Library;
let projectId: string;
let ask: ((question: unknown) => Promise<unknown>) | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-adjusted-'));
  library = openLibrary(join(folder, 'library'));
  const next = generator(11);
  const rows = Array.from({ length: 600 }, () => {
    const [x, y] = [(next() % 1000) / 100, (next() % 1000) / 100];
    return [x, y, x > y ? 'above' : 'below'].join(',');
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, ['x,y,kind', ...rows].join('\n'));
  const source = { kind: 'file' as const, path };
  ({ projectId } = (await importJob.run({ source, name: null, target: 'kind' }, contextOf())) as { projectId: string });
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function contextOf(live: (event: LiveEvent) => void = () => undefined): JobContext {
  return {
    ...{ jobId: 'job-1', library, resources: folder, signal: new AbortController().signal, live },
    progress: () => undefined,
    state: () => undefined,
    onCommand: () => undefined,
    onAsk: (answer) => void (ask = answer),
  };
}

function makeRun(changes: Partial<TrainingSettings> = {}): string {
  const { data, network, settings } = getProject(library.db, projectId);
  const id = newId();
  const earlyStopping = { enabled: false, patience: 9, restoreBest: false };
  const chosen = { ...settings!, batchSize: 32, epochs: 4, earlyStopping, ...changes };
  const own = { id, projectId, name: id, datasetName: 'table' };
  createRun(library.db, { ...own, data: data!, network: network!, settings: chosen });
  return id;
}

const train = (runId: string, live?: (event: LiveEvent) => void) => trainJob.run({ runId }, contextOf(live));
const codesOf = (runId: string) => runHistory(library.db, runId).events.map(({ code }) => code);

/** As the window does with a run that ended. */
function goOn(runId: string, changes: Adjustment): void {
  adjustRun(
    library.db,
    runId,
    { settings: furtherSettings(getRun(library.db, runId), changes), goesOn: true },
    () => undefined,
  );
}

/** Tells the job as the second epoch ends. */
const asSecondEnds = (changes: readonly object[], refused: unknown[] = []) => {
  return (event: LiveEvent) => {
    if (event.type !== 'epoch' || event.epoch.epoch !== 2) return;
    for (const adjust of changes) ask?.({ adjust }).catch((error: unknown) => refused.push(error));
  };
};

test('changes count from the next epoch on, and the log says so', async () => {
  const [plain, changed] = [makeRun(), makeRun()];
  await train(plain);
  const changes = { learningRate: 1e-7, batchSize: 128, epochs: 5 };
  expect(await train(changed, asSecondEnds([changes]))).toEqual({ runId: changed, state: 'finished' });
  const [before, after] = [plain, changed].map((id) => runHistory(library.db, id));
  const losses = (history: typeof before) => history!.epochs.map(({ metrics }) => metrics['loss']!);
  // It was asked between the second and the third: what had begun was ended as it was.
  expect([2, 3]).toContain(losses(after).findIndex((loss, index) => loss !== losses(before)[index]));
  expect(after!.run).toMatchObject({ state: 'finished', epochsDone: 5, settings: changes });
  expect(Math.abs(losses(after)[4]! - losses(after)[3]!)).toBeLessThan(1e-3);
  const said = ['learning-rate-adjusted', 'batch-adjusted', 'epochs-adjusted'];
  expect(codesOf(changed)).toEqual(expect.arrayContaining(said));
  const rows = Number(after!.events.find(({ code }) => code === 'training-started')!.parameters['rows']);
  expect(latestCheckpoint(library.db, changed)!.step).toBe(5 * Math.ceil(rows / 128));
  const steps = after!.batches.map(({ step }) => step);
  expect(steps).toEqual([...new Set(steps)].sort((one, other) => one - other));
});

test('changes that cannot be are refused, and nothing changes', async () => {
  const runId = makeRun();
  const { settings } = getRun(library.db, runId);
  const refused: unknown[] = [];
  await train(runId, asSecondEnds([{ epochs: 1 }, { learningRate: -1 }], refused));
  expect(refused).toHaveLength(2);
  expect(getRun(library.db, runId)).toMatchObject({ state: 'finished', settings, epochsDone: 4 });
});

test('trained two epochs further it is what five from the start would have been', async () => {
  const [whole, further] = [makeRun({ epochs: 5 }), makeRun({ epochs: 3 })];
  await train(whole);
  await train(further);
  goOn(further, { epochs: 5 });
  await train(further);
  expect(getRun(library.db, further)).toMatchObject({ state: 'finished', epochsDone: 5, settings: { epochs: 5 } });
  expect(loadModel(library.db, further).info.sha256).toBe(loadModel(library.db, whole).info.sha256);
});

test('ended early it goes on without early stopping, or with another patience as long as that waits', async () => {
  const stopping = { earlyStopping: { enabled: true, patience: 1, restoreBest: true }, learningRate: 1e-7, epochs: 40 };
  const runId = makeRun({ ...stopping, watch: { stopping: 'loss', best: 'main', minimumChange: 1 } });
  await train(runId);
  const { epochsDone } = getRun(library.db, runId);
  expect(epochsDone).toBe(2);
  goOn(runId, { epochs: 20, patience: 2 });
  await train(runId);
  expect(getRun(library.db, runId)).toMatchObject({ state: 'finished', epochsDone: 4 });
  goOn(runId, { epochs: 7 });
  await train(runId);
  expect(getRun(library.db, runId)).toMatchObject({ epochsDone: 7, settings: { earlyStopping: { enabled: false } } });
});
