/** Saved models: what they expect, how they did on the test rows, and predictions. */
import { z } from 'zod';
import { procedure } from '../procedure';
import { foundItemsSchema, itemSearchSchema, recommendInputSchema, recommendationsSchema } from '../recommendations';
import {
  evaluationSchema,
  modelInfoSchema,
  predictedRowSchema,
  predictionInputSchema,
  predictionSchema,
} from '../runs';

export const models = {
  info: procedure({ input: z.object({ runId: z.string() }), output: modelInfoSchema }),
  evaluation: procedure({ input: z.object({ runId: z.string() }), output: evaluationSchema.nullable() }),
  /** Test rows of one confusion cell (or all, with nulls), the surest predictions first. */
  predictedRows: procedure({
    input: z.object({
      runId: z.string(),
      actual: z.number().int().nullable(),
      predicted: z.number().int().nullable(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ total: z.number().int(), rows: z.array(predictedRowSchema) }),
  }),
  /** Asks the model (its process is started at the first question and kept for a while). */
  predict: procedure({
    input: z.object({ runId: z.string(), inputs: z.array(predictionInputSchema).min(1).max(1000) }),
    output: z.array(predictionSchema),
  }),
  /** Sets the error from which on a model of anomalies calls an example anomalous. Throws `model-without-threshold`. */
  setThreshold: procedure({
    input: z.object({ runId: z.string(), threshold: z.number().min(0).max(1e30) }),
    output: evaluationSchema,
  }),
  /** Ten or so items for a user, of a model of ratings. */
  recommend: procedure({ input: recommendInputSchema, output: recommendationsSchema }),
  /** Items of a model of ratings, for a new user to rate. */
  findItems: procedure({ input: itemSearchSchema, output: foundItemsSchema }),
};
