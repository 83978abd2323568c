/**
 * What "classify pictures" reaches from scratch, through the terminal as a person would run it: the epoch is chosen by
 * validation rows, the figures are of the data's own test rows.
 *
 * digits: MNIST, the balanced network as the app proposes it, few epochs. cifar10: the accurate network, with the pictures
 * moved and mirrored at random.
 *
 *   node tools/bench/tasks/pictures.mjs [--only digits,cifar10] [--seeds 1] [--train="--set epochs=1"]
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../setup/cache.mjs';
import { asWords, commandLine, inFolder, mean, printRows, tandem, trainAndTest } from './terminal.mjs';

const cifar10 = projectPath('..', 'shared', 'data', 'cifar10.zip');

const sets = {
  digits: {
    title: 'MNIST, balanced',
    asked: { accuracy: 0.992 },
    withinSeconds: 180,
    dataset: 'handwritten-digits',
    options: ['--preset', 'balanced', '--set', 'epochs=6', '--set', 'schedule.type=cosine'],
  },
  cifar10: {
    title: 'CIFAR-10, accurate',
    asked: { accuracy: 0.8 },
    withinSeconds: 1800,
    file: cifar10,
    dataset: 'cifar10',
    options: [
      ...[
        '--preset',
        'accurate',
        '--set',
        'epochs=12',
        '--set',
        'schedule.type=one-cycle',
        '--set',
        'learningRate=0.005',
      ],
      ...['--augment', 'flip', '--augment', 'shift'],
    ],
  },
};

/** @param {{ only?: readonly string[], seeds?: readonly number[], train?: readonly string[] }} [asked] */
export function measurePictures({ only = Object.keys(sets), seeds = [1], train = [] } = {}) {
  /** @type {import('./terminal.mjs').Row[]} */
  const rows = [];
  for (const [name, set] of Object.entries(sets)) {
    if (!only.includes(name) || ('file' in set && !existsSync(set.file))) continue;
    const all = inFolder((folder) => {
      const library = join(folder, 'library');
      if ('file' in set) tandem(library, ['import', set.file]);
      return seeds.map((seed) =>
        trainAndTest(library, set.dataset, [...set.options, '--seed', String(seed), ...train]),
      );
    });
    const accuracies = all.map(({ figures }) => figures['accuracy'] ?? NaN);
    rows.push({
      task: 'image-classification',
      data: set.title,
      asked: `${asWords(set.asked)} in under ${set.withinSeconds} s`,
      measured: `accuracy ${mean(accuracies).toFixed(4)} in ${Math.round(mean(all.map(({ seconds }) => seconds)))} s`,
      seeds: seeds.join(', '),
    });
  }
  return rows;
}

if (import.meta.filename === process.argv[1]) printRows(measurePictures(commandLine('1').asked));
