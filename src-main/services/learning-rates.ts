/** Starts the search for a learning rate and reads what it found. */
import { CodedError, rateRangeSchema, type ContractHandlers, type Job, type PreflightInput } from '../contract';
import type { ServiceContext } from './context';
import { inputOf, startMeasuring } from './preflight';

export function learningRatesService(context: ServiceContext): ContractHandlers['learningRates'] {
  return {
    async start({ projectId }) {
      const input = inputOf(context, projectId);
      if (!input) throw new CodedError('task-unfit');
      return { jobId: (await startFinding(context, input)).id };
    },
    result: async ({ jobId }) => rateRangeSchema.parse(await context.supervisor.result(jobId)),
  };
}

/** @throws CodedError what is wrong with the data setup, the network or the settings */
export function startFinding(context: ServiceContext, input: PreflightInput): Promise<Job> {
  return startMeasuring(context, 'find-learning-rate', input);
}
