/** How long a network takes for one example by itself, as where it is used: the median of some predictions after a warm-up. */
import { tasks } from '../../catalog';
import { applyNetwork } from '../../engine/apply-network';
import { buildModel } from '../../engine/build';
import { pretrainedFrom } from '../../engine/pretrained';
import { BatchCutter } from '../../engine/training-data';
import { trainingData } from '../training/training-data';
import type { Trainee, TrainingStep } from '../training/training-step';
import type { SearchSession } from './search-session';

type Model = TrainingStep['model'];

const WARM_UP = 3;
const TIMED = { least: 5, most: 25 };
/** Milliseconds after which no further prediction is timed. */
const ENOUGH = 150;

/** @returns milliseconds, of the whole network: the time does not depend on its weights. */
export function medianLatency(session: Pick<SearchSession, 'latencies'>, trainee: Trainee, trained: Model): number {
  const { run, part } = trainee;
  const key = JSON.stringify([run.data, run.network]);
  const known = session.latencies.get(key);
  if (known !== undefined) return known;
  const whole = part.isRest ? wholeNetwork(trainee) : null;
  try {
    const measured = medianOf(trainee, whole ?? trained);
    session.latencies.set(key, measured);
    return measured;
  } finally {
    whole?.dispose();
  }
}

function wholeNetwork({ run, prepared, loaded: { tf }, resources }: Trainee): Model {
  const outputs = tasks.get(run.data.task).outputs(prepared.target);
  const pretrained = pretrainedFrom(resources, prepared.normalization);
  return buildModel(tf, run.network, prepared.inputShape, outputs, 0, pretrained);
}

function medianOf({ prepared, loaded: { tf } }: Trainee, model: Model): number {
  const data = trainingData(prepared);
  const cutter = new BatchCutter(data);
  const row = prepared.parts.training.slice(0, 1);
  const predict = () => tf.tidy(() => applyNetwork(tf, { model, data }, cutter.inputs(tf, row), false).dataSync());
  const times: number[] = [];
  const began = performance.now();
  for (let count = 0; count < WARM_UP + TIMED.most; count++) {
    const before = performance.now();
    predict();
    const after = performance.now();
    if (count >= WARM_UP) times.push(after - before);
    if (times.length >= TIMED.least && after - began > ENOUGH) break;
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
