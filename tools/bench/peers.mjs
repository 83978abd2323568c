/**
 * How fast the engine trains beside stock tfjs, PyTorch and Keras, on the same networks, rows and batches. PyTorch and Keras
 * come through `../shared/peers/peer.py` in an environment made here; without that file they are left out.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cachePath, projectFolder, projectPath } from '../setup/cache.mjs';

/**
 * @typedef {object} Speed the best of an engine on a network with one batch size
 * @property {string} network
 * @property {number} batch
 * @property {string} engine
 * @property {number} examplesPerSecond
 * @property {number} recordingSeconds 0 for engines that record nothing
 * @property {number} memoryBytes of the process at the end; 0 where it is not told
 */

const peer = path.join(projectFolder, '..', 'shared', 'peers', 'peer.py');
/** Rows per network: an epoch of the slowest engine is to take seconds, not minutes. @type {Record<string, number>} */
export const rowsOf = { mlp: 60_000, cnn: 12_800, lstm: 12_800 };
const batches = [32, 128, 512];
const own = ['compiled', 'bfloat16', 'eager', 'tfjs-fit'];

/**
 * Every engine on every network and batch size, engines in turn and those that are compared twice, so that what else the
 * machine does hits all alike. Stock tfjs and the eager step are far behind: once, at one batch size, says enough.
 * @param {number} epochs of each turn
 * @returns {Speed[]}
 */
export function measureSpeed(epochs) {
  const python = peerPython();
  const peers = python ? ['torch', 'keras'] : [];
  return Object.keys(rowsOf).flatMap((network) =>
    batches.flatMap((batch) => {
      const first = ['compiled', ...peers, 'bfloat16', ...(batch === 128 ? ['eager', 'tfjs-fit'] : [])];
      const turns = [...first, 'compiled', ...peers].map((engine) =>
        measureTurn(engine, network, batch, { epochs, python }),
      );
      return first.map((engine) => best(turns.filter((turn) => turn.engine === engine)));
    }),
  );
}

/** @param {Speed[]} turns @returns {Speed} */
function best(turns) {
  const sorted = turns.toSorted((a, b) => b.examplesPerSecond - a.examplesPerSecond);
  const [fastest] = sorted;
  if (!fastest) throw new Error('There was no turn');
  return fastest;
}

/**
 * @param {string} engine @param {string} network @param {number} batch
 * @param {{ epochs: number, python: string | null }} how
 * @returns {Speed}
 */
function measureTurn(engine, network, batch, { epochs, python }) {
  const ours = own.includes(engine);
  const script = ours ? projectPath('tools', 'bench', 'speed.mjs') : peer;
  const options = ['--rows', rowsOf[network], '--batch', batch, '--epochs', epochs].map(String);
  const command = ours ? process.execPath : (python ?? '');
  const { stdout, stderr, status } = spawnSync(command, [script, engine, network, ...options], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  if (status !== 0 || lines.length === 0) throw new Error(`${engine} on ${network}: ${stderr.slice(-500)}`);
  const most = (/** @type {string} */ key) => Math.max(0, ...lines.map((line) => Number(line[key] ?? 0)));
  const speed = {
    ...{ network, batch, engine },
    examplesPerSecond: most('examples_per_second'),
    recordingSeconds: most('recording_seconds'),
    memoryBytes: most('memory_bytes'),
  };
  console.log(JSON.stringify(speed));
  return speed;
}

/** The Python of an environment with both peers, made once in the cache. @returns {string | null} */
export function peerPython() {
  if (!existsSync(peer)) return null;
  const folder = cachePath('peers');
  const python = path.join(folder, 'bin', 'python');
  if (!existsSync(path.join(folder, 'ready'))) {
    console.log('Making an environment for PyTorch and Keras');
    spawnSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    const packages = ['torch==2.13.0', 'tensorflow_cpu==2.21.0'];
    if (spawnSync(python, ['-m', 'pip', 'install', '-q', ...packages], { stdio: 'inherit' }).status !== 0) return null;
    writeFileSync(path.join(folder, 'ready'), '');
  }
  return python;
}
