/**
 * What a run is expected to take, beside what it takes, in its log: by the pre-flight before its start where there was one,
 * by its own first batches, and at its end what it was. A run that goes on after an interruption says nothing of this: its
 * time lies in several processes.
 */
import { estimateCodes, estimateParameters, tookParameters, type Run, type TrainingSettings } from '../../contract';
import { readPreflight } from '../../data/preflight-file';
import type { FitControl } from '../../engine/fit-control';
import type { FitPosition } from '../../engine/fit-reports';
import { measuredBatches, warmUpSteps } from '../../engine/measure-steps';
import type { Parts } from '../../engine/training-data';
import type { Library } from '../../storage/library';
import { runBytes } from '../../storage/run-bytes';
import { estimateOf } from './estimate';
import type { RunRecord } from './run-record';

/** Reports of batches that an estimate rests on, so that something is known of how they vary, and milliseconds. */
const REPORTS = 3;
const AT_LEAST = 250;
/** Steps of one such report. */
const FEWEST = 8;
/** Epochs of at most so many steps are let pass once: their last batch, their validation and their saving are slow at first. */
const SHORT_EPOCH = 64;
/** What a row of validation takes of what one takes in training: forwards alone, in larger batches. */
const FORWARD_SHARE = 0.35;

/** Batches that are timed, from the first report of them on. */
interface Timing {
  readonly stepsPerEpoch: number;
  /** Rows that an epoch measures at its end for each row that it trains on. */
  readonly measuredShare: number;
  readonly settings: TrainingSettings;
  /** Seconds that an epoch would take by the steps between two reports. */
  readonly training: number[];
  /** Steps and working time at the report after which they are timed; null while they are warming up. */
  first: { readonly steps: number; readonly time: number } | null;
  /** Steps that are done before. */
  readonly warmUp: number;
  /** Steps at the last figure, and the seconds of training since. */
  steps: number;
  spent: number;
  /** Working time, in milliseconds, of the last report or of the end of the epoch after it. */
  last: number;
  /** Ends of epochs since the first report, and the seconds of validation and saving there. */
  ends: number;
  ending: number;
}

export class RunEstimate {
  readonly #library: Library;
  readonly #run: Run;
  readonly #record: RunRecord;
  readonly #control: FitControl;
  readonly #began: number;
  #isWhole = false;
  #timing: Timing | null = null;

  /** To be made as the job begins: its clock starts here. */
  constructor(library: Library, run: Run, record: RunRecord, control: FitControl) {
    this.#library = library;
    this.#run = run;
    this.#record = record;
    this.#control = control;
    this.#began = control.workingTime();
  }

  /** The loop is about to begin. Tells of the pre-flight. */
  async begin(start: FitPosition, parts: Parts, settings: TrainingSettings): Promise<void> {
    this.#isWhole = start.epoch === 0 && start.part === null;
    if (!this.#isWhole) return;
    const preflight = await readPreflight(this.#library, this.#run);
    if (preflight) this.#record.log(estimateCodes.before, estimateParameters(preflight.estimate));
    const rows = parts.training.length;
    const measured = parts.validation.length + (settings.measureTest ? parts.test.length : 0);
    const stepsPerEpoch = Math.ceil(rows / settings.batchSize);
    const warmUp = stepsPerEpoch <= SHORT_EPOCH ? Math.max(warmUpSteps, stepsPerEpoch + 1) : warmUpSteps;
    this.#timing = {
      ...{ stepsPerEpoch, measuredShare: measured / rows, settings, warmUp },
      ...{ training: [], first: null, steps: 0, spent: 0, last: this.#control.workingTime(), ends: 0, ending: 0 },
    };
  }

  /** @param steps done so far, as just reported */
  afterBatches(steps: number): void {
    const timing = this.#timing;
    if (!timing) return;
    const now = this.#control.workingTime();
    const { first, training, stepsPerEpoch } = timing;
    if (first) {
      timing.spent += (now - timing.last) / 1000;
      // A step by itself says little.
      if (steps - timing.steps >= Math.min(FEWEST, stepsPerEpoch)) {
        training.push((timing.spent / (steps - timing.steps)) * stepsPerEpoch);
        timing.spent = 0;
        timing.steps = steps;
      }
    } else if (steps >= timing.warmUp) {
      timing.first = { steps, time: now };
      timing.steps = steps;
    }
    timing.last = now;
    if (!first || training.length < REPORTS) return;
    if (steps - first.steps < measuredBatches || now - first.time < AT_LEAST) return;
    this.#tell(timing, first);
    this.#timing = null;
  }

  /** An epoch was measured and saved. */
  afterEpoch(): void {
    const timing = this.#timing;
    if (!timing) return;
    const now = this.#control.workingTime();
    if (timing.first) {
      timing.ends += 1;
      timing.ending += (now - timing.last) / 1000;
    }
    timing.last = now;
  }

  /** The run has come to its end, the test rows included. @param epochs complete ones */
  end(epochs: number): void {
    if (!this.#isWhole) return;
    const seconds = (this.#control.workingTime() - this.#began) / 1000;
    const memory = peakMemory();
    const disk = runBytes(this.#library.db, this.#run.id);
    this.#record.log(estimateCodes.took, tookParameters({ epochs, seconds, memory, disk }));
  }

  #tell(timing: Timing, first: NonNullable<Timing['first']>): void {
    const { training, ends, ending, measuredShare, settings } = timing;
    const mean = training.reduce((sum, seconds) => sum + seconds, 0) / training.length;
    const validation = ends > 0 ? ending / ends : FORWARD_SHARE * measuredShare * mean;
    const measured = {
      // What steps and epochs took before that is part of the epochs, but for what was slower than usual.
      opening: Math.max(
        0,
        (first.time - this.#began) / 1000 - (first.steps / timing.stepsPerEpoch) * (mean + validation),
      ),
      ...{ batches: timing.steps - first.steps, closing: 0 },
      ...{ training, validation, saving: 0, peak: null, sizes: null },
    };
    this.#record.log(estimateCodes.begun, estimateParameters(estimateOf(measured, settings)));
  }
}

/** The most bytes of memory that this process has had. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}
