/**
 * Out-of-fold probabilities of a category by a small network of the engine: trained on four fifths of the rows, asked about the
 * fifth it has not seen, five times. Few epochs, so that it learns what is usual before it learns single rows by heart.
 */
import { losses, optimizers, tasks } from '../../catalog';
import type { NetworkSpec } from '../../contract';
import { assignFolds } from '../../data/quality/folds';
import type { CheckWatch } from '../../data/quality/quality-data';
import { buildModel } from '../../engine/build';
import { createStep } from '../../engine/create-step';
import { predictRows } from '../../engine/evaluate';
import { FitControl } from '../../engine/fit-control';
import { shuffled } from '../../engine/random';
import type { Step } from '../../engine/step';
import type { TensorFlow } from '../../engine/tf';
import type { InputData } from '../../engine/training-data';
import { setModelWeights } from '../../engine/weights';

const FOLDS = 5;
/** About so many examples are looked at per fold, within these numbers of epochs. */
const EXAMPLES = 150_000;
const EPOCHS = { least: 3, most: 40 };
const LEARNING_RATE = 0.001;

export interface Asked {
  readonly task: string;
  readonly network: NetworkSpec;
  readonly inputs: InputData;
  /** Class index per row; rows with -1 are neither learnt from nor judged. */
  readonly labels: Int32Array;
  readonly classes: number;
  readonly seed: number;
}

/**
 * @returns `rows × classes`; NaN for rows without a label.
 * @throws the signal's reason; Error TensorFlow's own.
 */
export async function networkProbabilities(tf: TensorFlow, asked: Asked, watch: CheckWatch): Promise<Float32Array> {
  const { labels, classes, inputs, network, seed } = asked;
  const folds = assignFolds(labels, FOLDS, seed);
  const rows = labels.reduce((count, label) => count + (label < 0 ? 0 : 1), 0);
  const batchSize = Math.min(rows < 5000 ? 32 : 128, Math.floor((rows * (FOLDS - 1)) / FOLDS));
  const model = () => buildModel(tf, network, inputs.inputShape, classes, seed);
  // The step is recorded on the first rows, whatever they are; those without a label are never learnt.
  const targets = labels.map((label) => Math.max(0, label));
  const { step } = createStep(
    {
      tf,
      model: model(),
      data: { ...inputs, targets, targetScale: { mean: 0, standardDeviation: 1 } },
      loss: losses.get('cross-entropy'),
      metrics: [],
      targetScale: { mean: 0, standardDeviation: 1 },
      optimizer: { definition: optimizers.get('adam'), fields: {} },
      learningRate: LEARNING_RATE,
    },
    // A whole number of batches, so that one size is recorded.
    batchSize,
    batchSize,
  );
  const predictor = model();
  const probabilities = new Float32Array(labels.length * classes).fill(Number.NaN);
  try {
    const beginning = await step.readState();
    for (let fold = 0; fold < FOLDS; fold += 1) {
      step.writeState(beginning);
      const others = rowsWhere(folds, (one) => one >= 0 && one !== fold);
      await trainFold(
        step,
        others,
        { batchSize, seed: seed + fold },
        {
          signal: watch.signal,
          progress: (done, total) => watch.progress(fold * total + done, FOLDS * total),
        },
      );
      const { weights } = await step.readWeights();
      setModelWeights(tf, predictor, weights);
      const task = tasks.get(asked.task);
      const own = rowsWhere(folds, (one) => one === fold);
      const outputs = predictRows(
        { tf, model: predictor, task, targetScale: { mean: 0, standardDeviation: 1 } },
        inputs,
        own,
      );
      for (const [place, row] of own.entries()) {
        probabilities.set(outputs.subarray(place * classes, (place + 1) * classes), row * classes);
      }
    }
  } finally {
    step.dispose();
    predictor.dispose();
  }
  return probabilities;
}

function rowsWhere(folds: Int32Array, wanted: (fold: number) => boolean): Int32Array {
  return Int32Array.from(folds.keys()).filter((row) => wanted(folds[row] ?? -1));
}

async function trainFold(
  step: Step,
  rows: Int32Array,
  { batchSize, seed }: { readonly batchSize: number; readonly seed: number },
  { signal, progress }: CheckWatch,
): Promise<void> {
  const epochs = Math.min(EPOCHS.most, Math.max(EPOCHS.least, Math.round(EXAMPLES / rows.length)));
  const control = new FitControl(signal);
  const batches = Math.floor(rows.length / batchSize);
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const order = shuffled(rows, seed, epoch).subarray(0, batches * batchSize);
    step.expect(order, batchSize);
    for (let batch = 0; batch < batches; batch += 1) {
      await control.between();
      step.train(order.subarray(batch * batchSize, (batch + 1) * batchSize));
      if (batch % 64 === 0) progress((epoch - 1) * batches + batch, epochs * batches);
    }
    step.takeSums();
  }
}
