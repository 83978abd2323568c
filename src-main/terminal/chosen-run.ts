/**
 * What is to be trained, as `train` and `preflight` are told it: a dataset with its project's network and settings, changed
 * where asked.
 */
import { Option, type Command } from 'commander';
import { z } from 'zod';
import {
  defaultsOf,
  looksCodesUp,
  networkOfBlock,
  presetIds,
  pretrainedBlock,
  setupForBlock,
  spectrograms,
  tasks,
  withCodes,
  withSpectrogram,
  type OfferedPreset,
  type ReplacingBlock,
} from '../catalog';
import {
  CodedError,
  type DataSetup,
  type NetworkSpec,
  type PreflightInput,
  type Project,
  type Shape,
  type Target,
} from '../contract';
import { findProjectByDataset } from '../storage/projects';
import { knownOption, ordinaryOption, withAnomalies } from './anomaly-options';
import { assign, parseAugmentation } from './assignments';
import { withDefaults, withGoal, type Chosen } from './chosen-setup';
import { withSteps } from './chosen-steps';
import { collect } from './command-definition';
import { importFrom } from './commands/import';
import { forecastOption, parseForecast } from './forecast-option';
import { presetFor } from './presets';
import { findDataset, isSample } from './references';
import type { Session } from './session';
import { parseSplit, splitOption } from './split-option';
import { withoutTarget } from './without-target';
import { readWrittenNetwork } from './written-network';

const optionsSchema = z.object({
  network: z.string().optional(),
  preset: z.string().optional(),
  set: z.array(z.string()),
  seed: z.string().optional(),
  augment: z.array(z.string()),
  weight: z.string().optional(),
  split: z.string().optional(),
  step: z.array(z.string()),
  target: z.string().optional(),
  type: z.array(z.string()),
  task: z.string().optional(),
  forecast: z.string().optional(),
  known: z.string().optional(),
  ordinary: z.string().optional(),
  spectrogram: z.string().optional(),
});

/** Of all tasks, each once, and one with a beginning that was trained before; which of them suit the data is seen when those are known. */
const presetChoices = [
  ...new Set([...presetIds, ...tasks.all.flatMap(({ namedPresets = [] }) => namedPresets.map(({ id }) => id))]),
  'pretrained',
];

/** The options that `chosenRun` reads. */
export function runOptions(command: Command): Command {
  return command
    .option(
      '--network <file>',
      'a JSON file: {"layers": [{"type": …, "fields": {…}}, …]}, or what `network export` or Keras writes',
    )
    .addOption(
      new Option('--preset <name>', 'a network that the task offers for these data')
        .choices(presetChoices)
        .conflicts('network'),
    )
    .option('--set <path=value>', 'change a setting, e.g. learningRate=0.01, optimizer.type=sgd', collect, [])
    .option('--augment <kind[:field=value,…]>', 'change examples at random: rotate:degrees=15, mixup, …', collect, [])
    .option('--step <column=kind[:field=value,…]>', 'prepare a column by steps of your own, see `steps`', collect, [])
    .addOption(
      new Option('--spectrogram <kind>', 'what sounds become, see `steps`').choices(
        spectrograms.all.map(({ id }) => id),
      ),
    )
    .option('--weight <column>', 'a column that says how much each row counts in training')
    .option(...splitOption)
    .option('--target <column>', 'another column to be predicted, with the task that it is for')
    .option('--type <column=type>', 'what a column holds: number, category, text, date, ignored', collect, [])
    .option('--task <id>', 'another task for the target, such as series-forecasting')
    .option(...forecastOption)
    .option(...knownOption)
    .option(...ordinaryOption)
    .option('--seed <number>', 'seed of everything that is drawn at random');
}

/**
 * @param dataset id, name, or the id of a sample, which is imported first where needed
 * @throws CodedError `not-found`, `task-unfit`, of what was asked
 */
export async function chosenRun(session: Session, dataset: string, raw: unknown): Promise<PreflightInput> {
  const options = optionsSchema.parse(raw);
  const project = await findOrImport(session, dataset.replace(/^sample:/, ''));
  const begun = await begunOf(session, project, options);
  const { data: chosen, network, settings } = await withTask(session, begun, options);
  const asked = options.spectrogram === undefined ? chosen : withSpectrogram(chosen, options.spectrogram);
  const seed = options.seed === undefined ? [] : [`seed=${options.seed}`];
  const split = options.split === undefined ? asked.split : parseSplit(options.split, asked.split);
  const version = await session.services.datasets.version({ id: asked.versionId });
  const block = options.preset === 'pretrained' ? requirePretrained(asked.task) : null;
  const data = block ? setupForBlock(block, version.columns, asked) : asked;
  const own = await ownNetwork(session, options, withSteps({ ...data, split }, version, options.step));
  const started = { settings: { ...settings, ...own?.settings }, split, network: own?.network ?? network };
  const changed = assign(started, [...seed, ...options.set]);
  const augmentation = [...changed.settings.augmentation, ...options.augment.map(parseAugmentation)];
  const setup = {
    ...withSteps(data, version, options.step),
    split: changed.split,
    ...(options.weight === undefined ? {} : { weightColumn: options.weight }),
  };
  // Other steps or training rows may have another vocabulary; a network that the person wrote stays as it is.
  const isWritten = options.network !== undefined || options.set.some((text) => text.startsWith('network.'));
  const isFollowing = !isWritten && looksCodesUp(changed.network);
  return {
    projectId: project.id,
    data: setup,
    network: isFollowing
      ? withCodes(changed.network, (await session.services.datasets.describe(setup)).codes)
      : changed.network,
    settings: { ...changed.settings, augmentation },
  };
}

/** What the project has; without a target, the one that is asked for, or what its data allow. @throws CodedError `task-unfit` */
async function begunOf(
  session: Session,
  project: StartingPoint,
  { target, task, type: types }: z.output<typeof optionsSchema>,
): Promise<Chosen> {
  const { data, network, settings, datasetId } = project;
  if (data && network && settings) return { data, network, settings };
  const { datasets } = session.services;
  const dataset = (await datasets.list()).find(({ id }) => id === datasetId);
  if (data || !dataset) throw new CodedError('task-unfit');
  if (target === undefined) return withoutTarget(session, dataset.latestVersionId, task);
  const version = await datasets.version({ id: dataset.latestVersionId });
  return withDefaults(session.services, withGoal(version, null, { target, task, types }));
}

/** Another target, task or reach of a forecast begins with the network that the task has for it, another task with its settings too. */
async function withTask(
  { services }: Session,
  chosen: Chosen,
  options: z.output<typeof optionsSchema>,
): Promise<Chosen> {
  const { forecast, split, known, ordinary } = options;
  const version = await services.datasets.version({ id: chosen.data.versionId });
  const aimed = withGoal(version, chosen.data, { ...options, types: options.type });
  const isAsked = aimed !== chosen.data || [forecast, known, ordinary].some((option) => option !== undefined);
  if (!isAsked) return chosen;
  const divided = split === undefined ? aimed : { ...aimed, split: parseSplit(split, aimed.split) };
  const reached = forecast === undefined ? divided : { ...divided, forecast: parseForecast(forecast, divided) };
  const data = withAnomalies(reached, { known, ordinary });
  const begun = await withDefaults(services, data);
  const isOther = aimed.task !== chosen.data.task || aimed.target !== chosen.data.target;
  return isOther ? begun : { ...begun, settings: chosen.settings };
}

/** The network that the command asks for, and settings that come with it; null for the project's. */
async function ownNetwork(
  session: Session,
  { network, preset }: z.output<typeof optionsSchema>,
  setup: DataSetup,
): Promise<Pick<OfferedPreset, 'network' | 'settings'> | null> {
  if (network !== undefined) return { network: await readWrittenNetwork(network) };
  if (preset === undefined) return null;
  if (preset !== 'pretrained') return presetFor(session, setup, preset);
  const { inputShape, target } = await session.services.datasets.describe(setup);
  return { network: pretrainedNetwork(setup.task, inputShape, target) };
}

/** @throws CodedError `pretrained-none` */
function requirePretrained(task: string): ReplacingBlock {
  const block = pretrainedBlock(tasks.get(task));
  if (block) return block;
  const known = tasks.all.filter((one) => pretrainedBlock(one)).map(({ id }) => id);
  throw new CodedError('pretrained-none', { task, known: known.join(', ') });
}

/** @throws CodedError `pretrained-none`, `argument-invalid` where it doesn't take such data */
function pretrainedNetwork(task: string, inputShape: Shape, target: Target): NetworkSpec {
  const block = requirePretrained(task);
  const fields = { units: tasks.get(task).outputs(target), activation: 'linear' };
  const answer = { id: 'dense-1', type: 'dense', fields };
  const network = networkOfBlock(block, defaultsOf(block.fields), inputShape, answer);
  if (network) return network;
  throw new CodedError('argument-invalid', { name: '--preset', detail: `takes no data of ${inputShape.join(' × ')}` });
}

type StartingPoint = Pick<Project, 'id' | 'datasetId' | 'data' | 'network' | 'settings'>;

/** The project over a dataset. @throws CodedError `not-found` */
async function findOrImport(session: Session, text: string): Promise<StartingPoint> {
  const { services, library } = session;
  const dataset = await findDataset(session, text);
  if (dataset) {
    const project = findProjectByDataset(library.db, dataset.id);
    if (!project) throw new CodedError('not-found', { what: 'project over the dataset', id: dataset.name });
    return project;
  }
  if (!isSample(text)) throw new CodedError('not-found', { what: 'dataset or sample', id: text });
  const { projectId } = await importFrom(session, { source: { kind: 'sample', id: text }, name: null, target: null });
  return services.projects.get({ id: projectId });
}
