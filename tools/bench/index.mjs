/**
 * `npm run bench`: measures this machine and writes `docs/benchmarks.md` (and the lines it rests on to `out/bench/`): how
 * fast the engine trains beside tfjs, PyTorch and Keras, what the seed network reaches, and how long start and import take.
 * PyTorch and Keras come through `../shared/peers/peer.py` in an environment made here; without that file they are left out.
 *
 *   npm run bench [-- --only speed,seed,app] [--epochs 5]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cachePath, projectFolder, projectPath } from '../setup/cache.mjs';
import { measureApp } from './app.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string', default: 'speed,seed,app' }, epochs: { type: 'string', default: '5' } },
});
const parts = values.only.split(',');
const out = projectPath('out', 'bench');
const peer = path.join(projectFolder, '..', 'shared', 'peers', 'peer.py');
mkdirSync(out, { recursive: true });

/** Rows per network: an epoch of the slowest engine is to take seconds, not minutes. @type {Record<string, number>} */
const rowsOf = { mlp: 60_000, cnn: 12_800, lstm: 12_800 };
const batches = [32, 128, 512];

if (parts.includes('speed')) save('speed', measureSpeed());
if (parts.includes('seed')) save('seed', measureSeed());
if (parts.includes('app')) save('app', await measureApp());
writeFileSync(projectPath('docs', 'benchmarks.md'), report());
console.log('Wrote docs/benchmarks.md');

/** @param {string} name @param {unknown} result */
function save(name, result) {
  writeFileSync(path.join(out, `${name}.json`), `${JSON.stringify(result, null, 1)}\n`);
}

/** @param {string} name @returns {unknown} what an earlier run of this part measured, null if none did */
function load(name) {
  const file = path.join(out, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** The Python of an environment with both peers, made once in the cache. @returns {string | null} */
function peerPython() {
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

/**
 * Every engine on every network and batch size, engines in turn, so that what else the machine does hits all alike.
 * @returns {Record<string, Record<string, number>>} best examples/s by `network batch` and engine
 */
function measureSpeed() {
  const python = peerPython();
  /** @type {Record<string, Record<string, number>>} */
  const table = {};
  for (const network of Object.keys(rowsOf)) {
    for (const batch of batches) {
      const key = `${network} ${batch}`;
      const best = (table[key] = /** @type {Record<string, number>} */ ({}));
      // tfjs takes long and is far behind: once, at one batch size, says enough.
      const engines = [
        'compiled',
        ...(python ? ['torch', 'keras'] : []),
        ...(batch === 128 ? ['eager', 'tfjs-fit'] : []),
      ];
      for (const engine of [...engines, 'compiled', ...(python ? ['torch', 'keras'] : [])]) {
        const speed = bestSpeed(engine, network, batch, python);
        best[engine] = Math.max(best[engine] ?? 0, speed);
        console.log(`${key} ${engine}: ${speed} examples/s`);
      }
    }
  }
  return table;
}

/** @param {string} engine @param {string} network @param {number} batch @param {string | null} python */
function bestSpeed(engine, network, batch, python) {
  const own = ['compiled', 'eager', 'tfjs-fit'].includes(engine);
  const script = own ? projectPath('tools', 'bench', 'speed.mjs') : peer;
  const options = ['--rows', rowsOf[network], '--batch', batch, '--epochs', values.epochs].map(String);
  const command = own ? process.execPath : (python ?? '');
  const { stdout } = spawnSync(command, [script, engine, network, ...options], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return Math.max(0, ...lines.map((line) => JSON.parse(line).examples_per_second ?? 0));
}

/** @returns {Record<string, string>} what `seed-network.mjs` says, by what was asked */
function measureSeed() {
  const script = projectPath('tools', 'bench', 'seed-network.mjs');
  const asked = {
    'Adam 0.01, weights drawn as PyTorch draws them, seeds 1–3': ['--initializer', 'fan-in-uniform'],
    'Adam 0.001, weights as the gallery draws them, seeds 1–5': [
      '--rate',
      '0.001',
      '--initializer',
      'own',
      '--seeds',
      '1,2,3,4,5',
    ],
  };
  return Object.fromEntries(
    Object.entries(asked).map(([title, options]) => {
      const { stdout } = spawnSync(process.execPath, [script, ...options], { encoding: 'utf8' });
      console.log(`${title}\n${stdout}`);
      return [title, stdout.trim()];
    }),
  );
}

function report() {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const speed = /** @type {Record<string, Record<string, number>> | null} */ (load('speed'));
  const seed = /** @type {Record<string, string> | null} */ (load('seed'));
  const app = /** @type {Record<string, string> | null} */ (load('app'));
  return `# Measured figures

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}. Times on a shared machine move by tens of
per cent; compare within a table, not across days.
${speed ? speedReport(speed) : ''}${seed ? seedReport(seed) : ''}${app ? appReport(app) : ''}`;
}

/** @param {Record<string, Record<string, number>>} table */
function speedReport(table) {
  const engines = ['compiled', 'eager', 'tfjs-fit', 'torch', 'keras'];
  const rows = Object.entries(table).map(([key, best]) => {
    const cells = engines.map((engine) => (best[engine] ? best[engine].toLocaleString('en') : '–'));
    const peers = ['torch', 'keras'].map((engine) => best[engine] ?? 0);
    const ratio = Math.max(...peers) > 0 ? `${((best['compiled'] ?? 0) / Math.max(...peers)).toFixed(2)} ×` : '–';
    return `| ${key.replace(' ', ' | ')} | ${cells.join(' | ')} | ${ratio} |`;
  });
  return `
## Training speed

Examples per second, best epoch of ${values.epochs} in each of two turns (eager and tfjs's \`fit\`: one turn). Adam 0.001, cross-entropy, accuracy
measured along. mlp: 784-256-128-10, ${rowsOf['mlp']} rows; cnn: two convolutions with batch normalization, ${rowsOf['cnn']} rows; lstm: 28 steps
of 28 numbers, 64 units, ${rowsOf['lstm']} rows (tfjs's \`fit\` with tfjs's own layer).

| network | batch | compiled (Tandem's) | eager (Tandem's) | tfjs \`fit\` | PyTorch | Keras | compiled to the faster peer |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** @param {Record<string, string>} seed */
function seedReport(seed) {
  const blocks = Object.entries(seed).map(([title, text]) => `${title}:\n\n\`\`\`\n${text}\n\`\`\`\n`);
  return `
## The seed network, 784-256-128-10 on MNIST

All 60,000 training rows, batch 128; the test rows are measured each epoch and choose nothing.

${blocks.join('\n')}`;
}

/** @param {Record<string, string>} app */
function appReport(app) {
  const rows = Object.entries(app).map(([what, figure]) => `| ${what} | ${figure} |`);
  return `
## The app

| what | measured |
|---|---|
${rows.join('\n')}
`;
}
