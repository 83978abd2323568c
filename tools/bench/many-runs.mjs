/**
 * A library of thousands of runs: 5,000 of 1,000 epochs with ten metrics each, saved through the app's own storage. What that
 * does for an epoch is the same for each, so all but the last of a run go into their table together.
 *
 *   node tools/bench/many-runs.mjs [--runs 5000] [--epochs 1000] [--library <folder>]   (makes it and leaves it there)
 */
import { parseArgs } from 'node:util';
import { loadModules } from './load.mjs';

/** A repeatable drawing from 0 to 1 (mulberry32). @param {number} seed */
function drawing(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {readonly any[]} choices @param {() => number} draw */
const pick = (choices, draw) => choices[Math.floor(draw() * choices.length)];
const round = (/** @type {number} */ value) => Number(value.toPrecision(6));

/** Ten figures of an epoch, that go as those of a training do. @param {number} share of the epochs that are done @param {number} skill @param {() => number} draw */
function metricsOf(share, skill, draw) {
  const learned = 1 - Math.exp(-4 * share);
  const noise = () => (draw() - 0.5) * 0.02;
  const accuracy = Math.min(1, 0.1 + skill * 0.88 * learned + noise());
  const loss = 2.3 * (1 - skill * 0.9 * learned) + noise();
  return {
    loss: round(loss),
    accuracy: round(accuracy),
    'mean-absolute-error': round(loss / 3),
    'root-mean-squared-error': round(loss / 2),
    'validation.loss': round(loss * (1.05 + 0.2 * share)),
    'validation.accuracy': round(Math.max(0, accuracy - 0.02 - 0.01 * share + noise())),
    'validation.mean-absolute-error': round(loss / 2.8),
    'validation.root-mean-squared-error': round(loss / 1.9),
    'test.loss': round(loss * 1.1),
    'test.accuracy': round(Math.max(0, accuracy - 0.03 + noise())),
  };
}

/**
 * @param {string} folder of the library
 * @param {{ runs?: number, epochs?: number }} [size]
 */
export async function makeManyRuns(folder, { runs = 5000, epochs = 1000 } = {}) {
  const paths = ['library', 'runs', 'run-extremes', 'database', 'ids', 'names', 'fixtures/examples'];
  const loaded = await loadModules(paths.map((path) => `/src-main/storage/${path}.ts`));
  const [{ openLibrary }, storage, { countExtremes }, { transaction }, { newId }, { newRunName }, examples] =
    loaded.modules;
  const { createRun, startRun, commitEpoch, setRunState, setTestMetrics } = storage;
  const library = openLibrary(folder);
  try {
    const { db } = library;
    const first = examples.exampleRun(db, 'first');
    const insert = db.prepare(
      'INSERT INTO epochs (run_id, epoch, metrics, seconds, examples_per_second) VALUES (?, ?, ?, ?, ?)',
    );
    const draw = drawing(1);
    for (let number = 0; number < runs; number += 1) {
      transaction(db, () => {
        const id = newId();
        const settings = {
          ...examples.settings,
          optimizer: { type: pick(['adam', 'adamw', 'sgd', 'rmsprop'], draw), fields: {} },
          learningRate: pick([0.0003, 0.001, 0.003, 0.01, 0.03], draw),
          batchSize: pick([32, 64, 128, 256], draw),
          epochs,
          seed: Math.floor(draw() * 50),
        };
        const { projectId, data, network } = first;
        createRun(db, { id, projectId, name: newRunName(db), data, datasetName: 'Penguins', network, settings });
        startRun(db, id, { backend: 'tensorflow-cpu', parameterCount: 58, jobId: 'job' });
        const skill = 0.5 + 0.5 * draw();
        let best = { metric: 'validation.accuracy', value: -1, epoch: 0 };
        let metrics = metricsOf(0, skill, draw);
        for (let epoch = 1; epoch <= epochs; epoch += 1) {
          metrics = metricsOf(epoch / epochs, skill, draw);
          const value = metrics['validation.accuracy'];
          if (value > best.value) best = { metric: 'validation.accuracy', value, epoch };
          if (epoch < epochs) insert.run(id, epoch, JSON.stringify(metrics), 0.5, 1234.5);
        }
        countExtremes(db, id);
        const commit = examples.exampleCommit(id, epochs, 256);
        commitEpoch(db, { ...commit, epoch: { ...commit.epoch, metrics }, best, last: metrics });
        setTestMetrics(db, id, { loss: metrics['test.loss'], accuracy: metrics['test.accuracy'] });
        setRunState(db, id, pick(['finished', 'finished', 'finished', 'stopped', 'interrupted'], draw));
      });
    }
  } finally {
    library.close();
    await loaded.close();
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '5000' },
      epochs: { type: 'string', default: '1000' },
      library: { type: 'string', default: '/tmp/many-runs' },
    },
  });
  const start = performance.now();
  await makeManyRuns(values.library, { runs: Number(values.runs), epochs: Number(values.epochs) });
  console.log(`${values.library} in ${Math.round((performance.now() - start) / 1000)} s`);
}
