/**
 * Trains one small network of the peers' (`shared/peers/peer.py`) in this project's engine or in stock tfjs's `fit`, on the
 * same kind of data, and prints one JSON line per epoch as they do.
 *
 *   node tools/bench/speed.mjs ENGINE NETWORK [--rows N] [--epochs E] [--batch B]
 *
 * ENGINE  compiled | bfloat16 | eager | tfjs-fit
 * NETWORK mlp | cnn | lstm
 */
import { parseArgs } from 'node:util';
import { loadModules } from './load.mjs';
import { layersOf, networkOf, stockModel } from './networks.mjs';

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
const network = networkOf(name);
const { inputShape } = network;

const { epochOf, close } = engine === 'tfjs-fit' ? await stockFit() : await ownStep();
for (let epoch = 0; epoch < epochs; epoch += 1) {
  const { loss, seconds } = await epochOf(epoch);
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

async function ownStep() {
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
  const targetScale = { mean: 0, standardDeviation: 1 };
  const options = {
    tf,
    model: buildModel(tf, { layers: layersOf(network) }, inputShape, 10, 0),
    data: { inputShape, scale: 1, targetScale, ...randomData(tf) },
    loss: catalog.losses.get('cross-entropy'),
    metrics: [catalog.metrics.get('accuracy')],
    targetScale,
    optimizer: { definition: catalog.optimizers.get('adam'), fields: {} },
    learningRate: 0.001,
    precision: engine === 'bfloat16' ? 'bfloat16' : 'float32',
  };
  const start = performance.now();
  const created = engine === 'eager' ? { step: new EagerStep(options) } : createStep(options, rows, batchSize);
  if (created.eagerReason) throw new Error(`not compiled: ${created.eagerReason}`);
  console.log(JSON.stringify({ engine, network: name, recording_seconds: (performance.now() - start) / 1000 }));
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  const { step } = created;
  return {
    close,
    epochOf(/** @type {number} */ epoch) {
      const order = shuffled(all, 0, epoch + 1);
      const began = performance.now();
      for (let from = 0; from < rows; from += batchSize) step.train(order.subarray(from, from + batchSize));
      const sums = step.takeSums();
      return { loss: sums.loss / sums.examples, seconds: (performance.now() - began) / 1000 };
    },
  };
}

/** tfjs-node as it comes: none of this project's kernels and gradients are registered. */
async function stockFit() {
  const util = await import('node:util');
  if (!('isNullOrUndefined' in util.default)) {
    Object.assign(util.default, { isNullOrUndefined: (/** @type {unknown} */ value) => value == null });
  }
  const loaded = await import('@tensorflow/tfjs-node-gpu');
  const tf = /** @type {typeof import('@tensorflow/tfjs')} */ (/** @type {unknown} */ (loaded.default ?? loaded));
  const model = stockModel(tf, name);
  const { inputs, targets } = randomData(tf);
  const x = tf.tensor(inputs, [rows, ...inputShape]);
  const y = tf.oneHot(tf.tensor1d(targets, 'int32'), 10);
  /** @type {import('@tensorflow/tfjs').ModelCompileArgs['loss']} */
  const loss = (target, output) => tf.losses.softmaxCrossEntropy(target, output);
  model.compile({ optimizer: tf.train.adam(0.001), loss, metrics: ['accuracy'] });
  return {
    close: async () => undefined,
    async epochOf() {
      const began = performance.now();
      const history = await model.fit(x, y, { batchSize, epochs: 1, verbose: 0, yieldEvery: 'never' });
      return { loss: Number(history.history['loss']?.[0]), seconds: (performance.now() - began) / 1000 };
    },
  };
}

/** Uniform inputs, labels from a random linear map, as the peers make them. @param {typeof import('@tensorflow/tfjs')} tf */
function randomData(tf) {
  const x = tf.randomUniform([rows, 784], 0, 1, 'float32', 0);
  const map = tf.randomNormal([784, 10], 0, 1, 'float32', 1);
  const y = tf.tidy(() =>
    tf.argMax(tf.matMul(/** @type {import('@tensorflow/tfjs').Tensor2D} */ (tf.sub(x, 0.5)), map), 1),
  );
  // Outside of `tidy`, which looks for tensors in every one of the 47 million values it is given back.
  const data = { inputs: /** @type {Float32Array} */ (x.dataSync()), targets: Int32Array.from(y.dataSync()) };
  tf.dispose([x, map, y]);
  return data;
}
