/**
 * What a training was expected to take beside what it took: each sample of the gallery with each of its task's presets,
 * measured beforehand and then trained, each in processes of its own, through the terminal as a person would.
 *
 *   node tools/bench/preflight.mjs [--only penguins,spam-mails] [--presets tiny,balanced,accurate] [--epochs 3]
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectPath } from '../setup/cache.mjs';
import { inFolder, run, tandem } from './tasks/terminal.mjs';

/**
 * @typedef {{ value: number, low: number, high: number }} Range
 * @typedef {{ sample: string, preset: string, epochs: number, seconds: Range, begun: Range | null, took: number, memory: Range, memoryTook: number, disk: Range, diskTook: number, load: number }} Figures in seconds and MB
 */

const samples = ['penguins', 'spam-mails', 'handwritten-digits'];
const presets = ['tiny', 'balanced', 'accurate'];

/**
 * @param {{ only?: readonly string[], sizes?: readonly string[], epochs?: number }} [asked] epochs at most; small samples
 *   train as they are set up
 * @returns {Figures[]}
 */
export function measurePreflight({ only = samples, sizes = presets, epochs = 3 } = {}) {
  return inFolder((folder) => {
    const library = join(folder, 'library');
    /** @type {Figures[]} */
    const figures = [];
    for (const sample of only) {
      for (const preset of sizes) {
        const few = sample === 'penguins' ? [] : ['--set', `epochs=${epochs}`];
        const options = [sample, '--preset', preset, ...few];
        tandem(library, ['preflight', ...options]);
        const one = { sample, preset, ...figuresOf(eventsOf(library, options)), load: loadavg()[0] ?? 0 };
        figures.push(one);
        console.log(JSON.stringify(one));
      }
    }
    return figures;
  });
}

/** What a training writes into its log. @param {string} library @param {readonly string[]} options @returns {Map<string, any>} */
function eventsOf(library, options) {
  const entry = projectPath('out', 'main', 'tandem.js');
  const lines = run(process.execPath, [entry, 'train', ...options, '--json', '--library', library])
    .trim()
    .split('\n');
  const said = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'event');
  return new Map(said.map(({ event }) => [event.code, event.parameters]));
}

/** For as many epochs as were trained. @param {Map<string, any>} events */
function figuresOf(events) {
  const [before, begun, took] = ['before', 'begun', 'took'].map((part) => events.get(`estimate-${part}`));
  if (!before || !took) throw new Error('The training tells no estimate');
  const { epochs } = took;
  return {
    ...{ epochs, seconds: secondsOf(before, epochs), begun: begun ? secondsOf(begun, epochs) : null },
    ...{ took: took.seconds, memory: rangeOf(before, 'memory'), memoryTook: took.memory },
    ...{ disk: rangeOf(before, 'disk'), diskTook: took.disk },
  };
}

/** As `secondsOf` in src-main/contract/estimate.ts. @param {any} estimate @param {number} epochs @returns {Range} */
function secondsOf(estimate, epochs) {
  const { value, low, high } = rangeOf(estimate, 'seconds');
  const [more, epoch] = [epochs - estimate.epochs, rangeOf(estimate, 'epoch')];
  return { value: value + more * epoch.value, low: low + more * epoch.low, high: high + more * epoch.high };
}

/** @param {any} parameters @param {string} name @returns {Range} */
function rangeOf(parameters, name) {
  return { value: parameters[name], low: parameters[`${name}Low`], high: parameters[`${name}High`] };
}

/** Of the middle one, by how much it was off, as a share of what was taken. @param {readonly (readonly [number, number])[]} pairs */
export function medianError(pairs) {
  const errors = pairs.map(([expected, took]) => Math.abs(expected / took - 1)).sort((a, b) => a - b);
  const middle = errors.length / 2;
  return ((errors[Math.ceil(middle) - 1] ?? NaN) + (errors[Math.floor(middle)] ?? NaN)) / 2;
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, presets: { type: 'string' }, epochs: { type: 'string', default: '3' } },
  });
  const figures = measurePreflight({
    ...(values.only === undefined ? {} : { only: values.only.split(',') }),
    ...(values.presets === undefined ? {} : { sizes: values.presets.split(',') }),
    epochs: Number(values.epochs),
  });
  const percent = (/** @type {(readonly [number, number])[]} */ pairs) => `${(100 * medianError(pairs)).toFixed(1)} %`;
  console.log(`time: median error ${percent(figures.map(({ seconds, took }) => [seconds.value, took]))}`);
  console.log(`memory: median error ${percent(figures.map(({ memory, memoryTook }) => [memory.value, memoryTook]))}`);
  const begun = figures.flatMap(({ begun, took }) => (begun ? [/** @type {const} */ ([begun.value, took])] : []));
  console.log(`time by the run's first batches: median error ${percent(begun)}, of ${begun.length} runs`);
}
