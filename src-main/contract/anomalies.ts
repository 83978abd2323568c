/** Anomaly detection: what a person chooses of the data, and what reconstruction errors say of a saved model. */
import { z } from 'zod';
import { added } from './added';

/**
 * By what examples are ranked: how badly they are given back, or how far they lie from the nearest training examples as the
 * network's narrow middle sees them.
 */
export const anomalyScoreSchema = z.enum(['error', 'neighbours']);

/** Which values of the column of known anomalies mean an ordinary row; all others mean an anomaly. */
export const anomalyChoicesSchema = z.object({ ordinary: z.array(z.string()).max(1000) });

/** Anomaly scores of some rows, by either way of ranking them, apart by what is known of them. */
const errorsSchema = z.object({
  ordinary: z.number().int(),
  anomalous: z.number().int(),
  /** Ascending; all of them, or evenly spaced quantiles of many. */
  ordinaryErrors: z.array(z.number()),
  anomalousErrors: z.array(z.number()),
});
export type ReconstructionErrors = z.infer<typeof errorsSchema>;

const neighboursSchema = z.object({
  /** The narrow middle of the network. */
  layer: z.string(),
  /** Training examples that are kept, and numbers that the middle makes of one. */
  count: z.number().int().positive(),
  width: z.number().int().positive(),
  /** By which each number of the middle is divided. */
  deviations: z.array(z.number().positive()),
  /** Base64 of `count × width` whole numbers from -127 to 127: of each example the direction in which the middle points. */
  directions: z.string(),
});
export type KeptNeighbours = z.infer<typeof neighboursSchema>;

export const anomalyMeasuresSchema = z.object({
  /** What errors are here: reconstruction errors, as in all older evaluations, or distances from the nearest neighbours. */
  score: added(anomalyScoreSchema, 'error'),
  /** What distances are measured from; absent for errors, and where an evaluation is only shown. */
  neighbours: neighboursSchema.optional(),
  /** An example whose error is larger is called anomalous. */
  threshold: z.number(),
  /** As it was proposed, by rows that `chosenOn` names. */
  proposed: z.number(),
  /** The best F1 where anomalies are known among those rows, else the 99th percentile of ordinary errors. */
  rule: z.enum(['best-f1', 'percentile']),
  /** Training rows only where there are no validation rows. */
  chosenOn: z.enum(['validation', 'training']),
  /** Errors of the rows by which the threshold is chosen. */
  chosen: errorsSchema,
  test: errorsSchema,
  /** Whether the data says which rows are anomalous. */
  isKnown: z.boolean(),
  /** What the baseline's own threshold is, by the same rule. */
  baselineThreshold: z.number(),
});
export type AnomalyMeasures = z.infer<typeof anomalyMeasuresSchema>;

/** What a model of anomalies says of one example. */
export const anomalyAnswerSchema = z.object({
  /** What the error is. */
  score: anomalyScoreSchema,
  error: z.number(),
  /** Null where the model was not measured yet. */
  threshold: z.number().nullable(),
  /** Columns by their share in the error, the largest first, at most ten; empty for pictures and series. */
  parts: z.array(
    z.object({
      column: z.string(),
      share: z.number(),
      /** Of a number what was given (null where it is missing) and what the network gave back, in the person's unit. */
      number: z.object({ given: z.number().nullable(), expected: z.number() }).nullable(),
    }),
  ),
  /** What came in and what was given back, in the shape of one example; absent where many were asked about. */
  example: z
    .object({ shape: z.array(z.number().int()), input: z.instanceof(Float32Array), output: z.instanceof(Float32Array) })
    .optional(),
});
export type AnomalyAnswer = z.infer<typeof anomalyAnswerSchema>;
