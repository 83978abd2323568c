/**
 * The probe: a fixed set of examples that a run predicts again after its epochs, and what was read of its layers there. With
 * it a person goes back and forth in a training's time.
 */
import { z } from 'zod';
import { targetSchema } from './data';

/** Bars of a layer's histogram of weights. */
export const histogramBars = 32;

/** Weights of a layer that training changes, all together. */
const weightReadingSchema = z.object({
  /** √ of the sum of squares. */
  norm: z.number(),
  /** Norm of what changed since the reading before, or since the start. */
  update: z.number(),
  /** Norm of the gradient of the mean loss on the probe, as the layers are when nothing is trained. */
  gradient: z.number(),
  /** As many bars from the least to the greatest weight; without counts where they are not told. */
  histogram: z.object({ low: z.number(), high: z.number(), counts: z.array(z.number().int()).max(histogramBars) }),
});

export const layerReadingSchema = z.object({
  /** As the network names it. */
  layer: z.string(),
  /** Null for layers without weights, and for frozen ones. */
  weights: weightReadingSchema.nullable(),
  /** Mean and standard deviation over all values that it makes of the probe. */
  mean: z.number(),
  deviation: z.number(),
  /** Share of its units that give 0 for every example of the probe; null where the layer does not end in ReLU. */
  dead: z.number().nullable(),
});
export type LayerReading = z.infer<typeof layerReadingSchema>;

/** What does not change while a run is trained. */
export const probeSchema = z.object({
  /** Where the examples come from: training rows only where there are no validation rows. Never test rows. */
  part: z.enum(['validation', 'training']),
  /** Indices into the data version. */
  rows: z.instanceof(Int32Array),
  /** Of each, the class index, the number in the person's unit, or NaN where there is none. */
  actual: z.instanceof(Float32Array),
  target: targetSchema,
});
export type Probe = z.infer<typeof probeSchema>;

/** Numbers per example among the answers of classes: the class, its probability, and that of the true class. */
export const classAnswerWidth = 3;

/** What was read after one epoch. */
export const probeReadingSchema = z.object({
  epoch: z.number().int(),
  /** Epochs since the reading before, 1 where every epoch is read. */
  interval: z.number().int(),
  /** What reading took. */
  seconds: z.number(),
  layers: z.array(layerReadingSchema),
  /** Per example `classAnswerWidth` numbers, or one: the number said, of anomalies the error. */
  answers: z.instanceof(Float32Array),
  /**
   * Per example the place on so many principal axes of what the last hidden layer makes of it, turned so that the first two
   * axes lie as in the reading before; empty where there is none.
   */
  places: z.instanceof(Float32Array),
});
export type ProbeReading = z.infer<typeof probeReadingSchema>;

/** Principal axes that are kept. */
export const placeAxes = 8;

/** Every reading of a run without what is large. */
export const probeTrackSchema = probeReadingSchema.omit({ answers: true, places: true });
export type ProbeTrack = z.infer<typeof probeTrackSchema>;

export const probeOverviewSchema = z.object({
  /** Null for runs of older versions, before the first reading, and for tasks that predict nothing to be looked at. */
  probe: probeSchema.nullable(),
  /** After the epoch asked for, ascending; histograms have their counts only in the last of them. */
  tracks: z.array(probeTrackSchema),
  /** `readings × examples`, in the order of the tracks: the class said for each, or the number. */
  said: z.instanceof(Float32Array),
  /** Whether there are readings after these. */
  more: z.boolean(),
});
export type ProbeOverview = z.infer<typeof probeOverviewSchema>;
