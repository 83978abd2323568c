/**
 * Where a compiled step's time goes, op by op: the step's graph as the engine writes it, traced by TensorFlow in the peers'
 * Python (the binding can't ask for a trace). Left out where that environment isn't.
 *
 *   node tools/bench/timeline.mjs mlp|cnn [--batch 128]        saves the step's graph into a folder and prints the folder
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';
import { layersOf, networkOf } from './networks.mjs';
import { peerPython } from './peers.mjs';

/**
 * @typedef {{ network: string, batch: number, steps: number, microseconds: number, kernels: number, ops: Record<string, number> }} Timeline
 *   per step: the fastest, the kernels it runs, and the time in the ten longest kinds of them
 */

const asked = [
  { network: 'mlp', batch: 32, steps: 8 },
  { network: 'mlp', batch: 128, steps: 8 },
  { network: 'mlp', batch: 512, steps: 8 },
  { network: 'cnn', batch: 32, steps: 1 },
  { network: 'cnn', batch: 128, steps: 1 },
  { network: 'cnn', batch: 512, steps: 1 },
];

/** @returns {Timeline[]} */
export function measureTimeline() {
  const python = peerPython();
  if (!python) return [];
  return asked.map((one) => {
    const script = projectPath('tools', 'bench', 'timeline.mjs');
    const saved = spawnSync(process.execPath, [script, one.network, '--batch', String(one.batch)], {
      encoding: 'utf8',
    });
    const folder = saved.stdout.trim();
    try {
      const tracer = projectPath('tools', 'bench', 'timeline.py');
      const library = projectPath(
        ...['node_modules', '@tensorflow', 'tfjs-node-gpu', 'lib', 'napi-v8', 'tandem_ops.node'],
      );
      const numbers = [one.batch, one.steps, 4].map(String);
      const { stdout, stderr } = spawnSync(python, [tracer, folder, ...numbers, library], { encoding: 'utf8' });
      const line = stdout.split('\n').find((text) => text.startsWith('{'));
      if (!line) throw new Error(`The graph was not traced: ${stderr.slice(-500)}`);
      console.log(line);
      return { ...one, ...JSON.parse(line) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Builds the network's step and keeps the graph that the engine loads. @param {string} name @param {number} batch */
async function saveGraph(name, batch) {
  const paths = ['catalog/index', 'engine/tf', 'engine/build', 'engine/create-step'];
  const { modules, close } = await loadModules(paths.map((one) => `/src-main/${one}.ts`));
  const [catalog, { loadTensorFlow }, { buildModel }, { createStep }] = modules;
  const { tf } = await loadTensorFlow();
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-timeline-'));
  const holder = tf.backend();
  const { binding } = holder;
  holder.binding = new Proxy(
    {},
    {
      get(_target, key) {
        if (key === 'loadSavedModel') {
          return (/** @type {string} */ from, /** @type {string} */ tags) => {
            cpSync(from, folder, { recursive: true });
            return binding.loadSavedModel(from, tags);
          };
        }
        const value = binding[key];
        return typeof value === 'function' ? value.bind(binding) : value;
      },
    },
  );
  const network = networkOf(name);
  const { inputShape } = network;
  const rows = 16 * batch;
  const size = inputShape.reduce((product, side) => product * side, 1);
  const targetScale = { mean: 0, standardDeviation: 1 };
  const { eagerReason } = createStep(
    {
      tf,
      model: buildModel(tf, { layers: layersOf(network) }, inputShape, 10, 0),
      data: {
        ...{ inputShape, scale: 1, targetScale, inputs: new Float32Array(rows * size) },
        targets: Int32Array.from({ length: rows }, (_, row) => row % 10),
      },
      loss: catalog.losses.get('cross-entropy'),
      metrics: [catalog.metrics.get('accuracy')],
      targetScale,
      optimizer: { definition: catalog.optimizers.get('adam'), fields: {} },
      learningRate: 0.001,
    },
    rows,
    batch,
  );
  if (eagerReason) throw new Error(`not compiled: ${eagerReason}`);
  await close();
  return folder;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { batch: { type: 'string', default: '128' } },
  });
  console.log(await saveGraph(positionals[0] ?? 'mlp', Number(values.batch)));
}
