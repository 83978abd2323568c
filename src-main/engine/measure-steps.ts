/**
 * How long training steps and a pass over the validation rows take, measured on real batches and in the way in which the
 * loop (`fit.ts`) asks for them. The step is trained by it: whoever measures throws its weights away.
 */
import type { TrainingSettings } from '../contract';
import type { FitControl } from './fit-control';
import { trainingOrder } from './random';
import type { Step } from './step';
import { batches, evaluationBatch, type Parts } from './training-data';

/** Batches that are measured at least; quick ones are measured for a second. */
export const measuredBatches = 20;

/** In seconds. */
const AT_LEAST = 1;
/** After so long fewer batches have to do. */
const AT_MOST = 30;
const FEWEST = 5;
/** The first steps are slow, and eight are timed one by one before short ones go together (`compile/compiled-step.ts`). */
export const warmUpSteps = 16;
const WARM_UP_SECONDS = 1;
/** Steps between two looks at the clock, as many as go into one call; a whole epoch where that is shorter than what is measured. */
const ROUND = 8;

export interface MeasuredSteps {
  readonly batches: number;
  /** Seconds that an epoch's training would take by each round of steps, in the order in which they were done. */
  readonly training: readonly number[];
  /** Seconds of what is measured at the end of each epoch, as far as it was not measured worked out from the rest. */
  readonly validation: number;
  /** Seconds that the first steps and the first pass took more than later ones: they come once a run. */
  readonly warmUp: number;
}

export interface MeasureOptions {
  readonly step: Step;
  readonly parts: Parts;
  readonly settings: TrainingSettings;
  readonly control: FitControl;
  /** Batches measured so far. */
  readonly onBatches: (done: number) => void;
}

/** @throws the control's reason where it is aborted */
export async function measureSteps(options: MeasureOptions): Promise<MeasuredSteps> {
  const { step, parts, settings, control, onBatches } = options;
  const stepsPerEpoch = Math.ceil(parts.training.length / settings.batchSize);
  const round = stepsPerEpoch <= measuredBatches ? stepsPerEpoch : ROUND;
  const supply = endless(options);
  const cold = await warmUp(supply, round, options);
  const training: number[] = [];
  const began = performance.now();
  for (let done = 0; ;) {
    const from = performance.now();
    for (let i = 0; i < round; i++) await trainNext(supply, options);
    step.takeSums();
    await control.between();
    training.push((stepsPerEpoch / round) * secondsSince(from));
    done += round;
    onBatches(done);
    const isEnough = done >= measuredBatches && secondsSince(began) >= AT_LEAST;
    if (isEnough || (done >= FEWEST && secondsSince(began) >= AT_MOST)) {
      const perStep = secondsSince(began) / done;
      const { validation, first } = await measureValidation(options);
      const warming = Math.max(0, cold.seconds - cold.steps * perStep) + first;
      return { batches: done, training, validation, warmUp: warming };
    }
  }
}

/** @param round steps that have to be among them, so that the batch of another size at the end of short epochs is. */
async function warmUp(supply: Iterator<Int32Array, never>, round: number, options: MeasureOptions) {
  const began = performance.now();
  let steps = 0;
  while (steps < Math.max(warmUpSteps, round) && (steps < 2 || secondsSince(began) < WARM_UP_SECONDS)) {
    await trainNext(supply, options);
    steps += 1;
  }
  options.step.takeSums();
  return { steps, seconds: secondsSince(began) };
}

async function trainNext(
  supply: Iterator<Int32Array, never>,
  { step, settings, control }: MeasureOptions,
): Promise<void> {
  await control.between();
  step.train(supply.next().value, settings.learningRate);
}

/** Batches of one epoch after the other, each in an order of its own. */
function* endless({ step, parts, settings }: MeasureOptions): Generator<Int32Array, never> {
  for (let epoch = 1; ; epoch++) {
    const order = trainingOrder(parts, settings.seed, epoch);
    step.expect(order, settings.batchSize);
    yield* batches(order, settings.batchSize);
  }
}

/** @returns seconds of a pass, and those that the first batch took more than the others */
async function measureValidation({ step, parts, settings, control }: MeasureOptions) {
  const rows = settings.measureTest ? [parts.validation, parts.test] : [parts.validation];
  const all = rows.flatMap((part) => [...batches(part, evaluationBatch)]);
  const [first] = all;
  if (!first) return { validation: 0, first: 0 };
  const started = performance.now();
  // The first pass prepares what later ones find.
  step.evaluate(first);
  const cold = secondsSince(started);
  const began = performance.now();
  let done = 0;
  for (const batch of all) {
    await control.between();
    step.evaluate(batch);
    done += 1;
    if (secondsSince(began) >= AT_LEAST) break;
  }
  const perBatch = secondsSince(began) / done;
  return { validation: perBatch * all.length, first: Math.max(0, cold - perBatch) };
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}
