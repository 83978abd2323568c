/**
 * Learns classes from pictures, sounds, numbers and categories by the task's default network. One training step is recorded and
 * serves every lesson: weights and optimizer are put back to where they began, so that a lesson takes a second or two.
 */
import { losses, optimizers, tasks } from '../../catalog';
import type { NetworkSpec } from '../../contract';
import { buildModel } from '../../engine/build';
import { createStep } from '../../engine/create-step';
import { predictRows } from '../../engine/evaluate';
import { FitControl } from '../../engine/fit-control';
import { shuffled } from '../../engine/random';
import type { TensorFlow } from '../../engine/tf';
import { evaluationBatch, type InputData } from '../../engine/training-data';
import { setModelWeights } from '../../engine/weights';
import type { Learner, Lesson } from './learner';

/** Few labels: a small batch, and enough steps that even a handful of rows is learnt. */
const BATCH = 32;
const EPOCHS = 30;
const STEPS = { least: 200, most: 2000 };
const LEARNING_RATE = 0.001;
const NO_SCALE = { mean: 0, standardDeviation: 1 };
/** Rows asked between two looks at the signal: a few batches. */
const PIECE = 8 * evaluationBatch;

export interface NetworkLesson extends Lesson {
  readonly task: string;
  readonly network: NetworkSpec;
  readonly inputs: InputData;
  readonly seed: number;
}

/** @throws Error TensorFlow's own */
export async function networkLearner(
  tf: TensorFlow,
  { task, network, inputs, labels, classes, seed }: NetworkLesson,
  signal: AbortSignal,
): Promise<Learner> {
  const model = () => buildModel(tf, network, inputs.inputShape, classes.length, seed);
  // The step is recorded on the first rows, whatever they are; those without a label are never learnt.
  const targets = labels.map((label) => Math.max(0, label));
  const { step } = createStep(
    {
      tf,
      model: model(),
      data: { ...inputs, targets, targetScale: NO_SCALE },
      loss: losses.get('cross-entropy'),
      metrics: [],
      targetScale: NO_SCALE,
      optimizer: { definition: optimizers.get('adam'), fields: {} },
      learningRate: LEARNING_RATE,
    },
    BATCH,
    BATCH,
  );
  const predictor = model();
  const control = new FitControl(signal);
  const beginning = await step.readState();
  return {
    kind: 'network',
    async learn(rows, lessonSeed) {
      step.writeState(beginning);
      const order = orderOf(rows, lessonSeed);
      step.expect(order, BATCH);
      for (let first = 0; first < order.length; first += BATCH) {
        await control.between();
        step.train(order.subarray(first, first + BATCH));
      }
      step.takeSums();
      const { weights } = await step.readWeights();
      setModelWeights(tf, predictor, weights);
    },
    async ask(rows) {
      const finished = { tf, model: predictor, task: tasks.get(task), targetScale: NO_SCALE };
      const answers = new Float32Array(rows.length * classes.length);
      for (let first = 0; first < rows.length; first += PIECE) {
        await new Promise(setImmediate);
        signal.throwIfAborted();
        answers.set(predictRows(finished, inputs, rows.subarray(first, first + PIECE)), first * classes.length);
      }
      return answers;
    },
    close() {
      step.dispose();
      predictor.dispose();
    },
  };
}

/** Shuffles of the rows one after the other, cut to whole batches: few rows fill a batch by coming twice. */
function orderOf(rows: Int32Array, seed: number): Int32Array {
  const wanted = Math.ceil((EPOCHS * rows.length) / BATCH);
  const order = new Int32Array(BATCH * Math.min(STEPS.most, Math.max(STEPS.least, wanted)));
  for (let [at, epoch] = [0, 1]; at < order.length; epoch += 1) {
    const next = shuffled(rows, seed, epoch).subarray(0, order.length - at);
    order.set(next, at);
    at += next.length;
  }
  return order;
}
