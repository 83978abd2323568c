/**
 * What "find unusual pictures" reaches on digits, through the terminal as a person would run it: MNIST, of which the network
 * is trained on some classes only, and the area under the ROC curve with which its reconstruction errors tell the others on
 * the data's own test rows. The epoch is chosen by ordinary validation rows; nothing looks at the test rows.
 *
 * gunpoint: series of a hand's way, without (ordinary) and with a gun drawn, which is never seen in training; as the archive
 * divides them, 50 to train and 150 to test.
 *
 * held-out: one digit is unknown, the nine others are ordinary, for each of the ten digits: the mean of all, each by itself
 * beside it. one-class: the other way round, one digit is ordinary.
 *
 *   node tools/bench/tasks/anomaly.mjs [--only held-out,one-class,gunpoint] [--digits 0,1,2] [--seeds 1] [--train="--set epochs=1"]
 */
import { join } from 'node:path';
import { gunPoint } from './series.mjs';
import { commandLine, inFolder, mean, printRows, tandem, trainAndTest } from './terminal.mjs';

const everyDigit = [...'0123456789'];

/** Which digits are ordinary for each one that is set apart. @type {Record<string, { title: string, ordinary: (digit: string) => string[] }>} */
const sets = {
  'held-out': {
    title: 'MNIST, one digit held out',
    ordinary: (digit) => everyDigit.filter((one) => one !== digit),
  },
  'one-class': { title: 'MNIST, one digit ordinary', ordinary: (digit) => [digit] },
};

/** @param {{ only?: readonly string[], digits?: readonly string[], seeds?: readonly number[], train?: readonly string[] }} [asked] */
export function measureAnomalies({
  only = [...Object.keys(sets), 'gunpoint'],
  digits = everyDigit,
  seeds = [1],
  train = [],
} = {}) {
  /** @type {import('./terminal.mjs').Row[]} */
  const rows = [];
  for (const [name, { title, ordinary }] of Object.entries(sets)) {
    if (!only.includes(name)) continue;
    const all = inFolder((folder) =>
      digits.map((digit) => {
        const options = ['--task', 'image-anomaly', '--ordinary', ordinary(digit).join(';'), ...train];
        const library = join(folder, 'library');
        const runs = seeds.map((seed) =>
          trainAndTest(library, 'handwritten-digits', [...options, '--seed', String(seed)]),
        );
        const of = (/** @type {'figures' | 'baseline'} */ kind) => mean(runs.map((run) => run[kind]['roc-auc'] ?? NaN));
        return { digit, network: of('figures'), baseline: of('baseline') };
      }),
    );
    const each = all.map(({ digit, network }) => `${digit}: ${network.toFixed(3)}`).join(', ');
    const [network, baseline] = [mean(all.map((one) => one.network)), mean(all.map((one) => one.baseline))];
    rows.push({
      task: 'image-anomaly',
      data: `${title}, mean of ${digits.length} digits`,
      asked: 'roc-auc ≥ 0.90',
      measured: `roc-auc ${network.toFixed(4)} (baseline ${baseline.toFixed(4)}; ${each})`,
      seeds: seeds.join(', '),
    });
  }
  return only.includes('gunpoint') ? [...rows, measureGunPoint(train)] : rows;
}

/** @param {readonly string[]} train @returns {import('./terminal.mjs').Row} of three seeds, as a training takes seconds */
function measureGunPoint(train) {
  const seeds = [1, 2, 3];
  const runs = inFolder((folder) => {
    const library = join(folder, 'library');
    tandem(library, ['import', gunPoint(), '--target', 'class', '--name', 'gunpoint']);
    const asked = ['--task', 'series-anomaly', '--ordinary', 'point', '--split', 'given:column=split,validation=0.2'];
    return seeds.map((seed) => trainAndTest(library, 'gunpoint', [...asked, '--seed', String(seed), ...train]));
  });
  const of = (/** @type {'figures' | 'baseline'} */ kind) => mean(runs.map((run) => run[kind]['roc-auc'] ?? NaN));
  return {
    task: 'series-anomaly',
    data: 'GunPoint, no gun is ordinary, mean of 3 seeds',
    asked: '',
    measured: `roc-auc ${of('figures').toFixed(4)} (baseline ${of('baseline').toFixed(4)})`,
    seeds: seeds.join(', '),
  };
}

if (import.meta.filename === process.argv[1]) {
  const { asked, values } = commandLine('1', { digits: { type: 'string' } });
  const digits = values['digits'] === undefined ? {} : { digits: values['digits'].split(',') };
  printRows(measureAnomalies({ ...asked, ...digits }));
}
