/** A network's description → a tfjs layers model, with weights drawn from the seed. */
import type * as tensorflow from '@tensorflow/tfjs';
import { layers, parseFields, requireValidNetwork } from '../catalog';
import { seedFrom } from '../catalog/random';
import type { NetworkSpec, Shape } from '../contract';
import { purpose } from './random';
import type { TensorFlow } from './tf';

/**
 * @param inputShape of one example; @param outputs how many numbers the network must give.
 * @param seed decides the first weights and the randomness of layers: one number of it per layer.
 * @throws CodedError `network-empty`, `network-invalid`.
 */
export function buildModel(
  tf: TensorFlow,
  network: NetworkSpec,
  inputShape: Shape,
  outputs: number,
  seed: number,
): tensorflow.Sequential {
  requireValidNetwork(network, inputShape, outputs);
  const built = network.layers.map((spec, index) => {
    const definition = layers.get(spec.type);
    const values = parseFields(definition.fields, spec.fields, definition.label.en);
    return definition.build(tf, values, {
      name: spec.id,
      seed: seedFrom(seed, purpose.layer, index),
      ...(index === 0 ? { inputShape } : {}),
    });
  });
  return tf.sequential({ layers: built });
}

/** Whether training it needs the gradient of a convolution, which wasm lacks. */
export function hasConvolution(network: NetworkSpec): boolean {
  return network.layers.some((spec) => layers.has(spec.type) && layers.get(spec.type).group === 'convolution');
}

/** Whether it has a layer that is several times faster with the project's own kernels. */
export function hasRecurrent(network: NetworkSpec): boolean {
  return network.layers.some((spec) => layers.has(spec.type) && layers.get(spec.type).group === 'recurrent');
}
