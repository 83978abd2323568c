/**
 * What layers and blocks of layers are made of. Most layers take one input and are written with `defineLayer`; those that
 * join branches with `defineMergingLayer`. Whoever uses layers sees one form of both.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { FieldValues, LayerSpec, Shape, Step, Text } from '../contract';
import type { Definition, TensorFlow } from './definition-parts';
import type { Fields, ValuesOf } from './fields';
import type { PretrainedSource, PretrainedWeights } from './pretrained';

/** What one click does about a problem of a layer. */
export interface Repair {
  readonly label: Text;
  /** Puts a layer of this type before the one with the problem, with these fields where they are not its defaults. */
  readonly insertBefore?: string;
  readonly fields?: FieldValues;
  /** Before which of its inputs that is, the first if absent; `all` joins them in the new layer. */
  readonly on?: number | 'all';
  /** Sets fields of the layer. */
  readonly set?: FieldValues;
  /** Makes the layer take these inputs. */
  readonly inputs?: readonly string[];
  /** Takes these layers out. */
  readonly remove?: readonly string[];
}

/** A shape that a layer cannot take, said at the layer, with a repair where one click can mend it. */
export interface ShapeProblem {
  readonly problem: Text;
  readonly repair?: Repair;
}

export interface ParameterCount {
  readonly trainable: number;
  /** Counted but not changed by gradients, as batch normalization's moving statistics. */
  readonly fixed: number;
}

interface AnyLayerDefinition<F extends Fields> extends Definition {
  /** A lucide icon name. */
  readonly glyph: string;
  readonly group:
    | 'core'
    | 'convolution'
    | 'pooling'
    | 'recurrent'
    | 'attention'
    | 'regularization'
    | 'shape'
    | 'merge'
    | 'pretrained';
  readonly fields: F;
  /** The formula of the field, in plain text. */
  readonly formula: string;
  /** The main thing to see in a list, e.g. "128 · ReLU". */
  readonly summary: (values: ValuesOf<F>) => Text;
  /**
   * @param context.name names the layer's weights; @param context.seed seeds its initializers and randomness;
   * @param context.inputShape is set on the first layer of a chain only;
   * @param context.pretrained gives pretrained layers their weights.
   */
  readonly build: (
    tf: TensorFlow,
    values: ValuesOf<F>,
    context: {
      readonly name: string;
      readonly seed: number;
      readonly inputShape?: Shape;
      readonly pretrained?: PretrainedSource | undefined;
    },
  ) => tensorflow.layers.Layer;
  /** Where its weights come from, in layers that were trained before. */
  readonly pretrained?: PretrainedWeights;
  /** Name of the field that says how many different codes it looks up; absent for layers that take numbers as they are. */
  readonly codesField?: string;
  /** How many codes its weights were learnt for: the data must be codes of just that vocabulary. */
  readonly codesNeeded?: number;
  /** How it is read from a file of Keras or tfjs; absent where those have no such layer. */
  readonly keras?: KerasForm;
}

/** The settings of a layer as Keras writes them in JSON: of unknown make. */
export type KerasConfig = Readonly<Record<string, unknown>>;

export interface KerasForm {
  /** Keras's names for it. */
  readonly classNames: readonly string[];
  /** Names of the tensors that it is called with, in the order in which they are its inputs; absent where it takes them unnamed. */
  readonly inputNames?: readonly string[];
  /** Of several layers that a class may be: whether it is this one, taking from the layers of these names. */
  readonly takes?: (from: readonly string[]) => boolean;
  /**
   * The fields that a configuration means, to be checked as any fields are. Beside it stands what the layer was called with.
   * @throws KerasMismatch where it asks for what this layer can't do.
   */
  readonly read: (config: KerasConfig, className: string) => FieldValues;
}

/** How the conformance suite's example of a layer differs from any numbers and from the defaults. */
interface ExampleTraits {
  /** Its inputs are whole numbers below this, where the layer looks them up. */
  readonly vocabulary?: number;
  /** Fields in place of the defaults, where those would make a large layer slow. */
  readonly fields?: FieldValues;
}

/** How a layer that takes one input is written. */
export interface SingleInputLayer<F extends Fields> extends AnyLayerDefinition<F> {
  /** Shape of one example in and out, without the batch. */
  readonly outputShape: (values: ValuesOf<F>, input: Shape) => Shape | ShapeProblem;
  readonly parameters: (values: ValuesOf<F>, input: Shape) => ParameterCount;
  /**
   * Multiplications with an addition for one example. If absent, every weight is used once for each place of the output:
   * each of its sides but the last.
   */
  readonly multiplyAdds?: (values: ValuesOf<F>, input: Shape, output: Shape) => number;
  /** An input that the conformance suite builds the layer on. */
  readonly example: { readonly input: Shape } & ExampleTraits;
}

/** A layer as everything uses it, whatever number of inputs it takes. */
export interface LayerDefinition<F extends Fields = Fields> extends AnyLayerDefinition<F> {
  /** How many inputs it takes. */
  readonly inputs: { readonly minimum: number; readonly maximum: number };
  /** What each input is for, in their order, in layers that do not treat all alike. */
  readonly inputNames?: readonly Text[];
  /** Shapes of one example in and out, without the batch; as many as `inputs` says. */
  readonly outputShape: (values: ValuesOf<F>, inputs: readonly Shape[]) => Shape | ShapeProblem;
  readonly parameters: (values: ValuesOf<F>, inputs: readonly Shape[]) => ParameterCount;
  /** Multiplications with an addition for one example. */
  readonly multiplyAdds: (values: ValuesOf<F>, inputs: readonly Shape[], output: Shape) => number;
  /** Inputs that the conformance suite builds the layer on. */
  readonly example: { readonly inputs: readonly Shape[] } & ExampleTraits;
}

/** What a block needs that takes the place of all layers but the last. */
export interface Replacing {
  /** What the examples of its tasks are. */
  readonly input: 'picture' | 'sound' | 'text';
  /** By which the column of texts has to be prepared. */
  readonly textSteps?: readonly Step[];
  /** Id of the spectrogram that sounds have to become. */
  readonly spectrogram?: string;
  /** Fields that the layer that answers gets. */
  readonly answer?: FieldValues;
}

/** A part of a network that is put in as one thing, such as a residual block. */
export interface BlockDefinition<F extends Fields = Fields> extends Definition {
  /** A lucide icon name. */
  readonly glyph: string;
  /** For one that is a network but for the layer that answers: it goes to the beginning, in place of all layers but that. */
  readonly replaces?: Replacing;
  readonly fields: F;
  /**
   * The layers, sources before what takes from them, the last one's output being the block's. Their ids are unique within
   * the block; `dataSource` stands for what the block is put after.
   * @param input shape of one example that comes in, without the batch.
   */
  readonly layers: (values: ValuesOf<F>, input: Shape) => readonly LayerSpec[] | ShapeProblem;
  /** An input that the conformance suite builds the defaults on. */
  readonly example: { readonly input: Shape };
}

export type ReplacingBlock = BlockDefinition & { readonly replaces: Replacing };

const nothing: Shape = [];

/** A layer that takes one input, brought to the general form. */
export function defineLayer<const F extends Fields>(definition: SingleInputLayer<F>): LayerDefinition<F> {
  const { outputShape, parameters, multiplyAdds } = definition;
  const { input: exampleInput, ...traits } = definition.example;
  return {
    ...definition,
    inputs: { minimum: 1, maximum: 1 },
    outputShape: (values, [input = nothing]) => outputShape(values, input),
    parameters: (values, [input = nothing]) => parameters(values, input),
    multiplyAdds(values, [input = nothing], output) {
      if (multiplyAdds) return multiplyAdds(values, input, output);
      const places = output.slice(0, -1).reduce((product, side) => product * side, 1);
      return parameters(values, input).trainable * places;
    },
    example: { inputs: [exampleInput], ...traits },
  };
}

/** A layer that joins branches. Keeps the types of its fields while it is written; the registry holds the general one. */
export function defineMergingLayer<const F extends Fields>(definition: LayerDefinition<F>): LayerDefinition<F> {
  return definition;
}
export function defineBlock<const F extends Fields>(definition: BlockDefinition<F>): BlockDefinition<F> {
  return definition;
}
