/** Help with labels: jobs that propose, replay and merge, and what they left beside the version. */
import { z } from 'zod';
import {
  mergeInputSchema,
  mergeResultSchema,
  mergeSchema,
  proposalsSchema,
  proposeInputSchema,
  proposeResultSchema,
  replayInputSchema,
  replaySchema,
} from '../assist';
import { procedure } from '../procedure';

const place = z.object({ versionId: z.string(), column: z.string() });
const started = z.object({ jobId: z.string() });
const finished = z.object({ jobId: z.string() });

export const assist = {
  /** Trained runs that learnt this column of this data, newest first. */
  runs: procedure({ input: place, output: z.array(z.object({ runId: z.string(), name: z.string() })) }),
  /** Starts the job, or names the one that works on the column already. */
  propose: procedure({ input: proposeInputSchema, output: started }),
  /** Waits for the job's end. Throws its coded error (`assist-*`), or `job-cancelled`. */
  proposed: procedure({ input: finished, output: proposeResultSchema }),
  /** The last proposals; null where none were made. */
  proposals: procedure({ input: place, output: proposalsSchema.nullable() }),
  replay: procedure({ input: replayInputSchema, output: started }),
  /** Throws `replay-too-few` and the job's other errors. */
  replayed: procedure({ input: finished, output: z.object({ counts: z.number().int() }) }),
  lastReplay: procedure({ input: place, output: replaySchema.nullable() }),
  /** Files are named by handles that main gave for what the person picked or dropped. */
  merge: procedure({
    input: mergeInputSchema.omit({ labellers: true }).extend({
      labellers: z.tuple([labellerChoice(), labellerChoice()]),
    }),
    output: started,
  }),
  /** Throws `merge-*`, `csv-*`, and the job's other errors. */
  merged: procedure({ input: finished, output: mergeResultSchema }),
  lastMerge: procedure({ input: place, output: mergeSchema.nullable() }),
};

function labellerChoice() {
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('file'), file: z.string(), name: z.string() }),
    z.object({ kind: z.literal('column'), name: z.string() }),
  ]);
}
