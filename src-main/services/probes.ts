/** What runs read of themselves while they train. */
import type { ContractHandlers } from '../contract';
import { probeOverview, probeReading } from '../storage/probes';
import type { ServiceContext } from './context';

export function probesService({ library }: ServiceContext): ContractHandlers['probes'] {
  return {
    overview: ({ runId, after }) => probeOverview(library.db, runId, after),
    reading: ({ runId, epoch }) => probeReading(library.db, runId, epoch),
  };
}
