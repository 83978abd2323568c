/** What a model of ratings recommends to a user, and what they rated. */
import { z } from 'zod';

/** What a person who is not in the data says of an item. */
export const ownRatingSchema = z.object({ item: z.string().max(1000), rating: z.number() });
export type OwnRatings = z.infer<typeof ownRatingSchema>[];

/**
 * What an answer knows a user or an item by: their ratings in the training rows; else what is said of them, where the network
 * sees that (`features`) or does not (`unseen`); or nothing.
 */
export const ratingBasisSchema = z.enum(['ratings', 'features', 'unseen', 'nothing']);
export type RatingBasis = z.infer<typeof ratingBasisSchema>;

/** Of an answer about a user or an item that no training row has. */
export const newcomerSchema = z.object({
  user: ratingBasisSchema,
  item: ratingBasisSchema,
  /** `means` where the network could not tell this user or item from any other: what the known one gives or gets on average. */
  answeredBy: z.enum(['network', 'means']),
});
export type Newcomer = z.infer<typeof newcomerSchema>;

/** An item that is not in the data, by what is known of it. */
const newItemSchema = z.object({
  item: z.string().max(1000),
  /** By column, as in the data. */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});

export const recommendInputSchema = z.object({
  runId: z.string(),
  /** As in the column of users; empty for a new user, of whom nothing is known. */
  user: z.string().max(1000),
  count: z.number().int().min(1).max(100),
  /** Of a new user, where `user` is empty: what they rate. Absent, as empty: nothing. */
  rated: z.array(ownRatingSchema).max(200).optional(),
  /** Ranked beside the items of the data. */
  newItems: z.array(newItemSchema).max(200).optional(),
});
export type RecommendQuestion = Omit<z.infer<typeof recommendInputSchema>, 'runId'>;

const itemSchema = z.object({
  item: z.string(),
  /** Its title, or another text that describes it; empty where there is none. */
  about: z.string(),
});

export const itemSearchSchema = z.object({
  runId: z.string(),
  /** Words of the item or its title; empty for the most often rated ones. */
  search: z.string().max(200),
  count: z.number().int().min(1).max(100),
});
export type ItemQuestion = Omit<z.infer<typeof itemSearchSchema>, 'runId'>;

/** Items that may be rated. */
export const foundItemsSchema = z.object({
  itemColumn: z.string(),
  /** The most often rated first. */
  items: z.array(itemSchema),
  total: z.number().int(),
  /** The ratings that the data has, ascending; empty where they are more than a few. */
  scale: z.array(z.number()),
  least: z.number(),
  most: z.number(),
  /** Columns that say something of an item, or of a user, whoever rates it. */
  describing: z.object({ user: z.array(z.string()), item: z.array(z.string()) }),
});
export type FoundItems = z.infer<typeof foundItemsSchema>;

export const recommendationsSchema = z.object({
  userColumn: z.string(),
  itemColumn: z.string(),
  /** Whether training rows have the user. */
  known: z.boolean(),
  /** What the user did not rate, the best first, by predicted rating and how often an item was rated. */
  recommended: z.array(itemSchema.extend({ predicted: z.number(), ratings: z.number().int(), isNew: z.boolean() })),
  /** In the order asked; `place` counts from 1 among `count` items that the user has not rated. */
  newItems: z.array(
    z.object({
      item: z.string(),
      predicted: z.number(),
      place: z.number().int(),
      count: z.number().int(),
      newcomer: newcomerSchema,
    }),
  ),
  /** The highest first, at most as many as recommendations were asked for. */
  rated: z.array(itemSchema.extend({ rating: z.number() })),
  ratedCount: z.number().int(),
});
export type Recommendations = z.infer<typeof recommendationsSchema>;
