/** All services over one context, and the notices that jobs give rise to. */
import type { ContractHandlers, Job } from '../contract';
import { appService } from './app';
import { assistService } from './assist';
import { augmentationService } from './augmentation';
import { comparisonsService } from './comparisons';
import type { ServiceContext } from './context';
import { datasetsService } from './datasets';
import { editsService } from './edits';
import { exportsService } from './exports';
import { jobsService } from './jobs';
import { labelExportsService } from './label-exports';
import { labelsService } from './labels';
import { learningRatesService } from './learning-rates';
import { modelsService } from './models';
import { networksService } from './networks';
import { PendingEditsReader } from './pending-edits';
import { preflightService } from './preflight';
import { probesService } from './probes';
import { profilesService } from './profiles';
import { projectsService } from './projects';
import { recordingsService } from './recordings';
import { readingsService } from './readings';
import { qualityService } from './quality';
import { queueService } from './queue';
import { RunQueue } from './run-queue';
import { reportsService } from './reports';
import { runsService } from './runs';
import { searchesService } from './searches';
import { splitsService } from './splits';

/** Figures of a training run, and trials of a search, are read again at most so often. */
const progressMs = 1000;
const trialsMs = 500;

export function createServices(context: ServiceContext): ContractHandlers {
  followJobs(context);
  const pendingEdits = new PendingEditsReader(context.library.db);
  const queue = new RunQueue(context);
  const comparisons = comparisonsService(context, queue);
  return {
    app: appService(context),
    projects: projectsService(context),
    assist: assistService(context),
    comparisons,
    datasets: datasetsService(context, pendingEdits),
    edits: editsService(context, pendingEdits),
    augmentation: augmentationService(context),
    exports: exportsService(context),
    jobs: jobsService(context),
    labelExports: labelExportsService(context, pendingEdits),
    labels: labelsService(context, pendingEdits),
    quality: qualityService(context),
    queue: queueService(queue),
    reports: reportsService(context),
    runs: runsService(context, queue),
    learningRates: learningRatesService(context),
    models: modelsService(context),
    networks: networksService(context),
    preflight: preflightService(context),
    probes: probesService(context),
    profiles: profilesService(context),
    readings: readingsService(context),
    recordings: recordingsService(context),
    searches: searchesService(context, {
      train: (ids) => void queue.addOwn(ids),
      drop: (ids) => queue.drop(ids),
      compare: async (runIds) => comparisons.test({ runIds, score: null }),
    }),
    splits: splitsService(context),
  };
}

/** A job's new state is told at once, its progress once a second. */
function followJobs({ supervisor, notify }: ServiceContext): void {
  const told = new Map<string, { state: Job['state']; time: number }>();
  supervisor.onChange((job) => {
    const last = told.get(job.id);
    const now = Date.now();
    const pause = job.kind === 'search' ? trialsMs : progressMs;
    if (last && last.state === job.state && now - last.time < pause) return;
    if (job.endedAt === null) told.set(job.id, { state: job.state, time: now });
    else told.delete(job.id);
    if (job.kind === 'train' || job.kind === 'import-portable') notify('runs-changed');
    if (job.kind === 'search') notify('searches-changed');
    if (job.endedAt !== null) notify('projects-changed');
    if (job.endedAt !== null && ['edit', 'import', 'import-portable'].includes(job.kind)) notify('versions-changed');
  });
}
