/**
 * What the series tasks reach with the network and settings that they begin with, through the terminal as a person would run
 * them: the epoch is chosen by validation rows, the figures are of test rows. MASE is scaled by the seasonal naive forecast's
 * error on the training rows; the same forecast's MASE on the test rows stands beside.
 *
 *   node tools/bench/tasks/series.mjs [--only airline,weather,gunpoint] [--seeds 1,2,3]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cachePath, projectPath } from '../../setup/cache.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'airline,weather,gunpoint' },
    seeds: { type: 'string', default: '1,2,3' },
  },
});

const sets = {
  airline: { source: () => 'airline', train: [], score: 'mean-absolute-scaled-error' },
  // Daily highs of Seattle, 2012 to 2015: a week ahead, a season of a year.
  weather: {
    source: () => weather(),
    target: 'temp_max',
    train: ['--forecast', 'horizon=7,season=365'],
    score: 'mean-absolute-scaled-error',
  },
  // 50 series train (10 of them validate), 150 test, as the archive divides them.
  gunpoint: {
    source: () => gunPoint(),
    target: 'class',
    train: ['--split', 'given:column=split,validation=0.2'],
    score: 'accuracy',
  },
};

/** @param {string} command @param {string[]} words @param {object} [options] @returns {string} */
function run(command, words, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (status !== 0)
    throw new Error(`${command} ${words.join(' ')} ended with ${status}: ${stderr}${stdout.slice(-2000)}`);
  return stdout;
}

/** @returns {string} path of a CSV that the npm package vega-datasets brings */
function weather() {
  const folder = cachePath('bench', 'vega-datasets');
  const file = join(folder, 'package', 'data', 'seattle-weather.csv');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  run('npm', ['pack', '--silent', 'vega-datasets@3.2.1'], { cwd: folder });
  run('tar', ['xzf', 'vega-datasets-3.2.1.tgz', 'package/data/seattle-weather.csv'], { cwd: folder });
  return file;
}

/** @returns {string} path of a CSV made of the two files that the Python package sktime brings */
function gunPoint() {
  const folder = cachePath('bench', 'sktime');
  const file = join(folder, 'gunpoint.csv');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  run('python3', ['-m', 'pip', 'download', '--no-deps', '-q', '-d', folder, 'sktime==1.2.0']);
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl')) ?? '';
  writeFileSync(file, run('python3', ['-c', unpack, join(folder, wheel)]));
  return file;
}

const unpack = `
import sys, zipfile
rows = []
for part in ('TRAIN', 'TEST'):
    text = zipfile.ZipFile(sys.argv[1]).read(f'sktime/datasets/data/GunPoint/GunPoint_{part}.ts').decode()
    for line in text.split('@data')[1].split():
        series, label = line.rsplit(':', 1)
        rows.append(series.split(',') + [{'1': 'gun', '2': 'point'}[label], part.lower()])
print(','.join([f't{at}' for at in range(len(rows[0]) - 2)] + ['class', 'split']))
for row in rows: print(','.join(row))
`;

const library = mkdtempSync(join(tmpdir(), 'tandem-series-'));
/** @param {string[]} words @returns {string} */
const tandem = (words) =>
  run(process.execPath, [projectPath('out', 'main', 'tandem.js'), ...words], {
    env: { ...process.env, TANDEM_LIBRARY: library },
  });

console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`);
try {
  for (const name of values.only.split(',')) {
    const set = sets[/** @type {keyof typeof sets} */ (name)];
    const source = set.source();
    if ('target' in set) tandem(['import', source, '--target', set.target, '--name', name]);
    for (const seed of values.seeds.split(',')) {
      const run = `${name}-${seed}`;
      tandem(['train', name, '--seed', seed, '--name', run, ...set.train]);
      const { scores } = JSON.parse(tandem(['test', run, '--json']));
      const score = scores.find((/** @type {{ id: string }} */ { id }) => id === set.score);
      const { value, interval, baseline, naive } = score;
      const within = interval ? ` [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]` : '';
      const beside =
        naive === undefined
          ? `majority ${baseline.toFixed(3)}`
          : `seasonal naive ${baseline.toFixed(3)}, naive ${naive.toFixed(3)}`;
      console.log(`${name} seed ${seed}: ${set.score} ${value.toFixed(3)}${within} (${beside})`);
    }
  }
} finally {
  rmSync(library, { recursive: true, force: true });
}
