/**
 * Does memory stay flat? Trains the bench's networks through the app's own loop, a checkpoint after each epoch as in the
 * app, and compares the process's memory after 50 epochs with that after 5; then does 20 runs in one process and counts
 * the tensors and graphs that are left.
 *
 *   node tools/bench/memory.mjs [mlp|cnn|lstm] [compiled|eager]     one network, JSON
 */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';
import { layersOf, networkOf } from './networks.mjs';

/**
 * @typedef {object} MemoryFigures
 * @property {number} epoch5 bytes of the process (resident set) after epoch 5
 * @property {number} epoch50 after epoch 50
 * @property {number} tensors left by 20 runs
 * @property {number} graphs left by 20 runs
 * @property {number} runs20 bytes that runs 3 to 20 added to the process
 */

const EPOCHS = 50;
const BATCH = 128;
/** Few rows: 50 epochs are to take seconds. @type {Record<string, number>} */
const rowsOf = { mlp: 12_800, cnn: 1280, lstm: 2560 };

/**
 * Every network in a process of its own.
 * @param {string[]} [names]
 * @returns {Record<string, MemoryFigures>} by `network engine`
 */
export function measureMemory(names = Object.keys(rowsOf)) {
  /** @type {Record<string, MemoryFigures>} */
  const figures = {};
  for (const name of names) {
    const script = projectPath('tools', 'bench', 'memory.mjs');
    const { stdout, stderr } = spawnSync(process.execPath, [script, name], { encoding: 'utf8' });
    const line = stdout.split('\n').find((text) => text.startsWith('{'));
    if (!line) throw new Error(`Memory of ${name} was not measured: ${stderr.slice(-500)}`);
    figures[name] = JSON.parse(line);
    console.log(`memory ${name}: ${line}`);
  }
  return figures;
}

/** @param {string} name @param {string} engine @returns {Promise<MemoryFigures>} */
async function measureOne(name, engine) {
  const { tf, train, close } = await openTraining(name, engine);
  let epoch5 = 0;
  let epoch50 = 0;
  await train(EPOCHS, (epoch) => {
    if (epoch === 5) epoch5 = process.memoryUsage.rss();
    if (epoch === EPOCHS) epoch50 = process.memoryUsage.rss();
  });
  const count = () => ({ tensors: tf.memory().numTensors, graphs: tf.backend().binding.getNumOfSavedModels() });
  const before = count();
  let second = 0;
  for (let run = 1; run <= 20; run += 1) {
    await train(1);
    if (run === 2) second = process.memoryUsage.rss();
  }
  const after = count();
  const runs20 = process.memoryUsage.rss() - second;
  await close();
  return { epoch5, epoch50, tensors: after.tensors - before.tensors, graphs: after.graphs - before.graphs, runs20 };
}

/** The app's engine, and one of the networks to be trained anew each time. @param {string} name @param {string} engine */
async function openTraining(name, engine) {
  const network = networkOf(name);
  const rows = rowsOf[name] ?? 0;
  const paths = ['catalog/index', 'engine/tf', 'engine/build', 'engine/create-step', 'engine/eager-step', 'engine/fit'];
  const others = ['engine/fit-control', 'contract/training'];
  const { modules, close } = await loadModules([...paths, ...others].map((path) => `/src-main/${path}.ts`));
  const [catalog, { loadTensorFlow }, { buildModel }, { createStep }, { EagerStep }, { fit }] = modules;
  const [, , , , , , { FitControl }, { settingDefaults }] = modules;
  const { tf } = await loadTensorFlow();
  const { inputShape } = network;
  const data = randomData(rows, inputShape);
  const layers = layersOf(network);
  const training = Int32Array.from({ length: rows }, (_, row) => row);
  const earlyStopping = { ...settingDefaults.earlyStopping, enabled: false, patience: 1, restoreBest: false };

  /** @param {number} epochs @param {(epoch: number) => void} [after] */
  const train = async (epochs, after = () => undefined) => {
    const options = {
      tf,
      model: buildModel(tf, { layers }, inputShape, 10, 0),
      data,
      loss: catalog.losses.get('cross-entropy'),
      metrics: [catalog.metrics.get('accuracy')],
      targetScale: data.targetScale,
      optimizer: { definition: catalog.optimizers.get('adam'), fields: {} },
      learningRate: 0.001,
    };
    const step = engine === 'eager' ? new EagerStep(options) : createStep(options, rows, BATCH).step;
    await fit({
      step,
      parts: { training, validation: new Int32Array(), test: new Int32Array() },
      settings: { ...settingDefaults, batchSize: BATCH, epochs, seed: 1, learningRate: 0.001, earlyStopping },
      metrics: options.metrics,
      control: new FitControl(),
      onEpoch: async (/** @type {{ epoch: { epoch: number } }} */ report) => {
        await step.readState();
        await step.readWeights();
        after(report.epoch.epoch);
      },
    });
    step.dispose();
  };
  return { tf, train, close };
}

/** Uniform inputs and arbitrary labels: what is learnt plays no part. @param {number} rows @param {number[]} inputShape */
function randomData(rows, inputShape) {
  const size = inputShape.reduce((product, length) => product * length, 1);
  return {
    inputShape,
    inputs: Float32Array.from({ length: rows * size }, (_, index) => ((index * 2654435761) % 1000) / 1000),
    scale: 1,
    targets: Int32Array.from({ length: rows }, (_, row) => row % 10),
    targetScale: { mean: 0, standardDeviation: 1 },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await measureOne(process.argv[2] ?? 'mlp', process.argv[3] ?? 'compiled')));
}
