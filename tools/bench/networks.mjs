/** The networks of the peers (`shared/peers/peer.py`), for every bench: as layers of the catalog, and as stock tfjs layers. */

/** @typedef {{ inputShape: number[], layers: [type: string, fields: Record<string, unknown>][] }} Network */

/** @type {Record<string, Network>} */
export const networks = {
  mlp: {
    inputShape: [784],
    layers: [
      ['dense', { units: 256 }],
      ['dense', { units: 128 }],
      ['dense', { units: 10, activation: 'linear' }],
    ],
  },
  cnn: {
    inputShape: [28, 28, 1],
    layers: [
      ['conv2d', { filters: 32 }],
      ['max-pooling2d', {}],
      ['batch-normalization', {}],
      ['conv2d', { filters: 64 }],
      ['max-pooling2d', {}],
      ['flatten', {}],
      ['dense', { units: 128 }],
      ['dense', { units: 10, activation: 'linear' }],
    ],
  },
  lstm: {
    inputShape: [28, 28],
    layers: [
      ['lstm', { units: 64 }],
      ['dense', { units: 10, activation: 'linear' }],
    ],
  },
};

/** @param {string} name @returns {Network} */
export function networkOf(name) {
  const network = networks[name];
  if (!network) throw new Error(`The network is one of ${Object.keys(networks).join(', ')}`);
  return network;
}

/** @param {Network} network as `NetworkSpec.layers` */
export function layersOf({ layers }) {
  return layers.map(([type, fields], index) => ({ id: `layer-${index}`, type, fields }));
}

/**
 * The same network of tfjs's own layers.
 * @param {import('@tensorflow/tfjs')} tf @param {string} name
 */
export function stockModel(tf, name) {
  const L = tf.layers;
  const { inputShape } = networkOf(name);
  const relu = /** @type {const} */ ({ activation: 'relu' });
  const layers = {
    mlp: () => [L.dense({ units: 256, ...relu, inputShape }), L.dense({ units: 128, ...relu }), L.dense({ units: 10 })],
    cnn: () => [
      L.conv2d({ filters: 32, kernelSize: 3, ...relu, inputShape }),
      L.maxPooling2d({ poolSize: 2 }),
      L.batchNormalization(),
      L.conv2d({ filters: 64, kernelSize: 3, ...relu }),
      L.maxPooling2d({ poolSize: 2 }),
      L.flatten(),
      L.dense({ units: 128, ...relu }),
      L.dense({ units: 10 }),
    ],
    lstm: () => [L.lstm({ units: 64, inputShape }), L.dense({ units: 10 })],
  }[name];
  return tf.sequential({ layers: layers?.() ?? [] });
}
