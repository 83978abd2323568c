/**
 * What the task "classify texts" reaches with the network and settings that it begins with (mails keep their capitals), through
 * the terminal as a person would run it: the epoch is chosen by validation rows, the figures are of test rows.
 *
 * reviews: Rotten Tomatoes, fresh or rotten, all reviews of a film in one part; features: the same with the pretrained network
 * for texts, frozen; tuned: with its last blocks trained too. mails: SpamAssassin's public corpus, texts that are nearly the
 * same in one part.
 *
 *   node tools/bench/tasks/texts.mjs [--only reviews,features,tuned,mails] [--seeds 1,2,3] [--train="--set epochs=5"]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReviews } from '../quality.mjs';
import { readMails } from './spam-mails.mjs';
import { asWords, commandLine, inFolder, mean, printRows, tandem, trainAndTest } from './terminal.mjs';

/** Characters kept of a mail. */
const LONGEST_MAIL = 2000;

const reviews = {
  title: 'Rotten Tomatoes by film',
  asked: { accuracy: 0.74 },
  positive: 'fresh',
  split: 'grouped:column=film',
  /** @type {readonly string[]} */
  own: [],
  rows: () =>
    readReviews()
      .filter(({ category }) => category !== 'plot')
      .map(({ category, text, film }) => ({ class: category, text, film })),
};
const pretrained = ['--preset', 'pretrained'];
/** Few passes, ever smaller steps: what was learnt before should change little. */
const tuning = ['network.layers.0.fields.trained=last', 'epochs=3', 'schedule.type=cosine'];

const sets = {
  reviews,
  features: {
    ...reviews,
    title: 'Rotten Tomatoes by film, MiniLM frozen',
    asked: { accuracy: 0.78 },
    own: pretrained,
  },
  tuned: {
    ...reviews,
    title: 'Rotten Tomatoes by film, last blocks of MiniLM trained',
    asked: { accuracy: 0.78 },
    own: [...pretrained, ...tuning.flatMap((setting) => ['--set', setting])],
  },
  mails: {
    title: 'SpamAssassin',
    asked: { f1: 0.97 },
    positive: 'spam',
    split: 'random:alike=near,duplicates=together',
    // Capitals tell spam.
    own: ['--step', 'text=tokens:output=sequence,vocabulary=20000,length=0,punctuation=true,lowercase=false'],
    rows: () => readMails(LONGEST_MAIL).map(({ kind, text }) => ({ class: kind, text })),
  },
};

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
 * @returns {import('./terminal.mjs').Row[]}
 */
export function measureTexts({ only = Object.keys(sets), seeds = [1, 2, 3], train = [] } = {}) {
  return Object.entries(sets)
    .filter(([data]) => only.includes(data))
    .map(([data, set]) => {
      const figures = inFolder((folder) => trainEach(folder, data, set, seeds, train));
      const words = (/** @type {'accuracy' | 'f1'} */ name) =>
        `${name} ${mean(figures.map((one) => one[name])).toFixed(4)}`;
      return {
        task: 'text-classification',
        data: `${set.title}, mean of ${seeds.length} seeds`,
        asked: asWords(set.asked),
        measured: `${words('accuracy')}, ${words('f1')}`,
        seeds: seeds.join(', '),
      };
    });
}

/**
 * @param {string} folder @param {string} data @param {typeof sets[keyof typeof sets]} set
 * @param {readonly number[]} seeds @param {readonly string[]} train
 */
function trainEach(folder, data, { positive, split, own, rows }, seeds, train) {
  const library = join(folder, 'library');
  const file = join(folder, `${data}.csv`);
  writeFileSync(file, csv(rows()));
  tandem(library, ['import', file, '--target', 'class']);
  return seeds.map((seed) => {
    const options = ['--seed', String(seed), '--split', `${split},seed=${seed}`, ...own, ...train];
    const { run, seconds } = trainAndTest(library, data, options);
    const { predictions } = tandem(library, ['predict', run.id, '--part', 'test']);
    const one = { data, seed, seconds, ...measure(predictions, positive) };
    console.log(JSON.stringify(one));
    return one;
  });
}

if (import.meta.filename === process.argv[1]) printRows(measureTexts(commandLine('1,2,3').asked));
