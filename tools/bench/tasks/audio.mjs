/**
 * What "classify sounds" reaches on spoken digits (FSDD: 3,000 clips of six speakers) from few clips and from all, from scratch
 * and with the pretrained network for sounds, through the terminal as a person would run it: the epoch is chosen by validation
 * clips, the figures are of test clips.
 *
 * speakers: nobody is heard in two parts: the test is one speaker, validation another, training of the other four. random: 500
 * clips each for validation and test, whoever speaks. The seed draws clips, and decides which speaker is for what. The figures
 * before these, by which the network was chosen (windows, what is made of them, the layers behind), are of validation speakers.
 *
 *   node tools/bench/tasks/audio.mjs [--only speakers,random] [--clips 100,1000,all] [--networks scratch,frozen,last]
 *     [--seeds 1,2,3] [--train="--set epochs=5"]
 */
import { unzipSync } from 'fflate';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../setup/cache.mjs';
import { commandLine, inFolder, mean, printRows, tandem, trainAndTest } from './terminal.mjs';

const zip = projectPath('..', 'shared', 'data', 'fsdd.zip');

/** @typedef {{ name: string, digit: string, speaker: string, bytes: Uint8Array }} Clip */
/** @typedef {{ training: Clip[], validation: Clip[], test: Clip[] }} Parts */

/** By what a run is asked for. A hundred clips are four batches, so that more epochs are few steps. @type {Record<string, (clips: number) => string[]>} */
const networks = {
  scratch: (clips) => {
    const [epochs, patience] = clips <= 100 ? [100, 30] : [30, 10];
    return ['--preset', 'balanced', '--set', `epochs=${epochs}`, '--set', `earlyStopping.patience=${patience}`];
  },
  frozen: () => ['--preset', 'pretrained'],
  last: () => [
    ...['--preset', 'pretrained', '--set', 'network.layers.0.fields.trained=last'],
    ...['--set', 'schedule.type=cosine'],
  ],
};

const titles = { speakers: 'unknown speakers', random: 'random clips' };

/** @returns {Clip[]} */
function readClips() {
  const files = unzipSync(new Uint8Array(readFileSync(zip)), { filter: ({ name }) => name.endsWith('.wav') });
  return Object.entries(files).flatMap(([path, bytes]) => {
    const [, name = '', digit = '', speaker = ''] = /((\d)_([a-z]+)_\d+)\.wav$/.exec(path) ?? [];
    return digit === '' ? [] : [{ name, digit, speaker, bytes }];
  });
}

/** In an order drawn by the seed. @param {readonly Clip[]} clips @param {number} seed */
function shuffled(clips, seed) {
  let state = seed;
  const drawn = clips.map((clip) => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
    return { clip, state };
  });
  return drawn.sort((one, other) => one.state - other.state).map(({ clip }) => clip);
}

/** @param {keyof typeof titles} kind @param {readonly Clip[]} clips @param {number} seed @returns {Parts} */
function divided(kind, clips, seed) {
  const order = shuffled(clips, seed);
  if (kind === 'random') {
    return { test: order.slice(0, 500), validation: order.slice(500, 1000), training: order.slice(1000) };
  }
  const speakers = [...new Set(clips.map(({ speaker }) => speaker))].sort();
  const [test, validation] = [seed - 1, seed].map((place) => speakers[place % speakers.length]);
  const of = (/** @type {(speaker: string) => boolean} */ holds) => order.filter(({ speaker }) => holds(speaker));
  return {
    test: of((speaker) => speaker === test),
    validation: of((speaker) => speaker === validation),
    training: of((speaker) => speaker !== test && speaker !== validation),
  };
}

/** The clips, and a table that says which digit each is and which part it is in. @param {string} folder @param {Parts} parts */
function write(folder, parts) {
  mkdirSync(folder);
  const lines = Object.entries(parts).flatMap(([part, clips]) =>
    clips.map(({ name, digit, bytes }) => {
      writeFileSync(join(folder, `${name}.wav`), bytes);
      return `${name}.wav,digit ${digit},${part}`;
    }),
  );
  writeFileSync(join(folder, 'clips.csv'), ['clip,digit,part', ...lines, ''].join('\n'));
}

/**
 * @param {{ kind: keyof typeof titles, count: string, seed: number, chosen: readonly string[], train: readonly string[] }} asked
 * @param {readonly Clip[]} clips
 * @returns {{ network: string, accuracy: number, seconds: number }[]}
 */
function measureOne({ kind, count, seed, chosen, train }, clips) {
  const parts = divided(kind, clips, seed);
  const training = count === 'all' ? parts.training : parts.training.slice(0, Number(count));
  return inFolder((folder) => {
    const library = join(folder, 'library');
    write(join(folder, 'digits'), { ...parts, training });
    tandem(library, ['import', join(folder, 'digits'), '--target', 'digit']);
    return chosen.map((network) => {
      const asked = ['--split', 'given:column=part', '--seed', String(seed)];
      const options = [...(networks[network]?.(training.length) ?? []), ...asked, ...train];
      const { figures, seconds } = trainAndTest(library, 'digits', options);
      const one = { network, accuracy: figures['accuracy'] ?? NaN, seconds };
      console.log(JSON.stringify({ kind, training: training.length, seed, ...one }));
      return one;
    });
  });
}

/**
 * @param {{ only?: readonly string[], clips?: readonly string[], chosen?: readonly string[], seeds?: readonly number[], train?: readonly string[] }} [asked]
 * @returns {import('./terminal.mjs').Row[]}
 */
export function measureSounds({
  only = Object.keys(titles),
  clips: counts = ['100', '1000', 'all'],
  chosen = ['scratch', 'frozen'],
  seeds = [1, 2, 3],
  train = [],
} = {}) {
  if (!existsSync(zip)) return [];
  const clips = readClips();
  const kinds = /** @type {(keyof typeof titles)[]} */ (Object.keys(titles).filter((kind) => only.includes(kind)));
  return kinds.flatMap((kind) =>
    counts.map((count) => {
      const all = seeds.flatMap((seed) => measureOne({ kind, count, seed, chosen, train }, clips));
      const words = chosen.map((network) => {
        const own = all.filter((one) => one.network === network);
        const seconds = Math.round(mean(own.map((one) => one.seconds)));
        return `${network} ${mean(own.map(({ accuracy }) => accuracy)).toFixed(4)} in ${seconds} s`;
      });
      return {
        task: 'audio-classification',
        data: `FSDD, ${titles[kind]}, ${count === 'all' ? 'all' : count} training clips, mean of ${seeds.length} seeds`,
        asked: 'frozen above scratch, in under 60 s',
        measured: `accuracy: ${words.join(', ')}`,
        seeds: seeds.join(', '),
      };
    }),
  );
}

if (import.meta.filename === process.argv[1]) {
  const { asked, values } = commandLine('1,2,3', {
    clips: { type: 'string', default: '100,1000,all' },
    networks: { type: 'string', default: 'scratch,frozen' },
  });
  const [clips, chosen] = [values['clips'], values['networks']].map((text) => String(text).split(','));
  printRows(measureSounds({ ...asked, ...(clips && chosen ? { clips, chosen } : {}) }));
}
