/** Runs the range test on a step: training rows alone, in the order of a run's epochs. The step is trained by it and thrown away. */
import type { RateRange, TrainingSettings } from '../contract';
import type { FitControl } from './fit-control';
import { trainingOrder } from './random';
import { RateRangeTest } from './rate-range';
import type { Step } from './step';
import { batches, type Parts } from './training-data';

export interface FindOptions {
  readonly step: Step;
  readonly parts: Parts;
  readonly settings: Pick<TrainingSettings, 'batchSize' | 'seed'>;
  readonly control: FitControl;
  readonly onStep?: (done: number) => void;
}

/** @throws the control's reason where it is aborted */
export async function findLearningRate({ step, parts, settings, control, onStep }: FindOptions): Promise<RateRange> {
  const test = new RateRangeTest();
  for (let epoch = 1; test.next !== null && parts.training.length > 0; epoch += 1) {
    for (const batch of batches(trainingOrder(parts, settings.seed, epoch), settings.batchSize)) {
      const rate = test.next;
      if (rate === null) break;
      await control.between();
      step.train(batch, rate);
      test.add(step.takeSums().steps.at(-1)?.loss ?? NaN);
      onStep?.(test.done);
    }
  }
  return test.result();
}
