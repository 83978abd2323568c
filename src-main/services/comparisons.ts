/** Holds runs against each other in a process of its own, and trains one setup again with other seeds. */
import { furtherSeeds, runsAlike } from '../catalog';
import { disagreementsSchema, testComparisonSchema, type ContractHandlers, type Run } from '../contract';
import { transaction } from '../storage/database';
import { newId } from '../storage/ids';
import { createRun, getRun, listRuns } from '../storage/runs';
import type { ServiceContext } from './context';
import { KeptJob } from './kept-job';
import type { RunQueue } from './run-queue';

export function comparisonsService(context: ServiceContext, queue: RunQueue): ContractHandlers['comparisons'] {
  const job = new KeptJob(context.supervisor, { kind: 'compare', input: {}, subject: '', subjectId: null });
  return {
    test: async (input) => testComparisonSchema.parse(await job.ask({ test: input })),
    disagreements: async (input) => disagreementsSchema.parse(await job.ask({ disagreements: input })),
    async repeat({ runId, seeds }) {
      const runs = createRepeats(context, runId, seeds);
      await queue.add(
        runs.map(({ id }) => id),
        'low',
      );
      context.notify('projects-changed');
      return runs.map(({ id }) => getRun(context.library.db, id));
    },
    dropWaiting: ({ ids }) => queue.drop(ids),
  };
}

/**
 * Saves the runs that are lacking until so many of this setup differ by their seed alone, `queued`: what failed or was deleted
 * does not count.
 * @throws CodedError `not-found`
 */
export function createRepeats({ library: { db } }: ServiceContext, runId: string, seeds: number): Run[] {
  const { projectId, datasetName, data, network, settings, name } = getRun(db, runId);
  const kept = listRuns(db, projectId).filter((run) => run.state !== 'failed');
  const alike = runsAlike({ data, network, settings }, kept);
  const taken = new Set([...alike.map((run) => run.settings.seed), settings.seed]);
  const lacking = Math.max(0, seeds - taken.size);
  return transaction(db, () =>
    furtherSeeds([...taken], lacking).map((seed) =>
      createRun(db, {
        ...{ id: newId(), projectId, datasetName, data, network, settings: { ...settings, seed } },
        name: `${name.replace(/-seed-\d+$/, '').slice(0, 180)}-seed-${seed}`,
      }),
    ),
  );
}
