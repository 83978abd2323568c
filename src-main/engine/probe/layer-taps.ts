/** What a network's layers make of a batch, all in one pass, and the weights that each of them trains. */
import type * as tensorflow from '@tensorflow/tfjs';
import { layers, parseFields } from '../../catalog';
import type { FieldValues, LayerSpec, NetworkSpec } from '../../contract';
import type { TensorFlow } from '../tf';
import { ownWeights, type Weight } from '../weights';

export interface Tap {
  readonly layer: string;
  /** Whether its values are those of ReLU, so that a unit can be dead. */
  readonly isRectified: boolean;
  /** What it trains, and the place of each among the model's own weights. */
  readonly weights: readonly { readonly weight: Weight; readonly place: number }[];
}

export interface TappedModel {
  /** In the order of the network. */
  readonly taps: readonly Tap[];
  /**
   * @param run applies the model that it is given. @returns the network's output, what its last layer with weights is given, and what
   * each tapped layer makes; some are one tensor.
   */
  apply(run: (model: tensorflow.LayersModel) => tensorflow.Tensor | tensorflow.Tensor[]): Made;
}

export interface Made {
  readonly output: tensorflow.Tensor;
  readonly hidden: tensorflow.Tensor;
  readonly layers: readonly tensorflow.Tensor[];
}

/** It shares the model's layers: who owns the model disposes of them. */
export function tapped(tf: TensorFlow, model: tensorflow.LayersModel, network: NetworkSpec): TappedModel {
  const own = ownWeights(model);
  const trained = new Set<Weight>(model.trainableWeights);
  const found = network.layers.map((spec) => {
    const layer = model.getLayer(spec.id);
    const weights = layer.weights
      .map((weight) => ({ weight, place: own.indexOf(weight) }))
      .filter(({ weight, place }) => place >= 0 && trained.has(weight));
    return { layer, tap: { layer: spec.id, isRectified: isRectified(spec), weights } };
  });
  const last = found.findLast(({ tap }) => tap.weights.length > 0)?.layer;
  const wanted = [
    single(model.outputs),
    last ? single(last.input) : single(model.inputs),
    ...found.map(({ layer }) => single(layer.output)),
  ];
  // A model gives each tensor once.
  const outputs = [...new Set(wanted)];
  const whole = tf.model({ inputs: model.inputs, outputs });
  return {
    taps: found.map(({ tap }) => tap),
    apply(run) {
      const made = [run(whole)].flat();
      const [output, hidden, ...layers] = wanted.map((symbolic) => {
        const tensor = made[outputs.indexOf(symbolic)];
        if (!tensor) throw new Error('A layer gave nothing');
        return tensor;
      });
      if (!output || !hidden) throw new Error('The network gave nothing');
      return { output, hidden, layers };
    },
  };
}

function isRectified({ type, fields }: LayerSpec): boolean {
  const definition = layers.get(type);
  if (definition.group === 'recurrent' || definition.group === 'attention') return false;
  const values: FieldValues = parseFields(definition.fields, fields, definition.label.en);
  return values['activation'] === 'relu';
}

function single(symbolic: tensorflow.SymbolicTensor | tensorflow.SymbolicTensor[]): tensorflow.SymbolicTensor {
  const first = Array.isArray(symbolic) ? symbolic[0] : symbolic;
  if (!first) throw new Error('A layer without a tensor');
  return first;
}
