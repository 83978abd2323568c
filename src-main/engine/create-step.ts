/** Which implementation of a step a run gets: the compiled one on the native library, else the eager one, and why. */
import { CompiledStep, type GraphReuse } from './compile/compiled-step';
import { NotRecordable, type BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import type { Step } from './step';
import { modelWeights, ownWeights } from './weights';

export interface CreatedStep {
  readonly step: Step;
  /** What kept the step from being compiled, in a few words; null where it was. */
  readonly eagerReason: string | null;
}

/**
 * Steps from which on it pays to do several in one native call, about 0.1 ms each: their graph takes 0.1 to 1 s more until its
 * first call is done.
 */
const WORTH_SEVERAL = 3000;

/** What is known of a step beforehand; all of it is about time, not about numbers. */
export interface StepForesight {
  /** How many steps are going to be done; many if absent. */
  readonly steps?: number;
  readonly reuse?: GraphReuse | undefined;
}

/**
 * @param trainingRows @param batchSize give the sizes of training batches: the full one and an epoch's last.
 * @throws Error TensorFlow's own, with the model disposed of, e.g. where memory runs out.
 */
export function createStep(
  options: StepOptions,
  trainingRows: number,
  batchSize: number,
  { steps = Infinity, reuse }: StepForesight = {},
): CreatedStep {
  const { tf } = options;
  if (tf.getBackend() !== 'tensorflow')
    return { step: new EagerStep(options), eagerReason: `the backend ${tf.getBackend()}` };
  const sizes = [Math.min(batchSize, trainingRows), trainingRows % batchSize].filter((size) => size > 0);
  // Recording trains for real, which moves what no gradient changes: the eager step must begin where it would have begun.
  const before = modelWeights(options.model).map(({ tensor }) => tf.keep(tensor.clone()));
  const use = { reuse, ...(steps < WORTH_SEVERAL ? { stepsPerCall: 1 } : {}) };
  try {
    return { step: new CompiledStep(options, tf.backend() as unknown as BindingHolder, sizes, use), eagerReason: null };
  } catch (error) {
    if (!(error instanceof NotRecordable)) {
      options.model.dispose();
      throw error;
    }
    ownWeights(options.model).forEach((weight, index) => {
      const value = before[index];
      if (value) weight.write(value);
    });
    return { step: new EagerStep(options), eagerReason: error.message };
  } finally {
    tf.dispose(before);
  }
}
