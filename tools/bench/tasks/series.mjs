/**
 * What the series tasks reach with the network and settings that they begin with, through the terminal as a person would run
 * them: the epoch is chosen by validation rows, the figures are of test rows. MASE is scaled by the seasonal naive forecast's
 * error on the training rows; the same forecast's MASE on the test rows stands beside.
 *
 *   node tools/bench/tasks/series.mjs [--only airline,weather,gunpoint] [--seeds 1,2,3] [--train="--set epochs=5"]
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath } from '../../setup/cache.mjs';
import { commandLine, inFolder, mean, printRows, run, tandem, trainAndTest } from './terminal.mjs';

/** @typedef {{ task: string, source: () => string | null, target?: string, train: readonly string[], score: string, asked: string }} Set */

/** @type {Record<string, Set>} */
const sets = {
  // The sample of the gallery, twelve months ahead.
  airline: {
    task: 'series-forecasting',
    source: () => null,
    train: [],
    score: 'mean-absolute-scaled-error',
    asked: 'MASE < 1 and below seasonal naive',
  },
  // Daily highs of Seattle, 2012 to 2015: a week ahead, a season of a year.
  weather: {
    task: 'series-forecasting',
    source: () => weather(),
    target: 'temp_max',
    train: ['--forecast', 'horizon=7,season=365'],
    score: 'mean-absolute-scaled-error',
    asked: 'MASE < 1 and below seasonal naive',
  },
  // 50 series train (10 of them validate), 150 test, as the archive divides them.
  gunpoint: {
    task: 'series-classification',
    source: () => gunPoint(),
    target: 'class',
    train: ['--split', 'given:column=split,validation=0.2'],
    score: 'accuracy',
    asked: 'accuracy ≥ 0.95',
  },
};

/** @returns {string} path of a CSV that the npm package vega-datasets brings */
function weather() {
  const folder = cachePath('bench', 'vega-datasets');
  const file = join(folder, 'package', 'data', 'seattle-weather.csv');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  run('npm', ['pack', '--silent', '--pack-destination', folder, 'vega-datasets@3.2.1']);
  const packed = join(folder, 'vega-datasets-3.2.1.tgz');
  run('tar', ['xzf', packed, '-C', folder, 'package/data/seattle-weather.csv']);
  return file;
}

/** @returns {string} path of a CSV made of the two files that the Python package sktime brings */
export function gunPoint() {
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

/** @param {{ only?: readonly string[], seeds?: readonly number[], train?: readonly string[] }} [asked] */
export function measureSeries({ only = Object.keys(sets), seeds = [1, 2, 3], train = [] } = {}) {
  /** @type {import('./terminal.mjs').Row[]} */
  const rows = [];
  for (const [name, set] of Object.entries(sets)) {
    if (!only.includes(name)) continue;
    const measured = inFolder((folder) => {
      const library = join(folder, 'library');
      const source = set.source();
      if (source && set.target) tandem(library, ['import', source, '--target', set.target, '--name', name]);
      return seeds.map((seed) => trainAndTest(library, name, ['--seed', String(seed), ...set.train, ...train]));
    });
    const each = measured.map(({ figures }) => figures[set.score] ?? NaN);
    const beside = mean(measured.map(({ baseline }) => baseline[set.score] ?? NaN));
    const baseline = set.score === 'accuracy' ? 'majority' : 'seasonal naive';
    rows.push({
      task: set.task,
      data: name,
      asked: set.asked,
      measured: `${mean(each).toFixed(3)} (each: ${each.map((value) => value.toFixed(3)).join(', ')}; ${baseline} ${beside.toFixed(3)})`,
      seeds: seeds.join(', '),
    });
  }
  return rows;
}

if (import.meta.filename === process.argv[1]) printRows(measureSeries(commandLine('1,2,3').asked));
