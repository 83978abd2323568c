/** Searches: checked before they are saved, started, followed, gone on with, and their trials taken over. */
import { proposePlan, requireValidNetwork, requireValidPlan, requireValidSettings, tasks } from '../catalog';
import { CodedError, examplesIn, type ContractHandlers, type Search, type SearchPlan } from '../contract';
import { getVersion } from '../storage/datasets';
import { newId } from '../storage/ids';
import { getProject } from '../storage/projects';
import { getTrial, changedTrials } from '../storage/search-trials';
import {
  createSearch,
  getSearch,
  listSearches,
  newSearchName,
  removeSearch,
  setSearchState,
  startSearch,
  updateSearch,
} from '../storage/searches';
import type { ServiceContext } from './context';
import { usedSetup } from './edits';
import { SearchEnding, type EndingTools } from './search-ending';
import { configurationOf } from './trial-configuration';

/** Trials in one answer, which main can spare the time to read. */
const trialsAtOnce = 500;

export function searchesService(context: ServiceContext, tools: EndingTools): ContractHandlers['searches'] {
  const { library, notify } = context;
  const { db } = library;
  const ending = new SearchEnding(context, tools);
  return {
    list: ({ projectId }) => listSearches(db, projectId),
    get: ({ id }) => getSearch(db, id),
    trials: ({ id, since }) => changedTrials(db, getSearch(db, id).id, since, trialsAtOnce),
    propose: ({ projectId, minutes }) => propose(context, projectId, minutes),
    start: ({ projectId, plan }) => start(context, projectId, plan),
    command({ id, command }) {
      const { state, jobId, outcome } = getSearch(db, id);
      const isTrying = jobId !== null && context.supervisor.working().some((job) => job.id === jobId);
      if (isTrying) context.supervisor.command(jobId, command === 'continue' ? 'resume' : command);
      else if (outcome !== null && (state === 'running' || state === 'paused')) ending.command(id, command);
      else throw new CodedError('job-unknown', { id: jobId ?? id });
    },
    resume: ({ id, ...more }) => resume(context, id, more),
    configuration({ id, number }) {
      const { plan } = getSearch(db, id);
      return configurationOf(plan, getTrial(db, id, number));
    },
    remove({ id }) {
      refuseActive(getSearch(db, id));
      removeSearch(db, id);
      notify('searches-changed');
      notify('runs-changed');
    },
  };
}

/** @throws CodedError `task-unfit`; as `datasets.describe` */
async function propose(
  { library, data }: ServiceContext,
  projectId: string,
  minutes: number | null,
): Promise<SearchPlan> {
  const project = getProject(library.db, projectId);
  if (!project.data || !project.network || !project.settings) throw new CodedError('task-unfit');
  const configuration = { data: project.data, network: project.network, settings: project.settings };
  const described = await data.describe(getVersion(library.db, project.data.versionId), project.data);
  const { inputShape, target, codes } = described;
  return proposePlan(configuration, { inputShape, target, codes, counts: examplesIn(described) }, minutes);
}

/**
 * Over a new version of the data where edits of it were pending.
 * @throws CodedError what is wrong with the plan; `search-without-validation`; nothing is saved then
 */
export async function start(context: ServiceContext, projectId: string, asked: SearchPlan): Promise<Search> {
  const { db } = context.library;
  const task = tasks.get(asked.data.task);
  requireValidSettings(asked.settings, task.id);
  const plan = { ...asked, data: await usedSetup(context, asked.data) };
  requireValidPlan(plan);
  const described = await context.data.describe(getVersion(db, plan.data.versionId), plan.data);
  requireValidNetwork(plan.network, described.inputShape, task.outputs(described.target), described.codes);
  if (examplesIn(described).validation === 0) throw new CodedError('search-without-validation');
  const { id } = createSearch(db, { id: newId(), projectId, name: newSearchName(db), plan });
  return startJob(context, id);
}

interface More {
  readonly minutes: number | null;
  readonly trials: number | null;
}

/** @throws CodedError `search-active`, `search-spent` */
function resume(context: ServiceContext, id: string, more: More): Search {
  const { db } = context.library;
  const search = getSearch(db, id);
  refuseActive(search);
  const { state, name, plan } = search;
  if (state === 'finished' && more.minutes === null && more.trials === null)
    throw new CodedError('search-spent', { name });
  updateSearch(db, id, { plan: { ...plan, budget: extended(search, more) } });
  return startJob(context, id);
}

/** A limit that was reached and is not the one that is raised is none any more. */
function extended({ plan: { budget }, seconds, counts }: Search, { minutes, trials }: More): SearchPlan['budget'] {
  if (minutes === null && trials === null) return budget;
  const begun = counts.finished + counts.pruned + counts.failed;
  const raised = (limit: number | null, spent: number, more: number | null) => {
    if (more !== null) return Math.max(limit ?? 0, spent) + more;
    return limit !== null && limit > spent ? limit : null;
  };
  // What is left of minutes after the last trial is the slack in which no other was begun.
  const spentMinutes = Math.max(seconds / 60, minutes === null ? 0.9 * (budget.minutes ?? 0) : 0);
  return { minutes: raised(budget.minutes, spentMinutes, minutes), trials: raised(budget.trials, begun, trials) };
}

/** @throws CodedError as `Supervisor.start`; the search is `interrupted` then */
function startJob({ library, supervisor, notify }: ServiceContext, id: string): Search {
  const { db } = library;
  const { name } = getSearch(db, id);
  try {
    const job = supervisor.start({ kind: 'search', input: { searchId: id }, subject: name, subjectId: id });
    startSearch(db, id, job.id);
  } catch (error) {
    setSearchState(db, id, 'interrupted');
    throw error;
  } finally {
    notify('searches-changed');
  }
  return getSearch(db, id);
}

function refuseActive({ state, name }: Search): void {
  if (state === 'running' || state === 'paused') throw new CodedError('search-active', { name });
}
