/**
 * Fine-tuning on few pictures: seconds, features included, and accuracy on test pictures that were never looked at, with the
 * epoch that is best on validation, which is a part of the few. They are drawn by the seed from a zip with `train/CLASS/…` and
 * `test/CLASS/…`. Without options it trains as the preset "fine-tuned" does. Seconds are of the clock, `processor` those that all cores worked: on a busy machine the latter tell more.
 * `node tools/bench/tasks/backbone.mjs --zip cifar10.zip [--pictures 1000] [--validation 100] [--test 1000] [--trained last]
 * [--side 160] [--epochs 8] [--rate 0.3] [--learning-rate 0.001] [--batch 32] [--dropout 0.2] [--seed 1]
 * [--augmentation 'flip mixup:alpha=0.3'] [--copies 4] [--loss smoothed-cross-entropy] [--best loss]`
 */
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import yauzl from 'yauzl';
import { loadModules } from '../load.mjs';

const { values: options } = parseArgs({
  options: {
    zip: { type: 'string' },
    pictures: { type: 'string', default: '1000' },
    validation: { type: 'string', default: '100' },
    test: { type: 'string', default: '1000' },
    trained: { type: 'string', default: 'last' },
    side: { type: 'string', default: '160' },
    epochs: { type: 'string', default: '8' },
    rate: { type: 'string', default: '0.3' },
    'learning-rate': { type: 'string', default: '0.001' },
    batch: { type: 'string', default: '32' },
    dropout: { type: 'string', default: '0.2' },
    seed: { type: 'string', default: '1' },
    augmentation: { type: 'string', default: '' },
    copies: { type: 'string', default: '4' },
    loss: { type: 'string', default: 'smoothed-cross-entropy' },
    best: { type: 'string', default: 'loss' },
  },
});
if (!options.zip) throw new Error('--zip names the pictures');
const seed = Number(options.seed);
const { modules, close } = await loadModules([
  '/src-main/jobs/kinds/import.ts',
  '/src-main/jobs/kinds/train.ts',
  '/src-main/storage/library.ts',
  '/src-main/storage/projects.ts',
  '/src-main/storage/runs.ts',
  '/src-main/catalog/random.ts',
  '/src-main/terminal/assignments.ts',
]);
const [{ importJob }, { trainJob }, { openLibrary }, { getProject }, { createRun, runHistory }, { generator }, given] =
  modules;
const { parseAugmentation } = given;

const folder = await mkdtemp(join(tmpdir(), 'tandem-backbone-'));
try {
  await extract(resolve(options.zip), join(folder, 'pictures'));
  const library = openLibrary(join(folder, 'library'));
  const source = { kind: 'file', path: join(folder, 'pictures') };
  const { projectId } = await importJob.run({ source, name: 'pictures', target: null }, contextOf(library));
  const figures = await train(library, projectId);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? '?'}, load ${loadavg()[0]?.toFixed(1) ?? '?'}`;
  console.log(JSON.stringify({ asked: { ...options, zip: undefined }, machine, ...figures }));
  library.close();
} finally {
  await rm(folder, { recursive: true, force: true });
  await close();
}

/** @param {any} library @param {string} projectId */
async function train(library, projectId) {
  const id = 'run';
  const { data, settings } = getProject(library.db, projectId);
  const { trained, side, rate, copies, dropout } = options;
  const layers = [
    {
      id: 'seen',
      type: 'efficientnet-lite0',
      fields: { trained, side: Number(side), copies: Number(copies), rate: Number(rate) },
    },
    { id: 'dropout', type: 'dropout', fields: { rate: Number(dropout) } },
    { id: 'answer', type: 'dense', fields: { units: 10, activation: 'linear' } },
  ];
  const validation = Number(options.validation) / Number(options.pictures);
  createRun(library.db, {
    ...{ id, projectId, name: id, datasetName: 'pictures', network: { layers } },
    data: { ...data, split: { ...data.split, validation, seed } },
    settings: {
      ...settings,
      ...{ seed, epochs: Number(options.epochs), batchSize: Number(options.batch) },
      ...{ learningRate: Number(options['learning-rate']), loss: options.loss },
      watch: { ...settings.watch, best: options.best },
      schedule: { type: 'cosine', fields: {} },
      augmentation: options.augmentation.split(' ').filter(Boolean).map(parseAugmentation),
      earlyStopping: { ...settings.earlyStopping, enabled: false, restoreBest: true },
    },
  });
  const [began, worked] = [performance.now(), process.cpuUsage()];
  await trainJob.run({ runId: id }, contextOf(library));
  const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
  const { user, system } = process.cpuUsage(worked);
  const { run, epochs, events } = runHistory(library.db, id);
  const features = events
    .filter((/** @type {any} */ event) => /(features|copies)-made$/.test(event.code))
    .reduce((/** @type {number} */ sum, /** @type {any} */ event) => sum + event.parameters.seconds, 0);
  const best = epochs[run.best.epoch - 1]?.metrics;
  return {
    ...{
      seconds,
      processor: Math.round((user + system) / 1e6),
      features,
      epochs: epochs.length,
      secondsPerEpoch: epochs[0]?.seconds,
    },
    ...{ best: run.best.epoch, validation: best?.['validation.accuracy'], test: run.test.accuracy },
  };
}

/** @param {any} library */
function contextOf(library) {
  const nothing = () => undefined;
  return {
    ...{ jobId: 'bench', library, resources: resolve('resources'), signal: new AbortController().signal },
    ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
  };
}

/** As many pictures of each class. @param {string} path @param {string} to */
async function extract(path, to) {
  const zip = await new Promise((done, failed) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, opened) =>
      error ? failed(error) : done(opened),
    );
  });
  /** @type {Map<string, any[]>} */
  const byFolder = new Map();
  await new Promise((done, failed) => {
    zip.on('error', failed).on('end', done);
    zip.on('entry', (/** @type {any} */ entry) => {
      const place = dirname(entry.fileName);
      if (/\.(jpe?g|png)$/i.test(entry.fileName)) {
        const found = byFolder.get(place);
        if (found) found.push(entry);
        else byFolder.set(place, [entry]);
      }
      zip.readEntry();
    });
    zip.readEntry();
  });
  const next = generator(seed);
  const places = [...byFolder].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [place, entries] of places) {
    const isTest = place.includes('test/');
    const wanted = isTest ? Number(options.test) : Number(options.pictures);
    const classes = places.filter(([other]) => other.includes('test/') === isTest).length;
    await mkdir(join(to, place), { recursive: true });
    for (let taken = 0; taken < wanted / classes; taken += 1) {
      const [entry] = entries.splice(next() % entries.length, 1);
      const stream = await new Promise((done, failed) => {
        zip.openReadStream(entry, (/** @type {any} */ error, /** @type {any} */ opened) => {
          if (error) failed(error);
          else done(opened);
        });
      });
      await pipeline(stream, createWriteStream(join(to, entry.fileName)));
    }
  }
  zip.close();
}
