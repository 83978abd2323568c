/** What runs read of themselves while they train: a fixed set of examples predicted again, and their layers. */
import { z } from 'zod';
import { procedure } from '../procedure';
import { probeOverviewSchema, probeReadingSchema } from '../probes';

export const probes = {
  /** The next readings after an epoch, 0 for the first: a window that follows a run asks for what is new. */
  overview: procedure({
    input: z.object({ runId: z.string(), after: z.number().int().min(0) }),
    output: probeOverviewSchema,
  }),
  /** The reading of an epoch with all that it holds. Throws `not-found`. */
  reading: procedure({
    input: z.object({ runId: z.string(), epoch: z.number().int().min(1) }),
    output: probeReadingSchema,
  }),
};
