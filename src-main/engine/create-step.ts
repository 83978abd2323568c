/** Which implementation of a step a run gets. */
import { EagerStep, type StepOptions } from './eager-step';
import type { Step } from './step';

export function createStep(options: StepOptions): Step {
  return new EagerStep(options);
}
