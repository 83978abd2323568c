/** What the test rows say of a saved model: figures with their intervals, beside what a constant answer gets, and curves. */
import { z } from 'zod';

export const scoreSchema = z.object({
  /** Of the catalog's scores. */
  id: z.string(),
  value: z.number(),
  /** Where the figure lies with 95 % confidence; null where these rows say nothing of it. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** The same figure of the baseline; null where comparing them says nothing. */
  baseline: z.number().nullable(),
  /** What repeating the last known value gets; of forecasts only. */
  naive: z.number().nullable().optional(),
});
export type Score = z.infer<typeof scoreSchema>;

/** The answer that takes no learning, the same for all rows or the season before: what a network must beat to be worth anything. */
export const baselineSchema = z.discriminatedUnion('kind', [
  /** The most frequent class, and the share of each class as its probability, in the order of the target's classes. */
  z.object({ kind: z.literal('majority'), label: z.string(), shares: z.array(z.number()) }),
  /** The mean, or where absolute errors count the median. */
  z.object({ kind: z.literal('constant'), mean: z.number(), median: z.number() }),
  /** Of ratings: the mean with what the item and the user differ from it, beside how far the mean alone is off (RMSE). */
  z.object({ kind: z.literal('user-item-means'), mean: z.number(), errorOfMean: z.number() }),
  /** The value of the same step of the last season that is known; with a season of 1 the last known value. */
  z.object({ kind: z.literal('seasonal-naive'), season: z.number().int() }),
  /** Of anomalies: gives back the mean of the training rows, whatever came in, so that its error is the distance from that. */
  z.object({ kind: z.literal('mean-example') }),
]);
export type Baseline = z.infer<typeof baselineSchema>;

/** How lists of recommendations were made for their scores. */
export const rankingSchema = z.object({
  /** Test users with a liked item, or those of them that were drawn. */
  users: z.number().int(),
  /** The lowest rating that counts as liked. */
  likedFrom: z.number(),
  /** What ln(1 + how often an item is rated) counts beside the predicted rating, as chosen on validation rows. */
  popularityWeight: z.number(),
});
export type RankingFacts = z.infer<typeof rankingSchema>;

const pointsSchema = z.array(z.tuple([z.number(), z.number()]));

/** Of one class against the rest. */
const classCurveSchema = z.object({
  label: z.string(),
  /** (false positive rate, recall), ascending. */
  roc: pointsSchema,
  /** (recall, precision), ascending in recall. */
  precisionRecall: pointsSchema,
});

export const scoreCurvesSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('classes'),
    /** Those that are ranked against the rest, at most eight, the most frequent ones. */
    classes: z.array(classCurveSchema),
    /** Bins of confidence that have rows: their mean confidence, and the share that was right with its interval. */
    reliability: z.array(
      z.object({
        rows: z.number().int(),
        confidence: z.number(),
        right: z.number(),
        low: z.number(),
        high: z.number(),
      }),
    ),
  }),
  /** Rows at random, at most 500. `index` is the row in the dataset. */
  z.object({
    kind: z.literal('number'),
    rows: z.array(z.object({ index: z.number().int(), actual: z.number(), predicted: z.number() })),
  }),
  /** Some forecasts, the earliest first, the last one among them. `index` is the row of the last known step. */
  z.object({
    kind: z.literal('forecast'),
    season: z.number().int(),
    windows: z.array(
      z.object({
        index: z.number().int(),
        /** When the last known step was, and of which series; null where no column says so. */
        time: z.string().nullable(),
        series: z.string().nullable(),
        /** When each step of the history was, and then each of the answers; absent where no column says so. */
        times: z.array(z.string()).optional(),
        /** Up to the last known step; null where a value is missing. */
        history: z.array(z.number().nullable()),
        actual: z.array(z.number()),
        predicted: z.array(z.number()),
        seasonal: z.array(z.number()),
        naive: z.array(z.number()),
      }),
    ),
  }),
]);
export type ScoreCurves = z.infer<typeof scoreCurvesSchema>;
export type ForecastWindow = Extract<ScoreCurves, { kind: 'forecast' }>['windows'][number];
export type ClassCurve = z.infer<typeof classCurveSchema>;
