/** From what was measured of a training to what the whole of it will take. */
import { MOST, WISHED } from '../../engine/probe/probe-pace';
import type { Estimate, Range, TrainingSettings } from '../../contract';

/** What was measured, in seconds and bytes. */
export interface Measured {
  readonly batches: number;
  /** Done once, before the first step and after the last epoch. */
  readonly opening: number;
  readonly closing: number;
  /** What an epoch's training would take, by each round of steps. */
  readonly training: readonly number[];
  /** Validation and saving, at the end of each epoch. */
  readonly validation: number;
  readonly saving: number;
  /** The most memory so far; null where nobody asked. */
  readonly peak: number | null;
  readonly sizes: Sizes | null;
}

/** Bytes of what a run keeps. */
export interface Sizes {
  /** Of a checkpoint: weights and the optimizer's state. */
  readonly state: number;
  readonly weights: number;
  /** Of the predictions of the test rows. */
  readonly predictions: number;
  /** Of what is read of the network after an epoch. */
  readonly reading: number;
}

/** An epoch is no surer than this share, however even its steps: programs come and go, processors get warm. */
const LEAST_SPREAD = 0.1;
/** The share of rounds below and above the range. */
const OUTSIDE = 0.1;
/**
 * Memory that may come on top: what a long training keeps aside between its steps. Below what was reached it hardly falls.
 */
const MEMORY: Range = { value: 1.05, low: 0.95, high: 1.25 };

export function estimateOf(measured: Measured, settings: Pick<TrainingSettings, 'epochs' | 'keepEvery'>): Estimate {
  const { epochs } = settings;
  const { batches, opening, closing, peak, sizes } = measured;
  return {
    ...{ batches, epochs, opening, closing },
    epoch: epochRange(measured),
    memory: peak === null ? null : scaled(MEMORY, peak),
    disk: sizes && diskRange(sizes, settings),
  };
}

/** The mean, as the rounds of an epoch add up, between what is seldom undercut and seldom exceeded. */
function epochRange({ training, validation, saving }: Measured): Range {
  const sorted = training.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const mean = training.reduce((sum, seconds) => sum + seconds, 0) / Math.max(1, training.length);
  const rest = validation + saving;
  const value = mean + rest;
  return {
    value,
    low: Math.min(at(OUTSIDE) + rest, value * (1 - LEAST_SPREAD)),
    high: Math.max(at(1 - OUTSIDE) + rest, value * (1 + LEAST_SPREAD)),
  };
}

/**
 * Of each run the last two checkpoints stay and the best one, which may be one of the two, and those of every so many epochs
 * where that is asked for (storage/checkpoints.ts).
 */
function diskRange(
  { state, weights, predictions, reading }: Sizes,
  { epochs, keepEvery }: Pick<TrainingSettings, 'epochs' | 'keepEvery'>,
): Range {
  const further = keepEvery > 0 ? Math.floor(epochs / keepEvery) : 0;
  const bytes = (checkpoints: number, readings: number) =>
    Math.min(checkpoints + further, epochs) * state + weights + predictions + Math.min(readings, epochs) * reading;
  return { value: bytes(3, WISHED), low: bytes(2, 1), high: bytes(3, MOST) };
}

function scaled({ value, low, high }: Range, by: number): Range {
  return { value: value * by, low: low * by, high: high * by };
}
