/** `auto`: a good model in so many minutes, from the networks that the task begins with to a plain account of what was found. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { proposePlan, tasks, type SearchConfiguration } from '../../catalog';
import { CodedError, examplesIn, type SearchPlan } from '../../contract';
import { proposeSetup } from '../../data/propose';
import { start } from '../../services/searches';
import { findProjectByDataset, getProject } from '../../storage/projects';
import { autoText } from '../auto-text';
import { one, type CommandDefinition } from '../command-definition';
import { followSearch } from '../follow-search';
import { findDataset, isSample } from '../references';
import { allTrials, madeRuns, requireNoFailure } from '../search-report';
import type { Session } from '../session';
import { importFrom } from './import';

const optionsSchema = z.object({
  target: z.string().optional(),
  minutes: z.coerce.number().positive(),
  seed: z.coerce.number().int().min(0).max(0xffffffff).optional(),
});

export const command: CommandDefinition = {
  order: 4.6,
  usage: 'auto <dataset>',
  description: 'Find a good model of a dataset (id, name, a sample’s id, or the path of a file) in so many minutes.',
  options: (command) =>
    command
      .option('--target <column>', 'what is to be predicted')
      .option('--minutes <number>', 'how long it may take', '10')
      .option('--seed <number>', 'seed of everything that is drawn at random'),
  async run(session, parameters, raw) {
    const { target, minutes, seed } = optionsSchema.parse(raw);
    const projectId = await findProject(session, one(parameters), target);
    const plan = await planOf(session, projectId, target, minutes);
    const seeded = seed === undefined ? plan : { ...plan, seed, settings: { ...plan.settings, seed } };
    const { id, name } = await start(session.context, projectId, seeded);
    session.output.step({ type: 'search', id, name });
    session.output.say(`Search ${name} (${id})`);
    const search = await followSearch(session, id);
    const trials = await allTrials(session, id);
    const runs = await Promise.all(madeRuns(search).map((runId) => session.services.runs.get({ id: runId })));
    session.output.result({ search, trials, runs }, autoText(search, trials, runs).join('\n'));
    requireNoFailure(search);
  },
};

/** @throws CodedError `not-found`; the import's own */
async function findProject(session: Session, text: string, target: string | undefined): Promise<string> {
  const dataset = await findDataset(session, text);
  if (dataset) {
    const project = findProjectByDataset(session.library.db, dataset.id);
    if (!project) throw new CodedError('not-found', { what: 'project over the dataset', id: dataset.name });
    return project.id;
  }
  const isFile = !isSample(text) && existsSync(text);
  if (!isFile && !isSample(text)) throw new CodedError('not-found', { what: 'dataset, sample or file', id: text });
  const source = isFile ? { kind: 'file' as const, path: resolve(text) } : { kind: 'sample' as const, id: text };
  return (await importFrom(session, { source, name: null, target: target ?? null })).projectId;
}

/** @throws CodedError `task-unfit` where nothing says what is to be predicted */
async function planOf(
  session: Session,
  projectId: string,
  target: string | undefined,
  minutes: number,
): Promise<SearchPlan> {
  const { data, network, settings, datasetId } = getProject(session.library.db, projectId);
  if (data && network && settings && (target === undefined || data.target === target)) {
    return proposeFor(session, { data, network, settings }, minutes);
  }
  const dataset = (await session.services.datasets.list()).find(({ id }) => id === datasetId);
  const version = dataset && (await session.services.datasets.version({ id: dataset.latestVersionId }));
  const proposed = version && proposeSetup(version, target ?? null);
  if (!proposed) throw new CodedError('task-unfit');
  const setup = { ...proposed, versionId: version.id };
  const task = tasks.get(setup.task);
  const described = await session.services.datasets.describe(setup);
  const counts = examplesIn(described);
  const facts = { codes: described.codes, rows: counts.training };
  const begun = {
    network: task.defaultNetwork(described.inputShape, described.target, facts),
    settings: task.defaultSettings(described.target, counts.training),
  };
  return proposeFor(session, { data: setup, ...begun }, minutes);
}

async function proposeFor(session: Session, configuration: SearchConfiguration, minutes: number): Promise<SearchPlan> {
  const described = await session.services.datasets.describe(configuration.data);
  const { inputShape, target, codes } = described;
  return proposePlan(configuration, { inputShape, target, codes, counts: examplesIn(described) }, minutes);
}
