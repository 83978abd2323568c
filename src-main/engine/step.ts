/**
 * The seam between the loop and what does the arithmetic: a step trains on rows given by their indices and keeps what it
 * measured on the device until it is asked for. The eager step is the reference; others must give the same numbers.
 */
import type { Manifest } from './weights';

/** One training step as measured before its update. */
export interface StepLoss {
  /** Number of the step in the run, from 1. */
  readonly step: number;
  readonly examples: number;
  /** Mean over the batch, the penalty of L1/L2 with it. */
  readonly loss: number;
  /** Sums over the batch, as in `Sums`: a loop that adds up step by step gets the same figures whenever it asks. */
  readonly metrics: readonly number[];
}

/** Sums over examples, so that parts of any size add up exactly. */
export interface Sums {
  readonly examples: number;
  /** Sum of per-example losses, the penalty of L1/L2 counted once per example. */
  readonly loss: number;
  /** In the order of the metrics given at creation; sums of `perExample`, not yet finished. */
  readonly metrics: readonly number[];
}

export interface TrainedSums extends Sums {
  readonly steps: readonly StepLoss[];
}

/** Everything that the next step depends on, apart from the data. */
export interface StepState {
  /** Steps done. */
  readonly step: number;
  /** Weights in layer order, then the optimizer's slots variable by variable. */
  readonly manifest: Manifest;
  readonly tensors: Uint8Array;
}

export interface Step {
  /** Steps done. */
  readonly step: number;
  /** How many of them wait for more, to be done together, which is faster; whoever asks what they did gets them done. */
  readonly waiting: number;
  /** Rows that `evaluate` does at once: more are done in pieces. */
  readonly evaluationRows: number;
  /** Tells in which order `train` will be asked, in batches of one size, so that rows that lie on disk are read ahead. */
  expect(order: Int32Array, batchSize: number): void;
  /**
   * One update on these rows; what it measured waits for `takeSums`.
   * @param learningRate of this step; the one given at creation if absent.
   */
  train(indices: Int32Array, learningRate?: number): void;
  /** Downloads what `train` measured since the last call. */
  takeSums(): TrainedSums;
  /** Loss and metrics of these rows with the weights as they are. */
  evaluate(indices: Int32Array): Sums;
  readState(): Promise<StepState>;
  /** @throws CodedError `unexpected` where the state belongs to another network or optimizer. */
  writeState(state: StepState): void;
  /** The weights alone, as a model is saved, and their names and shapes. */
  readWeights(): Promise<{ readonly manifest: Manifest; readonly weights: Uint8Array }>;
  dispose(): void;
}
