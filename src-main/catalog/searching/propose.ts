/**
 * A search worth making for a project: which fields of its network and training matter most often, over which ranges, with a
 * budget. What a person gets who asks for no more than a good model in some minutes.
 */
import type { NetworkSpec, SearchParameter, SearchPlan, SearchRange, Shape, SplitCounts, Target } from '../../contract';
import { augmentationFits } from '../augmentation-parts';
import { graphOf, isChain } from '../graph';
import { augmentations, tasks } from '../index';
import { type SearchConfiguration } from './apply';
import { searchableFields, type SearchableField } from './space';

/** What is known of the data, as before a start of training. */
export interface SearchFacts {
  readonly inputShape: Shape;
  readonly target: Target;
  readonly codes: number | null;
  readonly counts: SplitCounts;
}

/** Trials where nobody says minutes. */
const usualTrials = 50;

/**
 * @param minutes null to search around the configuration as it is; else for the best model in so many minutes, which begins with
 *   the network and the settings that the task begins with, and ends with some of the best answering together.
 */
export function proposePlan(
  configuration: SearchConfiguration,
  facts: SearchFacts,
  minutes: number | null,
): SearchPlan {
  const base = minutes === null ? configuration : startOf(configuration, facts);
  const fields = searchableFields(base);
  return {
    ...base,
    parameters: proposedParameters(base, facts, fields),
    sampler: { type: 'tpe', fields: {} },
    pruner: { type: 'asha', fields: { minimum: firstRung(base, facts) } },
    metric: tasks.get(base.data.task).metrics[0] ?? 'loss',
    second: null,
    limits: [],
    budget: { minutes, trials: minutes === null ? usualTrials : null },
    seed: base.settings.seed,
    finish: { seeds: 1, together: minutes === null ? 1 : 3 },
    ownRunId: null,
  };
}

/** So many steps tell trials apart, and take longer than it takes to begin one. */
const stepsToTell = 150;
/** At least two rungs lie before the end. */
const rungShare = 1 / 9;

function firstRung({ settings }: SearchConfiguration, { counts }: SearchFacts): number {
  const stepsPerEpoch = Math.max(1, Math.ceil(counts.training / settings.batchSize));
  return Math.max(1, Math.min(Math.ceil(stepsToTell / stepsPerEpoch), Math.floor(settings.epochs * rungShare)));
}

/** What the task begins with, where a network of dense layers has dropout to be found between them. */
function startOf({ data, settings }: SearchConfiguration, facts: SearchFacts): SearchConfiguration {
  const task = tasks.get(data.task);
  const { codes, counts, inputShape, target } = facts;
  const network = task.defaultNetwork(inputShape, target, { codes, rows: counts.training });
  const { seed, measureTest } = settings;
  const start = task.defaultSettings(target, counts.training);
  return { data, network: withDropout(network), settings: { ...start, seed, measureTest } };
}

/** Off until a trial turns it up. */
function withDropout(network: NetworkSpec): NetworkSpec {
  const isDense = network.layers.every(({ type }) => type === 'dense' || type === 'flatten');
  if (!isDense || !isChain(network)) return network;
  const last = network.layers.length - 1;
  let number = 0;
  const layers = network.layers.flatMap((layer, at) => {
    if (layer.type !== 'dense' || at === last) return [layer];
    number++;
    return [layer, { id: `dropout-${number}`, type: 'dropout', fields: { rate: 0 } }];
  });
  return { ...network, layers };
}

type Propose = (configuration: SearchConfiguration, facts: SearchFacts) => readonly SearchParameter[];

function proposedParameters(
  configuration: SearchConfiguration,
  facts: SearchFacts,
  fields: readonly SearchableField[],
): SearchParameter[] {
  const known = new Set(fields.map(({ path }) => path));
  const proposals: readonly Propose[] = [training, widths, regularization, augmentation];
  return proposals.flatMap((propose) => propose(configuration, facts)).filter(({ path }) => known.has(path));
}

const logarithmic = (minimum: number, maximum: number): SearchRange => {
  return { kind: 'number', minimum, maximum, scale: 'log' };
};
const sizes = (minimum: number, maximum: number): SearchRange => ({ kind: 'integer', minimum, maximum, scale: 'log' });

/** Fewer batches than this in an epoch say little after one. */
const fewestBatches = 4;

function training({ settings }: SearchConfiguration, { counts }: SearchFacts): SearchParameter[] {
  const { batchSize, learningRate, optimizer } = settings;
  const most = Math.max(8, Math.min(batchSize * 4, Math.floor(counts.training / fewestBatches)));
  const least = Math.min(Math.max(8, Math.round(batchSize / 4)), most);
  const isAdam = ['adam', 'adamw'].includes(optimizer.type);
  const decay: SearchParameter[] = [
    { path: 'optimizer', range: { kind: 'choice', values: ['adam', 'adamw'] } },
    { path: 'optimizer.weightDecay', range: logarithmic(1e-3, 1), when: { path: 'optimizer', values: ['adamw'] } },
  ];
  return [
    { path: 'settings.learningRate', range: logarithmic(bounded(learningRate / 10), bounded(learningRate * 30)) },
    ...(least < most ? [{ path: 'settings.batchSize', range: sizes(least, most) }] : []),
    ...(isAdam ? decay : []),
  ];
}

function bounded(learningRate: number): number {
  return Number(Math.min(100, Math.max(1e-7, learningRate)).toPrecision(2));
}

/** Layers whose width can be anything, by their field for it; where branches are added up, their widths must agree. */
const widthFields: Readonly<Record<string, string>> = {
  dense: 'units',
  conv1d: 'filters',
  conv2d: 'filters',
  'separable-conv2d': 'filters',
  embedding: 'features',
  lstm: 'units',
  gru: 'units',
};

function widths({ network }: SearchConfiguration): SearchParameter[] {
  if (!isChain(network)) return [];
  const { output } = graphOf(network);
  return network.layers.flatMap((layer, at) => {
    const name = widthFields[layer.type];
    if (name === undefined || at === output) return [];
    const width = Number(layer.fields[name] ?? 32);
    const path = `layer.${layer.id}.${name}`;
    const range = sizes(Math.max(4, Math.round(width / 4)), width * 4);
    if (layer.type !== 'dense') return [{ path, range }];
    // A first layer is always there; whether there are more is a question of its own.
    const isFirst = network.layers.findIndex(({ type }) => type === 'dense') === at;
    const repeat = `layer.${layer.id}#repeat`;
    const times = { kind: 'integer', minimum: isFirst ? 1 : 0, maximum: 2, scale: 'linear' } as const;
    const when = { path: repeat, values: [1, 2] };
    return [
      { path: repeat, range: times },
      { path, range, ...(isFirst ? {} : { when }) },
    ];
  });
}

function regularization({ network }: SearchConfiguration): SearchParameter[] {
  return network.layers.flatMap(({ id, type }) =>
    type === 'dropout' || type === 'spatial-dropout'
      ? [{ path: `layer.${id}.rate`, range: { kind: 'number', minimum: 0, maximum: 0.6, scale: 'linear' } as const }]
      : [],
  );
}

/** Changes that seldom alter what a picture or sound is. Mirroring does, of digits and letters. */
const harmless: readonly (readonly [type: string, field: string, SearchRange])[] = [
  ['shift', '', { kind: 'choice', values: [true] }],
  ['rotate', 'degrees', { kind: 'number', minimum: 2, maximum: 20, scale: 'linear' }],
  ['zoom', 'amount', { kind: 'number', minimum: 0.02, maximum: 0.2, scale: 'linear' }],
  ['time-shift', 'most', { kind: 'number', minimum: 0.02, maximum: 0.2, scale: 'linear' }],
  ['spec-augment', '', { kind: 'choice', values: [true] }],
  ['word-dropout', '', { kind: 'choice', values: [true] }],
];

function augmentation({ data }: SearchConfiguration): SearchParameter[] {
  const { input } = tasks.get(data.task);
  return harmless.flatMap(([type, field, range]) => {
    if (!augmentations.has(type) || !augmentationFits(augmentations.get(type), input)) return [];
    const path = `augmentation.${type}`;
    const own = { path: `${path}.${field}`, range, when: { path, values: [true] } };
    return [{ path, range: { kind: 'choice', values: [false, true] } }, ...(field === '' ? [] : [own])];
  });
}
