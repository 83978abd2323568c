/** What the loop says: where a run stands, and what it tells of batches, epochs and the middle of long epochs. */
import type { ScheduleMemory } from '../catalog';
import type { BatchPoint, Epoch, Run } from '../contract';
import type { EpochPart } from './epoch-measures';

/** Where a run stands; with the step's state and the seed enough to go on exactly. Plain JSON. */
export interface FitPosition {
  /** Complete epochs. */
  readonly epoch: number;
  readonly best: Run['best'];
  /** Best value so far of the measure that early stopping watches, and complete epochs since. */
  readonly watched: number | null;
  readonly waited: number;
  /** State of the learning-rate schedule. */
  readonly scheduleMemory: ScheduleMemory;
  /** How far the epoch after the complete ones has come; null between epochs. */
  readonly part: EpochPart | null;
}

export const beginning: FitPosition = {
  epoch: 0,
  best: null,
  watched: null,
  waited: 0,
  scheduleMemory: {},
  part: null,
};

export interface BatchReport {
  readonly point: BatchPoint;
  readonly stepsDone: number;
  readonly stepsTotal: number;
  readonly examplesPerSecond: number;
  readonly etaSeconds: number | null;
}

/** The middle of an epoch, worth keeping. */
export interface PartReport {
  readonly position: FitPosition;
  /** Those that came since the last report of this epoch. */
  readonly batches: readonly BatchPoint[];
}

export interface EpochReport {
  readonly epoch: Epoch;
  /** Those that came since the last `PartReport` of this epoch. */
  readonly batches: readonly BatchPoint[];
  readonly position: FitPosition;
  /** Whether this epoch is the best so far. */
  readonly better: boolean;
}

export interface FitEnd {
  /** `left`: with an epoch, to go on with other settings. */
  readonly reason: 'finished' | 'early' | 'stopped' | 'left';
  /** The measure that early stopping watches, as in `MetricValues`. */
  readonly watchedMetric: string;
  readonly position: FitPosition;
}
