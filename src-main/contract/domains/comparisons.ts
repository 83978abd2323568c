/** Runs held against each other: on their test rows, and one setup against its own luck with other seeds. */
import { z } from 'zod';
import {
  disagreementsInputSchema,
  disagreementsSchema,
  repeatedSchema,
  repeatInputSchema,
  testComparisonInputSchema,
  testComparisonSchema,
} from '../comparisons';
import { procedure } from '../procedure';

export const comparisons = {
  /** Which run is better on the rows that all were tested on, and how surely. */
  test: procedure({ input: testComparisonInputSchema, output: testComparisonSchema }),
  disagreements: procedure({ input: disagreementsInputSchema, output: disagreementsSchema }),
  /** Saves further runs of the same setup with other seeds, which are trained one after another. Throws as `runs.start`. */
  repeat: procedure({ input: repeatInputSchema, output: repeatedSchema }),
  /** Takes runs out of the line of those that wait to be trained; they stay, stopped. */
  dropWaiting: procedure({ input: z.object({ ids: z.array(z.string()).min(1) }), output: z.void() }),
};
