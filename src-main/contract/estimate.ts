/**
 * What a training will take, said before it, and what it took: time, memory and disk. A run keeps both in its log, as events
 * whose parameters are these figures, so that they are read with its history and no list has to carry them.
 */
import { z } from 'zod';
import { dataSetupSchema } from './data';
import { networkSpecSchema } from './network';
import type { RunEvent } from './runs';
import { trainingSettingsSchema } from './training';

/** A figure that is expected, and what it may be as well. */
export const rangeSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Range = Readonly<z.infer<typeof rangeSchema>>;

export const estimateSchema = z.object({
  /** Batches that were timed. */
  batches: z.number().int(),
  epochs: z.number().int(),
  /** Seconds before the first step: data, TensorFlow, the network as one graph. */
  opening: z.number(),
  /** Seconds of an epoch, validation and saving with it. */
  epoch: rangeSchema,
  /** Seconds after the last epoch: the test rows. */
  closing: z.number(),
  /** The most bytes of memory that the process takes; null where that was not measured. */
  memory: rangeSchema.nullable(),
  /** Bytes that the run adds to the library: checkpoints, model, predictions; null where that was not worked out. */
  disk: rangeSchema.nullable(),
});
export type Estimate = Readonly<z.infer<typeof estimateSchema>>;

/** What a run took. */
export const tookSchema = z.object({
  epochs: z.number().int(),
  seconds: z.number(),
  /** The most bytes of memory that its process had. */
  memory: z.number(),
  /** Bytes of its checkpoints, model and predictions. */
  disk: z.number(),
});
export type Took = Readonly<z.infer<typeof tookSchema>>;

/** What is to be measured: everything that a run would be made of. */
export const preflightInputSchema = z.object({
  projectId: z.string(),
  data: dataSetupSchema,
  network: networkSpecSchema,
  settings: trainingSettingsSchema,
});
export type PreflightInput = z.infer<typeof preflightInputSchema>;

export const preflightSchema = z.object({
  /** Milliseconds since 1970. */
  madeAt: z.number(),
  estimate: estimateSchema,
  /** Bytes that the prepared data takes in the cache, which later runs share; 0 where training reads it as it lies. */
  cached: z.number(),
  /** Bytes of memory that were free to training as it was measured. */
  freeMemory: z.number(),
  freeDisk: z.number(),
});
export type Preflight = Readonly<z.infer<typeof preflightSchema>>;

/** Shares of opening and closing that they may be off: they are done once, so that nothing says how they vary. */
const ONCE = 0.3;

/** Seconds of a run from the start of its job to its end, with that many epochs. */
export function secondsOf({ opening, epoch, closing }: Estimate, epochs: number): Range {
  const once = opening + closing;
  return {
    value: once + epochs * epoch.value,
    low: (1 - ONCE) * once + epochs * epoch.low,
    high: (1 + ONCE) * once + epochs * epoch.high,
  };
}

/** By how much the expected value was off, as a share of what was taken: 0.1 where it was 10 % too high. */
export function errorOf(expected: number, taken: number): number {
  return expected / taken - 1;
}

/** The log's code of an estimate from before the start, of one from the run's own first batches, and of what was taken. */
export const estimateCodes = { before: 'estimate-before', begun: 'estimate-begun', took: 'estimate-took' } as const;

type Parameters = RunEvent['parameters'];
const MEGABYTE = 1e6;

/** An estimate as an event's parameters: its sentence reads some of them, `estimatesIn` all. */
export function estimateParameters(estimate: Estimate): Parameters {
  const { batches, epochs, opening, epoch, closing, memory, disk } = estimate;
  return {
    ...{ batches, epochs, opening: short(opening), closing: short(closing) },
    ...ranged('epoch', epoch),
    ...ranged('seconds', secondsOf(estimate, epochs)),
    ...(memory && ranged('memory', inMegabytes(memory))),
    ...(disk && ranged('disk', inMegabytes(disk))),
  };
}

export function tookParameters({ epochs, seconds, memory, disk }: Took): Parameters {
  return { epochs, seconds: short(seconds), memory: short(memory / MEGABYTE), disk: short(disk / MEGABYTE) };
}

/** What a run's log says was expected and was taken; of several the last. */
export interface Estimates {
  readonly before: Estimate | null;
  readonly begun: Estimate | null;
  readonly took: Took | null;
}

export function estimatesIn(events: readonly Pick<RunEvent, 'code' | 'parameters'>[]): Estimates {
  const parametersOf = (code: string) => events.findLast((event) => event.code === code)?.parameters;
  const [before, begun, took] = [estimateCodes.before, estimateCodes.begun, estimateCodes.took].map(parametersOf);
  return { before: before ? toEstimate(before) : null, begun: begun ? toEstimate(begun) : null, took: toTook(took) };
}

function toEstimate(parameters: Parameters): Estimate | null {
  const rangeOf = (name: string, unit = 1) => {
    const value = numberIn(parameters, name);
    if (value === null) return null;
    const [low, high] = [numberIn(parameters, `${name}Low`), numberIn(parameters, `${name}High`)];
    return { value: value * unit, low: (low ?? value) * unit, high: (high ?? value) * unit };
  };
  const parsed = estimateSchema.safeParse({
    ...parameters,
    epoch: rangeOf('epoch'),
    memory: rangeOf('memory', MEGABYTE),
    disk: rangeOf('disk', MEGABYTE),
  });
  return parsed.success ? parsed.data : null;
}

function toTook(parameters: Parameters | undefined): Took | null {
  if (!parameters) return null;
  const bytes = (name: string) => (numberIn(parameters, name) ?? NaN) * MEGABYTE;
  const parsed = tookSchema.safeParse({ ...parameters, memory: bytes('memory'), disk: bytes('disk') });
  return parsed.success ? parsed.data : null;
}

function numberIn(parameters: Parameters, name: string): number | null {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return typeof value === 'number' ? value : null;
}

function ranged(name: string, { value, low, high }: Range): Parameters {
  return { [name]: short(value), [`${name}Low`]: short(low), [`${name}High`]: short(high) };
}

function inMegabytes({ value, low, high }: Range): Range {
  return { value: value / MEGABYTE, low: low / MEGABYTE, high: high / MEGABYTE };
}

/** Three significant digits: more are not known, and sentences stay readable. */
function short(value: number): number {
  return Number(value.toPrecision(3));
}
