/** Starts the quality job and reads what it wrote. */
import { qualityResultSchema, type ContractHandlers, type Job, type QualityInput } from '../contract';
import { getVersion } from '../storage/datasets';
import type { ServiceContext } from './context';

export function qualityService(context: ServiceContext): ContractHandlers['quality'] {
  return {
    start: (input) => ({ jobId: startQuality(context, input).id }),
    result: async ({ jobId }) => qualityResultSchema.parse(await context.supervisor.result(jobId)),
    report: ({ versionId }) => context.data.qualityReport(versionId),
    rows: ({ versionId, rows }) => context.data.rowsAt(getVersion(context.library.db, versionId), rows),
  };
}

/** One job a version: whoever asks meanwhile gets the one that runs. @throws CodedError `not-found` */
export function startQuality({ library, supervisor }: ServiceContext, input: QualityInput): Job {
  const { id, datasetName } = getVersion(library.db, input.versionId);
  const running = supervisor.working().find((job) => job.kind === 'quality' && job.subjectId === id);
  return running ?? supervisor.start({ kind: 'quality', input, subject: datasetName, subjectId: id });
}
