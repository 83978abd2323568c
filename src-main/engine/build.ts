/** A network's description → a tfjs layers model (a plain chain, or a graph where branches part and join), with weights drawn from the seed. */
import type * as tensorflow from '@tensorflow/tfjs';
import { graphOf, isChain, layers, parseFields, requireValidNetwork, type PretrainedSource } from '../catalog';
import { seedFrom } from '../catalog/random';
import { CodedError, type NetworkSpec, type Shape } from '../contract';
import { purpose } from './random';
import type { TensorFlow } from './tf';

/**
 * @param inputShape of one example; @param outputs how many numbers the network must give.
 * @param seed decides the first weights and the randomness of layers: one number of it per layer.
 * @param pretrained gives layers that were trained before their weights: needed where the network has one.
 * @throws CodedError `network-empty`, `network-invalid`, `pretrained-unreadable`.
 */
export function buildModel(
  tf: TensorFlow,
  network: NetworkSpec,
  inputShape: Shape,
  outputs: number,
  seed: number,
  pretrained?: PretrainedSource,
): tensorflow.LayersModel {
  requireValidNetwork(network, inputShape, outputs);
  const chain = isChain(network);
  const built = network.layers.map((spec, index) => {
    const definition = layers.get(spec.type);
    const values = parseFields(definition.fields, spec.fields, definition.label.en);
    return definition.build(tf, values, {
      name: spec.id,
      seed: seedFrom(seed, purpose.layer, index),
      pretrained,
      ...(chain && index === 0 ? { inputShape } : {}),
    });
  });
  return chain ? tf.sequential({ layers: built }) : connected(tf, network, inputShape, built);
}

/** The layers connected as the network says, which is valid. */
function connected(
  tf: TensorFlow,
  network: NetworkSpec,
  inputShape: Shape,
  built: readonly tensorflow.layers.Layer[],
): tensorflow.LayersModel {
  const { sources, order, output } = graphOf(network);
  const data = tf.input({ shape: [...inputShape] });
  const results: tensorflow.SymbolicTensor[] = [];
  for (const index of order) {
    const from = (sources[index] ?? []).map((source) => (typeof source === 'number' ? results[source] : data) ?? data);
    const [single, ...others] = from;
    // A layer is applied to one tensor alone where it takes one.
    const result = built[index]?.apply(single && others.length === 0 ? single : from);
    results[index] = result as tensorflow.SymbolicTensor;
  }
  const outputs = results[output ?? -1];
  if (!outputs) throw new CodedError('network-empty');
  return tf.model({ inputs: data, outputs });
}

/** Whether training it needs the gradient of a convolution or of pooling, which wasm lacks. */
export function hasConvolution(network: NetworkSpec): boolean {
  return network.layers.some(
    (spec) => layers.has(spec.type) && ['convolution', 'pooling', 'pretrained'].includes(layers.get(spec.type).group),
  );
}

/** Whether it has a layer that is several times faster with the project's own kernels. */
export function hasRecurrent(network: NetworkSpec): boolean {
  return network.layers.some((spec) => layers.has(spec.type) && layers.get(spec.type).group === 'recurrent');
}
