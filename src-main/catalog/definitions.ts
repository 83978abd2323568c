/**
 * What the kinds of definition are made of. TensorFlow is handed in where a definition builds something, so that every
 * process, the window included, can load the catalog for its words, fields and shape rules.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { ChosenSteps, Column, ColumnType, Target, Text, TrainingSettings } from '../contract';
import type { Definition, TensorFlow } from './definition-parts';
import type { Fields, ValuesOf } from './fields';
import type { NamedPreset, PresetNetwork, Presets } from './presets';

export type { TensorFlow } from './definition-parts';
export * from './layer-definitions';

export interface OptimizerStep {
  readonly variable: tensorflow.Tensor;
  readonly gradient: tensorflow.Tensor;
  /** Same shape as the variable, zero at the start, by the names in `slots`. */
  readonly slots: Readonly<Record<string, tensorflow.Tensor>>;
  readonly learningRate: number;
  /** 1 for the first step. */
  readonly step: number;
}

/** What a fused update's scalars may depend on; `step` is 1 for the first step. */
export interface StepScalars {
  readonly step: number;
  readonly learningRate: number;
}

/** The same update as one kernel of TensorFlow, for the compiled engine. */
export interface FusedUpdate {
  /** `ResourceApply…`; its first input is the variable. */
  readonly op: string;
  /** The kernel's other inputs in its order. */
  readonly inputs: readonly (
    'gradient' | { readonly slot: string } | { readonly scalar: (at: StepScalars) => number }
  )[];
  /** The kernel's `use_nesterov`, for those that have it. */
  readonly nesterov?: boolean;
  /** Factor on the variable before the update, for weight decay kept apart from the gradient. */
  readonly decay?: (at: StepScalars) => number;
}

export interface OptimizerDefinition<F extends Fields = Fields> extends Definition {
  readonly formula: string;
  readonly fields: F;
  readonly defaultLearningRate: number;
  /** Tensors of state kept per variable; all of an optimizer's state lies here, so that checkpoints are exact. */
  readonly slots: (values: ValuesOf<F>) => readonly string[];
  /** One update of one variable; returns the new variable and the new slots. Called inside `tf.tidy`. */
  readonly update: (
    tf: TensorFlow,
    step: OptimizerStep,
    values: ValuesOf<F>,
  ) => { readonly variable: tensorflow.Tensor; readonly slots: Readonly<Record<string, tensorflow.Tensor>> };
  /** Must give the same numbers as `update`; an optimizer without it trains eagerly. */
  readonly fused?: (values: ValuesOf<F>) => FusedUpdate;
}

/** Where a step stands in its run. */
export interface ScheduleStep {
  /** Steps done before this one: 0 for the first. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** What `afterEpoch` returned last; empty at first. */
  readonly memory: ScheduleMemory;
}

/** A schedule's state between epochs, kept in checkpoints. */
export type ScheduleMemory = Readonly<Record<string, number>>;

/** How the learning rate changes over a run. */
export interface ScheduleDefinition<F extends Fields = Fields> extends Definition {
  /** η is the learning rate of the settings, t the share of the run that is done. */
  readonly formula: string;
  readonly fields: F;
  /** What the learning rate of the settings is multiplied by at this step; 0 or more. */
  readonly factor: (values: ValuesOf<F>, at: ScheduleStep) => number;
  /** @param loss of the epoch that ended, on validation rows, or on training rows where there are none. */
  readonly afterEpoch?: (values: ValuesOf<F>, memory: ScheduleMemory, loss: number) => ScheduleMemory;
}

/** Random numbers of one augmentation in one training step: every call draws others, float32, of that shape. */
export interface Draws {
  /** Uniform in [0, 1). */
  uniform(shape: readonly number[]): tensorflow.Tensor;
  /** Normal with mean 0 and standard deviation 1. */
  normal(shape: readonly number[]): tensorflow.Tensor;
}

/**
 * Where each picture's pixels come from, in pixels from its centre: the pixel at (X, Y) shows what was at
 * (xx·X + xy·Y + x, yx·X + yy·Y + y). `[batch]` each; what is absent is as in the identity.
 */
export type Placement = Partial<Readonly<Record<'xx' | 'xy' | 'x' | 'yx' | 'yy' | 'y', tensorflow.Tensor1D>>>;

export interface GeometryAugmentation<F extends Fields = Fields> extends Definition {
  readonly kind: 'geometry';
  readonly fields: F;
  /** Several in a row become one resampling. Called inside `tf.tidy`. */
  readonly placement: (
    tf: TensorFlow,
    values: ValuesOf<F>,
    draws: Draws,
    size: { readonly batch: number; readonly height: number; readonly width: number },
  ) => Placement;
}

export interface PixelAugmentation<F extends Fields = Fields> extends Definition {
  readonly kind: 'pixels';
  readonly fields: F;
  /** @param pictures `[batch, height, width, channels]` from 0 to 1, as what is returned. Called inside `tf.tidy`. */
  readonly change: (
    tf: TensorFlow,
    values: ValuesOf<F>,
    draws: Draws,
    pictures: tensorflow.Tensor4D,
  ) => tensorflow.Tensor4D;
}

export interface ValueAugmentation<F extends Fields = Fields> extends Definition {
  readonly kind: 'values';
  readonly fields: F;
  /** @param inputs `[batch, …]` prepared values of tables, as what is returned. Called inside `tf.tidy`. */
  readonly change: (tf: TensorFlow, values: ValuesOf<F>, draws: Draws, inputs: tensorflow.Tensor) => tensorflow.Tensor;
}

export interface CodeAugmentation<F extends Fields = Fields> extends Definition {
  readonly kind: 'codes';
  readonly fields: F;
  /** @param codes `[batch, length]` whole numbers, 0 where there is no token, as what is returned. Called inside `tf.tidy`. */
  readonly change: (tf: TensorFlow, values: ValuesOf<F>, draws: Draws, codes: tensorflow.Tensor) => tensorflow.Tensor;
}

export interface SpectrogramAugmentation<F extends Fields = Fields> extends Definition {
  readonly kind: 'spectrograms';
  readonly fields: F;
  /**
   * @param sounds `[batch, frames, bands, 1]` log-mel values, standardized: 0 is the mean of the training sounds, 1 their
   * spread; as what is returned. Called inside `tf.tidy`.
   */
  readonly change: (
    tf: TensorFlow,
    values: ValuesOf<F>,
    draws: Draws,
    sounds: tensorflow.Tensor4D,
  ) => tensorflow.Tensor4D;
}

/** One of the answers that examples are measured against; where there are several, their shares add up to 1. */
export interface TargetPart {
  /** As a loss takes it: `[batch]` int32 class indices, or `[batch, 1]` float32 numbers. */
  readonly target: tensorflow.Tensor;
  /** float32 `[batch]`: how much of each example has this target; absent where it is all. */
  readonly share?: tensorflow.Tensor1D | undefined;
  /** float32 `[batch]`: what the row of each target counts in the loss; absent where all count the same. */
  readonly weights?: tensorflow.Tensor1D | undefined;
}

/** A batch as a step trains on it. */
export interface Examples {
  /** float32 `[batch, …inputShape]`; pictures from 0 to 1. */
  readonly inputs: tensorflow.Tensor;
  readonly targets: readonly TargetPart[];
}

export interface ExampleAugmentation<F extends Fields = Fields> extends Definition {
  readonly kind: 'examples';
  readonly fields: F;
  /** Changes inputs and what they are measured against together. Called inside `tf.tidy`. */
  readonly change: (tf: TensorFlow, values: ValuesOf<F>, draws: Draws, examples: Examples) => Examples;
}

/** A random change of examples while training, so that the network meets each one in many forms. */
export type AugmentationDefinition<F extends Fields = Fields> =
  | GeometryAugmentation<F>
  | PixelAugmentation<F>
  | SpectrogramAugmentation<F>
  | ValueAugmentation<F>
  | CodeAugmentation<F>
  | ExampleAugmentation<F>;

export interface LossDefinition extends Definition {
  readonly formula: string;
  readonly target: Target['kind'];
  /**
   * @param target `[batch]` int32 class indices, or `[batch, 1]` float32 numbers; of a reconstruction the inputs themselves.
   * @param output `[batch, classes]` logits, or `[batch, 1]` numbers; of a reconstruction `[batch, size]`.
   * @returns `[batch]` losses, one per example.
   */
  readonly perExample: (tf: TensorFlow, target: tensorflow.Tensor, output: tensorflow.Tensor) => tensorflow.Tensor1D;
}

export interface MetricDefinition extends Definition {
  readonly better: 'higher' | 'lower';
  readonly format: 'percent' | 'number';
  readonly target: Target['kind'];
  /** As a loss: one value per example, whose mean over a part is `finish`ed into the metric. */
  readonly perExample: (tf: TensorFlow, target: tensorflow.Tensor, output: tensorflow.Tensor) => tensorflow.Tensor1D;
  /** e.g. the square root for RMSE; identity if absent. */
  readonly finish?: (mean: number) => number;
}

export interface TaskDefinition extends Definition {
  readonly glyph: string;
  /**
   * What an example is, which decides how it is read and the augmentations that fit. Of `steps` every row is a step in time and
   * an example a window of them; of `series` a row is a whole series, its numbers in the order of the columns.
   */
  readonly input: 'picture' | 'sound' | 'table' | 'text' | 'ratings' | 'steps' | 'series';
  /** Whether the task can be done with these columns and this target. */
  readonly fits: (columns: readonly Column[], target: Column) => boolean;
  /** Whether it can be done with these columns and no target; absent for tasks that need one. */
  readonly fitsAlone?: (columns: readonly Column[]) => boolean;
  readonly target: Target['kind'];
  /** Many columns fit that are not meant: offered last where no finding names the task. */
  readonly isParticular?: boolean;
  /** Loss and metric ids that may be chosen; the first is the default, the first metric decides what is best. */
  readonly losses: readonly string[];
  readonly metrics: readonly string[];
  /** Types that columns begin with, where those that were found are not meant. */
  readonly startingTypes?: (columns: readonly Column[], target: string) => Readonly<Record<string, ColumnType>>;
  /** Steps that the columns begin with, where those of their types are not meant. @param columns with the types in force. */
  readonly startingSteps?: (columns: readonly Column[], target: string) => ChosenSteps;
  /** Networks of three sizes; what a project starts with is one of them. */
  readonly presets: Presets;
  /** Networks that it offers beside those, by name. */
  readonly namedPresets?: readonly NamedPreset[];
  readonly defaultNetwork: PresetNetwork;
  readonly defaultSettings: (target: Target, rows: number) => TrainingSettings;
  /** Outputs of the network for this target: classes, steps, or 1. */
  readonly outputs: (target: Target) => number;
  /** Network outputs `[batch, outputs]` → what people read: probabilities per class, or numbers. */
  readonly decode: (tf: TensorFlow, output: tensorflow.Tensor) => tensorflow.Tensor;
}

/** A kind of data, told from the columns of a version. */
export interface FindingDefinition extends Definition {
  /** Of several that are likely, the lowest is meant. */
  readonly rank: number;
  /** Whether the columns allow it, so that a person may say that it is so. */
  readonly possible: (columns: readonly Column[]) => boolean;
  /** Whether the columns say so by themselves. */
  readonly likely: (columns: readonly Column[]) => boolean;
  /** One sentence about the data at hand. */
  readonly sentence: (version: { readonly rowCount: number; readonly columns: readonly Column[] }) => Text;
  /** What such data is for: ids of tasks, whether or not the catalog has them yet, with a name for those it has not. */
  readonly tasks: readonly { readonly id: string; readonly label: Text }[];
}

export interface SampleDefinition extends Definition {
  /** Place in the gallery, the lowest first: what a beginner understands at a glance before what takes reading. */
  readonly rank: number;
  /** Task id, for the gallery's card. */
  readonly task: string;
  readonly rows: number;
  /** Source id that reads it, and its files below `resources/samples/` (or a package's files copied there at set-up). */
  readonly source: string;
  readonly files: readonly string[];
  readonly target: string;
  readonly licence: string;
  /** Seconds to a first trained model on two processor cores, as measured. */
  readonly secondsToFirstResult: number;
  /** Kept out of the gallery: for tests and for the self-test of an installed app. */
  readonly hidden?: boolean;
}

/** Keep a definition's field types while it is written; the registry holds the general type. */
export function defineOptimizer<const F extends Fields>(definition: OptimizerDefinition<F>): OptimizerDefinition<F> {
  return definition;
}
export function defineSchedule<const F extends Fields>(definition: ScheduleDefinition<F>): ScheduleDefinition<F> {
  return definition;
}
export function defineAugmentation<const F extends Fields>(
  definition: AugmentationDefinition<F>,
): AugmentationDefinition<F> {
  return definition;
}
