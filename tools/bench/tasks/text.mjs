/**
 * What the task "classify texts" reaches with the network and settings that it begins with (mails keep their capitals), through the terminal as a person
 * would run it: the epoch is chosen by validation rows, the figures are of test rows.
 *
 * reviews: Rotten Tomatoes, fresh or rotten, all reviews of a film in one part. mails: SpamAssassin's public corpus, texts
 * that are nearly the same in one part.
 *
 *   node tools/bench/tasks/text.mjs [--only reviews,mails] [--seeds 1,2,3] [--train "--set epochs=5"]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectPath } from '../../setup/cache.mjs';
import { readReviews } from '../quality.mjs';
import { readMails } from './spam-mails.mjs';

/** @typedef {{ data: string, seed: number, rows: number, accuracy: number, f1: number, epochs: string, seconds: number, load: number }} Figures */

/** Characters kept of a mail. */
const LONGEST_MAIL = 2000;

const sets = {
  reviews: {
    positive: 'fresh',
    split: 'grouped:column=film',
    own: [],
    rows: () =>
      readReviews()
        .filter(({ category }) => category !== 'plot')
        .map(({ category, text, film }) => ({ class: category, text, film })),
  },
  mails: {
    positive: 'spam',
    split: 'random:alike=near,duplicates=together',
    // Capitals tell spam.
    own: ['--step', 'text=tokens:output=sequence,vocabulary=20000,length=0,punctuation=true,lowercase=false'],
    rows: () => readMails(LONGEST_MAIL).map(({ kind, text }) => ({ class: kind, text })),
  },
};

/** @param {string} library @param {string[]} words @returns {any} the result, which is printed last */
function tandem(library, words) {
  const entry = projectPath('out', 'main', 'tandem.js');
  const asked = [entry, ...words, '--json', '--library', library];
  const { status, stdout, stderr } = spawnSync(process.execPath, asked, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`tandem ${words[0]} ended with ${status}: ${stderr}${stdout.slice(-2000)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** @param {readonly Record<string, string>[]} rows */
function csv(rows) {
  const quoted = (/** @type {string} */ text) => `"${text.replaceAll('"', '""')}"`;
  const names = Object.keys(rows[0] ?? {});
  return [names.join(','), ...rows.map((row) => names.map((name) => quoted(row[name] ?? '')).join(',')), ''].join('\n');
}

/** @param {readonly { actual: string, predicted: string }[]} answers @param {string} positive */
function measure(answers, positive) {
  const count = (/** @type {(answer: { actual: string, predicted: string }) => boolean} */ holds) =>
    answers.filter(holds).length;
  const hits = count(({ actual, predicted }) => actual === positive && predicted === positive);
  const marked = count(({ actual }) => actual === positive) + count(({ predicted }) => predicted === positive);
  const right = count(({ actual, predicted }) => actual === predicted);
  return { rows: answers.length, accuracy: right / answers.length, f1: (2 * hits) / marked };
}

/**
 * @param {{ only?: readonly string[], seeds?: readonly number[], train?: readonly string[] }} [asked]
 * @returns {Figures[]}
 */
export function measureTexts({ only = Object.keys(sets), seeds = [1, 2, 3], train = [] } = {}) {
  /** @type {Figures[]} */
  const figures = [];
  for (const [data, { positive, split, own, rows }] of Object.entries(sets)) {
    if (!only.includes(data)) continue;
    const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
    try {
      const library = join(folder, 'library');
      const file = join(folder, `${data}.csv`);
      writeFileSync(file, csv(rows()));
      tandem(library, ['import', file, '--target', 'class']);
      for (const seed of seeds) {
        const parts = `${split},seed=${seed}`;
        const began = performance.now();
        const name = `${data}-${seed}`;
        const run = tandem(library, [
          'train',
          data,
          '--name',
          name,
          '--seed',
          String(seed),
          '--split',
          parts,
          ...own,
          ...train,
        ]);
        const seconds = (performance.now() - began) / 1000;
        const { predictions } = tandem(library, ['predict', name, '--part', 'test']);
        const one = {
          data,
          seed,
          ...measure(predictions, positive),
          epochs: epochsOf(run),
          seconds,
          load: loadavg()[0] ?? 0,
        };
        figures.push(one);
        console.log(JSON.stringify(one));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return figures;
}

/** Best of all that were trained. @param {any} result */
function epochsOf({ run }) {
  return `${run.best?.epoch ?? '–'} of ${run.epochsDone}`;
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seeds: { type: 'string', default: '1,2,3' },
      train: { type: 'string', default: '' },
    },
  });
  const figures = measureTexts({
    ...(values.only === undefined ? {} : { only: values.only.split(',') }),
    seeds: values.seeds.split(',').map(Number),
    train: values.train.split(' ').filter((word) => word !== ''),
  });
  for (const data of new Set(figures.map((one) => one.data))) {
    const own = figures.filter((one) => one.data === data);
    const mean = (/** @type {'accuracy' | 'f1'} */ name) =>
      (own.reduce((sum, one) => sum + one[name], 0) / own.length).toFixed(4);
    console.log(`${data}: mean accuracy ${mean('accuracy')}, mean F1 ${mean('f1')} over ${own.length} seeds`);
  }
}
