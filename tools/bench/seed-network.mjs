/**
 * The seed network, 784-256-128-10 with ReLU, trained on all 60,000 rows of MNIST with batches of 128: training loss, test
 * loss and test accuracy of each epoch, for several seeds. Nothing is chosen by the test rows. The first weights are drawn
 * as PyTorch does, with which it is compared; the gallery's own network is `--rate 0.001 --initializer own`.
 *
 *   node tools/bench/seed-network.mjs [--rate 0.01] [--epochs 10] [--seeds 1,2,3] [--initializer NAME]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { loadModules } from './load.mjs';
import { readMnist } from './mnist.mjs';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '0.01' },
    epochs: { type: 'string', default: '10' },
    seeds: { type: 'string', default: '1,2,3' },
    validation: { type: 'string', default: '0' },
    initializer: { type: 'string', default: 'fan-in-uniform' },
  },
});
const seeds = values.seeds.split(',').map(Number);

const paths = ['catalog/index', 'engine/tf', 'engine/build', 'engine/create-step', 'engine/fit', 'engine/fit-control'];
const { modules, close } = await loadModules(paths.map((path) => `/src-main/${path}.ts`));
const [catalog, { loadTensorFlow }, { buildModel }, { createStep }, { fit }, { FitControl }] = modules;

const { tf, backend } = await loadTensorFlow();
const { data, target, parts: whole } = readMnist();
const held = Number(values.validation);
const kept = whole.training.length - held;
const parts = { ...whole, training: whole.training.subarray(0, kept), validation: whole.training.subarray(kept) };
const part = held > 0 ? 'validation' : 'test';
const task = catalog.tasks.get('image-classification');
const network = task.defaultNetwork(data.inputShape, target);
for (const layer of values.initializer === 'own' ? [] : network.layers)
  if (layer.type === 'dense') layer.fields = { ...layer.fields, initializer: values.initializer };
const metrics = task.metrics.map(catalog.metrics.get);
console.log(
  `${backend}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores; Adam ${values.rate}, batch 128`,
);

/** @type {number[][]} */
const accuracies = [];
for (const seed of seeds) {
  const settings = {
    ...task.defaultSettings(target, parts.training.length),
    learningRate: Number(values.rate),
    epochs: Number(values.epochs),
    earlyStopping: { enabled: false, patience: 5, restoreBest: false },
    seed,
    measureTest: held === 0,
  };
  const model = buildModel(tf, network, data.inputShape, task.outputs(target), seed);
  const optimizer = { definition: catalog.optimizers.get('adam'), fields: {} };
  const loss = catalog.losses.get(settings.loss);
  const { learningRate, batchSize } = settings;
  const measures = { loss, metrics, targetScale: data.targetScale };
  const options = { tf, model, data, optimizer, learningRate, ...measures };
  const { step, eagerReason } = createStep(options, parts.training.length, batchSize);
  if (eagerReason) console.log(`not compiled: ${eagerReason}`);
  console.log(`seed ${seed}\nepoch  training loss  ${part} loss  ${part} accuracy  seconds  examples/s`);
  /** @type {number[]} */
  const accuracy = [];
  await fit({
    step,
    parts,
    settings,
    metrics,
    control: new FitControl(),
    /** @param {{ epoch: import('../../src-main/contract').Epoch }} report */
    onEpoch({ epoch }) {
      const { metrics: m } = epoch;
      accuracy.push(m[`${part}.accuracy`] ?? NaN);
      const cells = [m['loss']?.toFixed(4), m[`${part}.loss`]?.toFixed(4), m[`${part}.accuracy`]?.toFixed(4)];
      console.log(
        `${String(epoch.epoch).padStart(5)}  ${cells.map((cell, i) => (cell ?? '').padStart([13, 9, 13][i] ?? 0)).join('  ')}  ` +
          `${epoch.seconds.toFixed(1).padStart(7)}  ${epoch.examplesPerSecond.toFixed(0).padStart(10)}`,
      );
    },
  });
  step.dispose();
  accuracies.push(accuracy);
}
const means = accuracies[0]?.map(
  (_, i) => accuracies.reduce((sum, one) => sum + (one[i] ?? NaN), 0) / accuracies.length,
);
console.log(`mean ${part} accuracy by epoch: ${means?.map((value) => value.toFixed(4)).join(' ')}`);
await close();
