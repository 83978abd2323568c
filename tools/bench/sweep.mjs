/**
 * How the compiled step's speed follows from its size: what a step costs by itself, how throughput changes with rows and
 * width, and how near the products come to the fastest product this machine was seen to do. Run by `npm run bench`, or
 *
 *   node tools/bench/sweep.mjs        one JSON line per figure
 */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';

/** @typedef {{ what: string, size: number, value: number, unit: string }} Figure */

/** @returns {Figure[]} in a process of its own, as it takes gigabytes */
export function measureSweep() {
  const script = projectPath('tools', 'bench', 'sweep.mjs');
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  process.stdout.write(stdout);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

const batch = 128;

/** @typedef {{ train(rows: Int32Array): void, takeSums(): unknown, dispose(): void }} Step */

async function loadEngine() {
  const paths = ['catalog/index', 'engine/tf', 'engine/build', 'engine/create-step'];
  const { modules, close } = await loadModules(paths.map((path) => `/src-main/${path}.ts`));
  const [catalog, { loadTensorFlow }, { buildModel }, { createStep }] = modules;
  const { tf } = await loadTensorFlow();
  const targetScale = { mean: 0, standardDeviation: 1 };
  /**
   * A compiled step of dense layers on rows of bytes.
   * @param {number} rows @param {number} features @param {number[]} widths of hidden layers @param {number} batchSize
   * @returns {Step}
   */
  const make = (rows, features, widths, batchSize) => {
    const dense = [...widths.map((units) => ({ units })), { units: 10, activation: 'linear' }];
    const layers = dense.map((fields, index) => ({ id: `layer-${index}`, type: 'dense', fields }));
    const inputs = new Uint8Array(rows * features);
    for (let i = 0; i < inputs.length; i += 1) inputs[i] = Math.imul(i, 2654435761) >>> 24;
    const targets = Int32Array.from({ length: rows }, (_, row) => row % 10);
    const options = {
      tf,
      model: buildModel(tf, { layers }, [features], 10, 0),
      data: { inputShape: [features], inputs, scale: 1 / 255, targets, targetScale },
      loss: catalog.losses.get('cross-entropy'),
      metrics: [catalog.metrics.get('accuracy')],
      targetScale,
      optimizer: { definition: catalog.optimizers.get('adam'), fields: {} },
      learningRate: 0.001,
    };
    const { step, eagerReason } = createStep(options, rows, batchSize);
    if (eagerReason) throw new Error(`not compiled: ${eagerReason}`);
    return step;
  };
  return { tf, make, close };
}

async function main() {
  const { tf, make, close } = await loadEngine();
  const peak = gemmPeak(tf);
  tell('fastest product of two matrices of that side', 2048, peak / 1e9, 'GFLOP/s');
  const small = make(2000, 4, [], 1);
  tell('a step that computes next to nothing, eight in a call', 1, 1e6 / speedOf(small, 2000, 1), 'µs');
  tell('the same, one in a call', 1, singleStep(small), 'µs');
  small.dispose();
  for (const rows of [10_000, 100_000, 1_000_000]) {
    const step = make(rows, 784, [256, 128], batch);
    tell('speed by rows (784-256-128-10, pixels)', rows, speedOf(step, rows, batch), 'examples/s');
    step.dispose();
  }
  for (const width of [64, 256, 1024, 4096]) {
    const step = make(10_000, 784, [width, width], batch);
    const speed = speedOf(step, 10_000, batch);
    // Two products for the first layer (no gradient of the inputs is needed), three for the others.
    const flops = 2 * (2 * 784 * width + 3 * width * width + 3 * width * 10);
    tell('speed by width (784-w-w-10)', width, speed, 'examples/s');
    tell('what its products do, of the fastest product', width, (100 * speed * flops) / peak, '%');
    step.dispose();
  }
  await close();
}

/**
 * Best examples/s of five stretches of at least 0.3 s, rows in random order.
 * @param {Step} step @param {number} rows @param {number} batchSize
 */
function speedOf(step, rows, batchSize) {
  const order = Int32Array.from({ length: rows }, () => Math.floor(Math.random() * rows));
  let [from, best] = [0, 0];
  for (let stretch = 0; stretch <= 5; stretch += 1) {
    const start = performance.now();
    let examples = 0;
    while (performance.now() - start < 300 || examples < 8 * batchSize) {
      if (from + batchSize > rows) from = 0;
      step.train(order.subarray(from, from + batchSize));
      from += batchSize;
      examples += batchSize;
    }
    step.takeSums();
    // In the first the step finds out how long it takes.
    if (stretch > 0) best = Math.max(best, (1000 * examples) / (performance.now() - start));
  }
  return best;
}

/** @param {Step} step @returns {number} best µs of a step by itself */
function singleStep(step) {
  let best = Infinity;
  for (let turn = 0; turn < 300; turn += 1) {
    const start = performance.now();
    step.train(Int32Array.of(turn));
    step.takeSums();
    best = Math.min(best, performance.now() - start);
  }
  return 1000 * best;
}

/** @param {import('@tensorflow/tfjs')} tf @returns {number} operations per second, best of many */
function gemmPeak(tf) {
  const [a, b] = [tf.randomUniform([2048, 2048]), tf.randomUniform([2048, 2048])];
  let best = Infinity;
  for (let turn = 0; turn < 15; turn += 1) {
    const start = performance.now();
    const product = tf.matMul(/** @type {never} */ (a), /** @type {never} */ (b));
    // One number of it, so that it has really been computed.
    tf.tidy(() => tf.slice(product, [0, 0], [1, 1]).dataSync());
    best = Math.min(best, performance.now() - start);
    product.dispose();
  }
  tf.dispose([a, b]);
  return (2 * 2048 ** 3) / (best / 1000);
}

/** @param {string} what @param {number} size @param {number} value @param {string} unit */
function tell(what, size, value, unit) {
  console.log(JSON.stringify({ what, size, value: Number(value.toPrecision(4)), unit }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
