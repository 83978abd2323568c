/** What a model of ratings recommends to a user, and what they rated. */
import { z } from 'zod';

export const recommendInputSchema = z.object({
  runId: z.string(),
  /** As in the column of users; empty for a new user, of whom nothing is known. */
  user: z.string().max(1000),
  count: z.number().int().min(1).max(100),
});

const itemSchema = z.object({
  item: z.string(),
  /** Its title, or another text that describes it; empty where there is none. */
  about: z.string(),
});

export const recommendationsSchema = z.object({
  userColumn: z.string(),
  itemColumn: z.string(),
  /** Whether training rows have the user. */
  known: z.boolean(),
  /** What the user did not rate, the best first, by predicted rating and how often an item was rated. */
  recommended: z.array(itemSchema.extend({ predicted: z.number(), ratings: z.number().int() })),
  /** The highest first, at most as many as recommendations were asked for. */
  rated: z.array(itemSchema.extend({ rating: z.number() })),
  ratedCount: z.number().int(),
});
export type Recommendations = z.infer<typeof recommendationsSchema>;
