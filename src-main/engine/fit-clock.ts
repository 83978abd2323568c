/** Speed and time left, from the working time since this process began. */
import type { TrainingSettings } from '../contract';
import type { FitControl } from './fit-control';
import type { BatchReport } from './fit-reports';
import type { Step, StepLoss } from './step';
import type { Parts } from './training-data';

export class FitClock {
  readonly #control: FitControl;
  readonly #stepsPerEpoch: number;
  readonly #stepsTotal: number;
  readonly #firstStep: number;
  readonly #started: number;
  #last: number;

  constructor(of: {
    readonly control: FitControl;
    readonly parts: Parts;
    readonly settings: TrainingSettings;
    readonly step: Step;
  }) {
    this.#control = of.control;
    this.#stepsPerEpoch = Math.ceil(of.parts.training.length / of.settings.batchSize);
    this.#stepsTotal = this.#stepsPerEpoch * of.settings.epochs;
    this.#firstStep = of.step.step;
    this.#started = of.control.workingTime();
    this.#last = this.#started;
  }

  /** @param steps since the last report, at least one. */
  report(steps: readonly StepLoss[]): BatchReport {
    const now = this.#control.workingTime();
    const examples = steps.reduce((sum, step) => sum + step.examples, 0);
    const loss = steps.reduce((sum, step) => sum + step.loss * step.examples, 0) / examples;
    const stepsDone = steps[steps.length - 1]?.step ?? 0;
    const perStep = (now - this.#started) / Math.max(1, stepsDone - this.#firstStep);
    const examplesPerSecond = (1000 * examples) / Math.max(now - this.#last, 1e-3);
    this.#last = now;
    return {
      point: { step: stepsDone, epoch: stepsDone / this.#stepsPerEpoch, loss },
      stepsDone,
      stepsTotal: this.#stepsTotal,
      examplesPerSecond,
      etaSeconds: (perStep * (this.#stepsTotal - stepsDone)) / 1000,
    };
  }
}
