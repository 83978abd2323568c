/**
 * How the samplers do on functions whose minimum is known, beside Optuna's TPE with its defaults: the best of 100 trials, the
 * median over 20 seeds.
 *
 *   node tools/bench/samplers.mjs [--seeds 20] [--trials 100]
 *
 * Optuna must be there for `python3` (or the interpreter that PYTHON names).
 */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';
import { middle } from './middle.mjs';

/** @typedef {{ name: string, sampler: string, median: number, values: number[] }} Sampled */

const number = (/** @type {string} */ path, /** @type {number} */ minimum, /** @type {number} */ maximum) => {
  return { path, range: { kind: 'number', minimum, maximum, scale: 'linear' } };
};

const hartmann = {
  weights: [1, 1.2, 3, 3.2],
  scales: [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
  ],
  centres: [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
  ],
};

/** @type {Record<string, number>} */
const penalties = { relu: 0.1, tanh: 0.3, gelu: 0, elu: 0.2 };

/** Minima: 0.3979, −3.3224, 0. @type {Record<string, { parameters: object[], of: (values: any) => number }>} */
const functions = {
  branin: {
    parameters: [number('x', -5, 10), number('y', 0, 15)],
    of({ x, y }) {
      const curve = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6;
      return curve ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    },
  },
  hartmann6: {
    parameters: Array.from({ length: 6 }, (_, at) => number(`x${at}`, 0, 1)),
    of(values) {
      return -hartmann.weights.reduce((sum, weight, at) => {
        const away = hartmann.centres[at]?.map(
          (centre, side) => (hartmann.scales[at]?.[side] ?? 0) * (values[`x${side}`] - centre) ** 2,
        );
        return sum + weight * Math.exp(-(away ?? []).reduce((total, one) => total + one, 0));
      }, 0);
    },
  },
  // As a network is searched: a rate that depends on the kind, sizes for one kind alone, a choice beside.
  conditional: {
    parameters: [
      { path: 'kind', range: { kind: 'choice', values: ['flat', 'deep'] } },
      { path: 'rate', range: { kind: 'number', minimum: 1e-5, maximum: 1, scale: 'log' } },
      { path: 'activation', range: { kind: 'choice', values: ['relu', 'tanh', 'gelu', 'elu'] } },
      {
        path: 'depth',
        range: { kind: 'integer', minimum: 1, maximum: 6, scale: 'linear' },
        when: { path: 'kind', values: ['deep'] },
      },
      {
        path: 'width',
        range: { kind: 'integer', minimum: 8, maximum: 512, scale: 'log' },
        when: { path: 'kind', values: ['deep'] },
      },
    ],
    of({ kind, rate, activation, depth, width }) {
      const shift = kind === 'deep' ? 3 : 2;
      const own = kind === 'deep' ? 0.2 * (depth - 4) ** 2 + 0.2 * (Math.log2(width) - 7) ** 2 : 0.4;
      return (Math.log10(rate) + shift) ** 2 + own + (penalties[activation] ?? 0);
    },
  },
};

/** @param {any} sampler @param {{ parameters: object[], of: (values: any) => number }} task @param {number} seed @param {number} count */
function search({ next, fields }, { parameters, of }, seed, count) {
  /** @type {{ number: number, state: string, value: number }[]} */
  const trials = [];
  const asked = { parameters, seed, better: 'lower', epochs: 1, second: null, fits: () => true };
  const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]));
  for (let number = 1; number <= count; number++) {
    /** @type {Record<string, unknown>} */
    const drawn = next({ ...asked, trials, number, fields: values });
    const value = of(drawn);
    const measured = { values: drawn, curve: [value], value, measures: {}, seconds: 0, error: null };
    trials.push({ number, state: 'finished', ...measured });
  }
  return Math.min(...trials.map(({ value }) => value));
}

/** @param {{ seeds?: number, trials?: number, peers?: boolean }} options @returns {Promise<Sampled[]>} */
export async function measureSamplers({ seeds = 20, trials = 100, peers = true } = {}) {
  const { modules, close } = await loadModules(['/src-main/catalog/index.ts']);
  const [{ samplers }] = modules;
  const rows = Object.entries(functions).flatMap(([name, task]) =>
    ['random', 'sobol', 'tpe'].map((sampler) => {
      const values = Array.from({ length: seeds }, (_, seed) => search(samplers.get(sampler), task, seed + 1, trials));
      return { name, sampler, median: middle(values), values };
    }),
  );
  await close();
  const theirs = peers ? optuna(seeds, trials) : [];
  return [...rows, ...theirs.map((one) => ({ ...one, median: middle(one.values) }))];
}

/** @param {number} seeds @param {number} trials @returns {Omit<Sampled, 'median'>[]} */
function optuna(seeds, trials) {
  const script = projectPath('tools', 'bench', 'samplers.py');
  const python = process.env['PYTHON'] ?? 'python3';
  const { status, stdout, stderr } = spawnSync(python, [script, String(seeds), String(trials)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '20' }, trials: { type: 'string', default: '100' } },
  });
  for (const { name, sampler, median } of await measureSamplers({
    seeds: Number(values.seeds),
    trials: Number(values.trials),
  })) {
    console.log(name.padEnd(14), sampler.padEnd(22), median.toFixed(4));
  }
  process.exit(0);
}
