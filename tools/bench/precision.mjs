/**
 * What bfloat16 costs in accuracy: MNIST in full and in reduced precision, the same seeds, test accuracy after the last
 * epoch. The test rows choose nothing.
 *
 *   node tools/bench/precision.mjs        one JSON line per run
 */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';
import { readMnist } from './mnist.mjs';
import { layersOf, networkOf } from './networks.mjs';

/** @typedef {{ network: string, precision: string, seed: number, epochs: number, loss: number, accuracy: number }} Trained */

/** @returns {Trained[]} */
export function measurePrecision() {
  const script = projectPath('tools', 'bench', 'precision.mjs');
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  process.stdout.write(stdout);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

/** @type {{ network: string, epochs: number, inputShape: number[], before: import('./networks.mjs').Network['layers'] }[]} */
const asked = [
  { network: 'mlp', epochs: 5, inputShape: [28, 28, 1], before: [['flatten', {}]] },
  { network: 'cnn', epochs: 2, inputShape: [28, 28, 1], before: [] },
];

async function main() {
  const paths = ['catalog/index', 'engine/tf', 'engine/build', 'engine/create-step', 'engine/random'];
  const { modules, close } = await loadModules(paths.map((path) => `/src-main/${path}.ts`));
  const [catalog, { loadTensorFlow }, { buildModel }, { createStep }, { shuffled }] = modules;
  const { tf } = await loadTensorFlow();
  const { data, parts } = readMnist();
  for (const { network, epochs, inputShape, before } of asked) {
    const layers = layersOf({ inputShape, layers: [...before, ...networkOf(network).layers] });
    for (const seed of [1, 2, 3]) {
      for (const precision of ['float32', 'bfloat16']) {
        const { step } = createStep(
          {
            tf,
            model: buildModel(tf, { layers }, inputShape, 10, seed),
            data,
            loss: catalog.losses.get('cross-entropy'),
            metrics: [catalog.metrics.get('accuracy')],
            targetScale: data.targetScale,
            optimizer: { definition: catalog.optimizers.get('adam'), fields: {} },
            learningRate: 0.001,
            precision,
          },
          parts.training.length,
          128,
        );
        for (let epoch = 1; epoch <= epochs; epoch += 1) {
          const order = shuffled(parts.training, seed, epoch);
          for (let from = 0; from < order.length; from += 128) step.train(order.subarray(from, from + 128));
          step.takeSums();
        }
        const tested = step.evaluate(parts.test);
        const [accuracy, loss] = [tested.metrics[0] / tested.examples, tested.loss / tested.examples];
        console.log(JSON.stringify({ network, precision, seed, epochs, loss, accuracy }));
        step.dispose();
      }
    }
  }
  await close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
