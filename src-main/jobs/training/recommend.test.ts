/** Recommendations of a model in a real library: somebody new by what they rate, items to rate, and a reading that failed once. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tasks } from '../../catalog';
import { rowsFile } from '../../data/paths';
import { loadTensorFlow } from '../../engine/tf';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { loadModel } from '../../storage/models';
import { getProject } from '../../storage/projects';
import { createRun, getRun } from '../../storage/runs';
import type { JobContext } from '../definition';
import { importJob } from '../kinds/import';
import { trainJob } from '../kinds/train';
import { Recommender } from './recommend';
import { openSavedModel } from './saved-model';

let folder: string;
let library: Library;
let runId: string;
let makeRecommender: (run?: string) => Recommender;
/** Trains a network on some of the columns. */
let train: (preset: 'tiny' | 'accurate', columns: readonly string[], epochs: number) => Promise<string>;

/** Even guests like even dishes, odd guests odd ones: 20 guests, 16 dishes, three quarters of them rated. */
function writeRatings(): string {
  const rows = Array.from({ length: 320 }, (_, at) => [at % 20, Math.floor(at / 20)] as const)
    .filter(([guest, dish]) => (7 * guest + 3 * dish + ((guest * dish) >> 1)) % 4 !== 0)
    .map(([guest, dish]) => [
      ...[`G${guest}`, `D${dish}`, `plate ${dish} of the house`, dish % 2 === 0 ? 'soup' : 'cake'],
      guest % 2 === dish % 2 ? 5 : 1,
    ]);
  const path = join(folder, 'ratings.csv');
  writeFileSync(path, ['guest,dish,title,course,rating', ...rows].join('\n'));
  return path;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-recommend-'));
  library = openLibrary(join(folder, 'library'));
  const context: JobContext = {
    ...{ jobId: 'job-1', library, resources: folder, signal: new AbortController().signal },
    ...{ progress: () => undefined, live: () => undefined, state: () => undefined },
    ...{ onCommand: () => undefined, onAsk: () => undefined },
  };
  const source = { kind: 'file' as const, path: writeRatings() };
  const imported = await importJob.run({ source, name: null, target: 'rating' }, context);
  const { projectId } = imported as { projectId: string };
  const { data, settings } = getProject(library.db, projectId);
  train = async (preset, columns, epochs) => {
    const id = newId();
    const codes = preset === 'tiny' ? 37 : 39;
    const network = tasks
      .get('recommendation')
      .presets[preset]([columns.length], { kind: 'number', unit: null }, { codes, rows: 170 });
    const others = ['title', 'course'].filter((name) => !columns.includes(name));
    const types = { ...data!.types, ...Object.fromEntries(others.map((name) => [name, 'ignored' as const])) };
    createRun(library.db, {
      ...{ id, projectId, name: `dishes ${preset}`, datasetName: 'ratings', network },
      data: { ...data!, types, steps: Object.fromEntries(columns.map((name) => [name, data!.steps![name]!])) },
      settings: { ...settings!, epochs, learningRate: 0.03 },
    });
    expect(await trainJob.run({ runId: id }, context)).toEqual({ runId: id, state: 'finished' });
    return id;
  };
  runId = await train('tiny', ['guest', 'dish'], 40);
  const { tf } = await loadTensorFlow();
  makeRecommender = (run = runId) => new Recommender(openSavedModel(tf, context, run), library);
}, 60_000);
afterAll(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

const isOdd = (item: string) => Number(item.slice(1)) % 2 === 1;

test('two ratings of somebody new put what they like before what they do not, and the model stays as it was', async () => {
  const before = loadModel(library.db, runId).weights;
  const recommender = makeRecommender();
  const listFor = (rated: { item: string; rating: number }[]) => recommender.recommend({ user: '', count: 14, rated });
  const rated = [
    { item: 'D3', rating: 5 },
    { item: 'D4', rating: 1 },
  ];
  const { recommended, known, rated: shown } = await listFor(rated);
  expect(known).toBe(false);
  expect(shown.map(({ item, rating }) => [item, rating])).toEqual([['D3', 5], ['D4', 1]]); // prettier-ignore
  expect(recommended.map(({ item }) => item)).not.toContain('D3');
  expect(recommended.slice(0, 7).every(({ item }) => isOdd(item))).toBe(true);
  expect(recommended.slice(7).some(({ item }) => isOdd(item))).toBe(false);
  // A guest of the data is answered as before.
  const guest = await recommender.recommend({ user: 'G1', count: 2 });
  expect(guest.recommended.map(({ item }) => item).sort()).toEqual(['D13', 'D5']);
  expect(loadModel(library.db, runId).weights).toEqual(before);

  await expect(listFor([{ item: 'D99', rating: 5 }])).rejects.toMatchObject({ code: 'item-unknown' });
  await expect(listFor([{ item: 'D3', rating: 6 }])).rejects.toMatchObject({ code: 'rating-out-of-range' });
});

const newItems = [
  { item: 'Broth', values: { course: 'soup' } },
  { item: 'Tart', values: { course: 'cake' } },
];

test('items that nobody rated are told apart by what is said of them, where the network sees it', async () => {
  const recommender = makeRecommender(await train('accurate', ['guest', 'dish', 'course'], 25));
  const ofGuest = async (user: string) => (await recommender.recommend({ user, count: 20, newItems })).newItems;
  const [broth, tart] = await ofGuest('G4');
  expect(broth).toMatchObject({ newcomer: { user: 'ratings', item: 'features', answeredBy: 'network' } });
  expect(broth!.predicted).toBeGreaterThan(tart!.predicted + 1);
  expect(broth!.place).toBeLessThan(tart!.place);
  const [otherBroth, otherTart] = await ofGuest('G5');
  expect(otherTart!.predicted).toBeGreaterThan(otherBroth!.predicted + 1);
  const { recommended } = await recommender.recommend({ user: 'G4', count: 20, newItems });
  expect(recommended.filter(({ isNew }) => isNew).map(({ item }) => item)).toEqual(['Broth', 'Tart']);
  expect((await recommender.findItems({ search: '', count: 1 })).describing).toEqual({ user: [], item: ['course'] });
}, 60_000);

test('a network that sees no more than who rated what says so, and answers new ones with means', async () => {
  const recommender = makeRecommender();
  const { newItems: answers } = await recommender.recommend({ user: 'G4', count: 20, newItems });
  const [broth, tart] = answers;
  expect(broth).toMatchObject({ newcomer: { user: 'ratings', item: 'nothing', answeredBy: 'means' } });
  expect(broth!.predicted).toBe(tart!.predicted);
  // Of the 12 that G4 rated half are 5 and half are 1, a few of them kept from training.
  expect(broth!.predicted).toBeGreaterThan(2);
  expect(broth!.predicted).toBeLessThan(4);
  const unknown = await recommender.recommend({ user: 'nobody', count: 16 });
  expect(unknown.recommended).toHaveLength(16);
  expect(unknown.recommended.every(({ predicted }) => predicted > 1 && predicted < 5)).toBe(true);
});

test('items are found by words, and the ratings that there are', async () => {
  const found = await makeRecommender().findItems({ search: 'd1', count: 3 });
  expect(found).toMatchObject({ itemColumn: 'dish', total: 7, scale: [1, 5], least: 1, most: 5 });
  expect(found.items).toHaveLength(3);
});

test('a reading that failed is made again at the next question', async () => {
  const recommender = makeRecommender();
  const file = rowsFile(library, getRun(library.db, runId).data.versionId);
  renameSync(file, `${file}.away`);
  await expect(recommender.recommend({ user: 'G1', count: 3 })).rejects.toThrow();
  renameSync(`${file}.away`, file);
  expect((await recommender.recommend({ user: 'G1', count: 3 })).recommended).toHaveLength(3);
});
