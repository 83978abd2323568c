/** What the benches of the tasks share: Tandem's terminal in a library of its own, and rows for the page of figures. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectPath } from '../../setup/cache.mjs';

/** @typedef {{ task: string, data: string, asked: string, measured: string, seeds: string }} Row of the page of figures */

/** @param {string} command @param {readonly string[]} words @param {string} [input] @returns {string} what it printed */
export function run(command, words, input) {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', input, maxBuffer: 1 << 28 });
  if (status !== 0)
    throw new Error(`${command} ${words.join(' ')} ended with ${status}: ${stderr}${stdout.slice(-2000)}`);
  return stdout;
}

/** @param {string} library @param {readonly string[]} words @returns {any} the result, which is printed last */
export function tandem(library, words) {
  const entry = projectPath('out', 'main', 'tandem.js');
  const printed = run(process.execPath, [entry, ...words, '--json', '--library', library]);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
}

/**
 * A run and the scores of its test rows.
 * @param {string} library @param {string} dataset @param {readonly string[]} options of `tandem train`
 * @returns {{ run: any, seconds: number, figures: Record<string, number>, baseline: Record<string, number> }} seconds of
 *   training, and the figures that answering without a network gives
 */
export function trainAndTest(library, dataset, options) {
  const began = performance.now();
  const { run: trained } = tandem(library, ['train', dataset, ...options]);
  const seconds = (performance.now() - began) / 1000;
  const { scores } = tandem(library, ['test', trained.id]);
  /** @param {'value' | 'baseline'} of @returns {Record<string, number>} */
  const read = (of) => Object.fromEntries(scores.map((/** @type {any} */ score) => [score.id, score[of]]));
  const told = { dataset, epoch: trained.best?.epoch, epochs: trained.epochsDone, seconds: Math.round(seconds) };
  console.log(JSON.stringify({ ...told, load: loadavg()[0], ...read('value') }));
  return { run: trained, seconds, figures: read('value'), baseline: read('baseline') };
}

/** @template Result @param {(folder: string) => Result} work in a folder that is gone afterwards */
export function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {readonly number[]} values */
export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @param {Record<string, number>} asked the least of each figure */
export function asWords(asked) {
  return Object.entries(asked)
    .map(([name, least]) => `${name} ≥ ${least}`)
    .join(', ');
}

/**
 * What every bench of tasks can be asked on its command line.
 * @param {string} seeds where none are named
 * @param {NonNullable<import('node:util').ParseArgsConfig['options']>} [own] options of this bench alone
 * @returns {{ asked: { only?: string[], seeds: number[], train: string[] }, values: Record<string, any> }} `values` are the own ones
 */
export function commandLine(seeds, own = {}) {
  const common = /** @type {const} */ ({
    only: { type: 'string' },
    seeds: { type: 'string', default: seeds },
    train: { type: 'string', default: '' },
  });
  const values = /** @type {Record<string, any>} */ (parseArgs({ options: { ...own, ...common } }).values);
  const asked = {
    ...(values['only'] === undefined ? {} : { only: values['only'].split(',') }),
    seeds: values['seeds'].split(',').map(Number),
    train: values['train'].split(' ').filter((/** @type {string} */ word) => word !== ''),
  };
  return { asked, values };
}

/** @param {readonly Row[]} rows */
export function printRows(rows) {
  for (const row of rows) console.log(JSON.stringify(row));
}
