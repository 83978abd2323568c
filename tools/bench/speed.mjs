/**
 * Trains one small network of the peers' (`shared/peers/peer.py`) in this project's engine or in tfjs's own `fit`, on the
 * same kind of data, and prints one JSON line per epoch as they do.
 *
 *   node tools/bench/speed.mjs ENGINE NETWORK [--rows N] [--epochs E] [--batch B]
 *
 * ENGINE  compiled | eager | tfjs-fit
 * NETWORK mlp | cnn | lstm
 */
import { parseArgs } from 'node:util';
import { loadModules } from './load.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '60000' },
    epochs: { type: 'string', default: '5' },
    batch: { type: 'string', default: '128' },
  },
});
const [engine = '', name = ''] = positionals;
const rows = Number(values.rows);
const batchSize = Number(values.batch);
const epochs = Number(values.epochs);

const paths = [
  'catalog/index',
  'engine/tf',
  'engine/build',
  'engine/create-step',
  'engine/eager-step',
  'engine/random',
];
const { modules, close } = await loadModules(paths.map((path) => `/src-main/${path}.ts`));
const [catalog, { loadTensorFlow }, { buildModel }, { createStep }, { EagerStep }, { shuffled }] = modules;
const { tf } = await loadTensorFlow();

/** @type {Record<string, { inputShape: number[], layers: [type: string, fields: Record<string, unknown>][] }>} */
const networks = {
  mlp: {
    inputShape: [784],
    layers: [
      ['dense', { units: 256 }],
      ['dense', { units: 128 }],
      ['dense', { units: 10, activation: 'linear' }],
    ],
  },
  cnn: {
    inputShape: [28, 28, 1],
    layers: [
      ['conv2d', { filters: 32 }],
      ['max-pooling2d', {}],
      ['batch-normalization', {}],
      ['conv2d', { filters: 64 }],
      ['max-pooling2d', {}],
      ['flatten', {}],
      ['dense', { units: 128 }],
      ['dense', { units: 10, activation: 'linear' }],
    ],
  },
  lstm: {
    inputShape: [28, 28],
    layers: [
      ['lstm', { units: 64 }],
      ['dense', { units: 10, activation: 'linear' }],
    ],
  },
};
const network = networks[name];
if (!network) throw new Error(`NETWORK is one of ${Object.keys(networks).join(', ')}`);
const { inputShape } = network;
const layers = network.layers.map(([type, fields], index) => ({ id: `layer-${index}`, type, fields }));
// tfjs's own `fit` is measured with tfjs's own recurrent layer.
const model =
  engine === 'tfjs-fit' && name === 'lstm'
    ? tf.sequential({ layers: [tf.layers.lstm({ units: 64, inputShape }), tf.layers.dense({ units: 10 })] })
    : buildModel(tf, { layers }, inputShape, 10, 0);
const { inputs, targets } = randomData();

/** @type {(order: Int32Array) => number | Promise<number>} trains one epoch and gives its mean loss */
const epochOf = engine === 'tfjs-fit' ? tfjsFit() : ownStep();
const all = Int32Array.from({ length: rows }, (_, i) => i);
for (let epoch = 0; epoch < epochs; epoch += 1) {
  const order = shuffled(all, 0, epoch + 1);
  const start = performance.now();
  const loss = await epochOf(order);
  const seconds = (performance.now() - start) / 1000;
  console.log(
    JSON.stringify({
      engine,
      network: name,
      epoch,
      seconds: Number(seconds.toFixed(3)),
      examples_per_second: Math.round(rows / seconds),
      loss: Number(loss.toFixed(4)),
      memory_bytes: process.memoryUsage.rss(),
    }),
  );
}
await close();

function ownStep() {
  const options = {
    tf,
    model,
    data: { inputShape, inputs, scale: 1, targets, targetScale: { mean: 0, standardDeviation: 1 } },
    loss: catalog.losses.get('cross-entropy'),
    metrics: [catalog.metrics.get('accuracy')],
    targetScale: { mean: 0, standardDeviation: 1 },
    optimizer: { definition: catalog.optimizers.get('adam'), fields: {} },
    learningRate: 0.001,
  };
  const start = performance.now();
  const created = createStep(options, rows, batchSize);
  const step = engine === 'eager' ? new EagerStep(options) : created.step;
  if (engine === 'compiled') {
    if (created.eagerReason) throw new Error(`not compiled: ${created.eagerReason}`);
    console.log(JSON.stringify({ engine, network: name, recording_seconds: (performance.now() - start) / 1000 }));
  }
  return (/** @type {Int32Array} */ order) => {
    for (let from = 0; from < rows; from += batchSize) step.train(order.subarray(from, from + batchSize));
    const sums = step.takeSums();
    return sums.loss / sums.examples;
  };
}

function tfjsFit() {
  const x = tf.tensor(inputs, [rows, ...inputShape]);
  const y = tf.oneHot(tf.tensor1d(targets, 'int32'), 10);
  const loss = (/** @type {never} */ target, /** @type {never} */ output) =>
    tf.losses.softmaxCrossEntropy(target, output);
  model.compile({ optimizer: tf.train.adam(0.001), loss, metrics: ['accuracy'] });
  return async () => {
    const history = await model.fit(x, y, { batchSize, epochs: 1, verbose: 0, yieldEvery: 'never' });
    return Number(history.history['loss']?.[0]);
  };
}

/** Uniform inputs, labels from a random linear map, as the peers make them. */
function randomData() {
  const x = tf.randomUniform([rows, 784], 0, 1, 'float32', 0);
  const map = tf.randomNormal([784, 10], 0, 1, 'float32', 1);
  const y = tf.tidy(() => tf.argMax(tf.matMul(tf.sub(x, 0.5), map), 1));
  // Outside of `tidy`, which looks for tensors in every one of the 47 million values it is given back.
  const data = { inputs: x.dataSync(), targets: Int32Array.from(y.dataSync()) };
  tf.dispose([x, map, y]);
  return data;
}
