/** Starts the jobs that help with labels, one of a kind per column at a time, and reads what they left. */
import { tasks } from '../catalog';
import {
  mergeResultSchema,
  proposeResultSchema,
  type ContractHandlers,
  type Job,
  type Labeller,
  type MergeInput,
  type ProposeInput,
  type ReplayInput,
} from '../contract';
import { z } from 'zod';
import { getVersion } from '../storage/datasets';
import { listRuns } from '../storage/runs';
import type { ServiceContext } from './context';

const replayedSchema = z.object({ counts: z.number().int() });

interface Asked {
  readonly 'propose-labels': ProposeInput;
  readonly 'replay-labels': ReplayInput;
  readonly 'merge-labels': MergeInput;
}

export function assistService(context: ServiceContext): ContractHandlers['assist'] {
  const { library, supervisor, data, files } = context;
  return {
    runs: ({ versionId, column }) => runsOf(context, versionId, column),
    propose: (input) => ({ jobId: startAssist(context, 'propose-labels', input).id }),
    proposed: async ({ jobId }) => proposeResultSchema.parse(await supervisor.result(jobId)),
    proposals: ({ versionId, column }) => data.proposals(getVersion(library.db, versionId).id, column),
    replay: (input) => ({ jobId: startAssist(context, 'replay-labels', input).id }),
    replayed: async ({ jobId }) => replayedSchema.parse(await supervisor.result(jobId)),
    lastReplay: ({ versionId, column }) => data.replay(getVersion(library.db, versionId).id, column),
    merge({ labellers: [one, other], ...input }) {
      const known = (choice: typeof one): Labeller =>
        choice.kind === 'file' ? { kind: 'file', path: files.path(choice.file), name: choice.name } : choice;
      return { jobId: startAssist(context, 'merge-labels', { ...input, labellers: [known(one), known(other)] }).id };
    },
    merged: async ({ jobId }) => mergeResultSchema.parse(await supervisor.result(jobId)),
    lastMerge: ({ versionId, column }) => data.merge(getVersion(library.db, versionId).id, column),
  };
}

/**
 * A version has one job of a kind: whoever asks for proposals meanwhile gets the one that runs; whoever merges waits for none.
 * @throws CodedError `not-found`
 */
export function startAssist<Kind extends keyof Asked>(
  { library, supervisor }: ServiceContext,
  kind: Kind,
  input: Asked[Kind],
): Job {
  const { id, datasetName } = getVersion(library.db, input.versionId);
  const subject = `${datasetName}: ${input.column}`;
  const running =
    kind === 'merge-labels'
      ? undefined
      : supervisor.working().find((job) => job.kind === kind && job.subjectId === id && job.subject === subject);
  return running ?? supervisor.start({ kind, input, subject, subjectId: id });
}

/** Runs with a saved model that learnt the column from any version of the data. */
function runsOf({ library }: ServiceContext, versionId: string, column: string) {
  const { datasetId } = getVersion(library.db, versionId);
  const versions = new Map<string, boolean>();
  const isOfData = (id: string) => {
    const known = versions.get(id) ?? getVersion(library.db, id).datasetId === datasetId;
    versions.set(id, known);
    return known;
  };
  return listRuns(library.db, null)
    .filter(({ test, epochsDone, data }) => test !== null && epochsDone > 0 && data.target === column)
    .filter(({ data }) => !tasks.has(data.task) || tasks.get(data.task).target !== 'reconstruction')
    .filter(({ data }) => isOfData(data.versionId))
    .map(({ id, name }) => ({ runId: id, name }));
}
