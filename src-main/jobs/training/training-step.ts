/** The step that trains a run's network on its data: built, compiled where it can be, with all that its settings say. */
import type * as tensorflow from '@tensorflow/tfjs';
import { losses, metrics, optimizers, requireValidNetwork, tasks } from '../../catalog';
import type { Run } from '../../contract';
import type { PreparedData } from '../../data/prepared';
import { buildModel } from '../../engine/build';
import { balancedWeights } from '../../engine/class-weights';
import type { KeptGraphs } from '../../engine/compile/kept-graphs';
import { createStep, type StepForesight } from '../../engine/create-step';
import type { Measures } from '../../engine/measure';
import { pretrainedFrom } from '../../engine/pretrained';
import type { Step } from '../../engine/step';
import type { LoadedTensorFlow } from '../../engine/tf';
import type { TrainedPart } from './trained-part';

/** What is trained, whether or not there is a run of it yet. */
export interface Trainee {
  readonly run: Pick<Run, 'data' | 'network' | 'settings'>;
  readonly prepared: PreparedData;
  /** What of it all is trained, on what. */
  readonly part: TrainedPart;
  readonly loaded: LoadedTensorFlow;
  /** Absolute folder of the app's resources. */
  readonly resources: string;
  /** Where it is one of many trials: graphs that others left, and how many epochs most of them come to. */
  readonly trial?: { readonly graphs: KeptGraphs; readonly usualEpochs: number };
}

export interface TrainingStep {
  /** Its `dispose` is the caller's to call. */
  readonly step: Step;
  /** The step's, which disposes of it. A compiled step keeps the weights elsewhere. */
  readonly model: tensorflow.LayersModel;
  /** Of the whole network, what is frozen included. */
  readonly parameterCount: number;
  readonly engine: NonNullable<Run['engine']>;
}

/** @throws CodedError of the network; Error TensorFlow's own, as where memory runs out */
export function makeStep(trainee: Trainee): TrainingStep {
  const { run, prepared, loaded, part } = trainee;
  const outputs = tasks.get(run.data.task).outputs(prepared.target);
  const { trainable, fixed } = requireValidNetwork(run.network, prepared.inputShape, outputs);
  const model = buildNetwork(trainee);
  const began = performance.now();
  const { step, eagerReason } = createStep(
    {
      ...measuresOf(trainee),
      tf: loaded.tf,
      model,
      data: part.data,
      ...optimizerOf(run),
      classWeights: classWeightsOf(trainee),
      augmentation: part.augmentation,
    },
    prepared.parts.training.length,
    run.settings.batchSize,
    foresightOf(trainee),
  );
  return { step, model, parameterCount: trainable + fixed, engine: engineOf(eagerReason, performance.now() - began) };
}

function foresightOf({ run, prepared, trial }: Trainee): StepForesight {
  const { epochs, batchSize } = run.settings;
  const stepsPerEpoch = Math.ceil(prepared.parts.training.length / batchSize);
  return {
    steps: stepsPerEpoch * (trial?.usualEpochs ?? epochs),
    reuse: trial && { kept: trial.graphs, key: graphKey(run) },
  };
}

/** Settings by which no graph differs: the loop's, and what is fed to each step. What an optimizer is fed, the step knows. */
const outsideGraph = {
  optimizer: undefined,
  learningRate: undefined,
  schedule: undefined,
  epochs: undefined,
  earlyStopping: undefined,
  watch: undefined,
};

function graphKey({ data, network, settings }: Trainee['run']): string {
  return JSON.stringify([data, network, { ...settings, ...outsideGraph }]);
}

/** The part of the network that is trained, with its first weights. */
export function buildNetwork({ run, prepared, loaded, part, resources }: Trainee): tensorflow.LayersModel {
  const outputs = tasks.get(run.data.task).outputs(prepared.target);
  const pretrained = pretrainedFrom(resources, prepared.normalization);
  return buildModel(loaded.tf, part.network, part.inputShape, outputs, run.settings.seed, pretrained);
}

export function measuresOf({ run, prepared }: Pick<Trainee, 'run' | 'prepared'>): Measures {
  const task = tasks.get(run.data.task);
  return {
    loss: losses.get(run.settings.loss),
    metrics: task.metrics.map((id) => metrics.get(id)),
    targetScale: prepared.preparation.targetScale,
  };
}

/** @param milliseconds that making the step took. */
function engineOf(eagerReason: string | null, milliseconds: number): TrainingStep['engine'] {
  if (eagerReason !== null) return { kind: 'eager', reason: eagerReason, recordingSeconds: null };
  return { kind: 'compiled', reason: null, recordingSeconds: Math.round(milliseconds) / 1000 };
}

function optimizerOf({ settings }: Trainee['run']) {
  const { learningRate, clipping, precision } = settings;
  const { type, fields } = settings.optimizer;
  return { optimizer: { definition: optimizers.get(type), fields }, learningRate, clipping, precision };
}

function classWeightsOf({ run, prepared }: Trainee): readonly number[] | undefined {
  const { target, targets, parts } = prepared;
  if (run.settings.classWeights === 'none' || target.kind !== 'classes') return undefined;
  return balancedWeights(targets, parts.training, target.classes.length);
}
