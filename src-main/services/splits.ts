/** What splits part that belongs together. Looking for duplicates is a job; counting them for a split is a question to the data. */
import type { ContractHandlers, DataSetup, Job } from '../contract';
import { comparedColumns } from '../data/duplicates/find';
import { getVersion } from '../storage/datasets';
import type { ServiceContext } from './context';

export function splitsService(context: ServiceContext): ContractHandlers['splits'] {
  const { library, data, supervisor } = context;
  return {
    leakage: (setup) => data.leakage(getVersion(library.db, setup.versionId), setup),
    findDuplicates: (setup) => ({ jobId: startDuplicates(context, setup).id }),
    duplicatesFound: async ({ jobId }) => void (await supervisor.result(jobId)),
  };
}

/** @throws CodedError `not-found` for a version that there is not */
export function startDuplicates({ library, supervisor }: ServiceContext, setup: DataSetup): Job {
  const version = getVersion(library.db, setup.versionId);
  const input = { versionId: version.id, columns: comparedColumns(version, setup) };
  return supervisor.start({ kind: 'duplicates', input, subject: version.datasetName, subjectId: version.datasetId });
}
