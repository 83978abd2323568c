/**
 * The cells of recurrent layers: how many columns their weights have, how they begin, and how they are composed of
 * TensorFlow's ops with as few as possible per step: one product for the inputs of all steps, one per step for the previous
 * outputs, one activation for all gates. The engine's kernels compute the same.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { TensorFlow } from './definitions';

export type CellKind = 'lstm' | 'gru' | 'tanh' | 'relu';
type Weights = readonly [kernel: tensorflow.Tensor, recurrent: tensorflow.Tensor, bias: tensorflow.Tensor];

export interface Cell {
  /** Columns of each weight matrix per unit. */
  readonly columns: number;
  /** A GRU has biases of inputs and of previous outputs. */
  readonly biasRows: 1 | 2;
  readonly firstBias?: (units: number) => Float32Array;
  /**
   * @param x `[batch, steps, features]`. @returns `[batch, steps, units]`, or `[batch, units]`.
   */
  readonly composed: (
    tf: TensorFlow,
    x: tensorflow.Tensor3D,
    weights: Weights,
    everyStep: boolean,
  ) => tensorflow.Tensor;
}

export const cells: Readonly<Record<CellKind, Cell>> = {
  lstm: {
    columns: 4,
    biasRows: 1,
    // The forget gate begins open (Jozefowicz et al. 2015), so that the layer remembers before it has learnt to.
    firstBias: (units) => new Float32Array(4 * units).fill(1, units, 2 * units),
    composed: composedLstm,
  },
  gru: { columns: 3, biasRows: 2, composed: composedGru },
  tanh: { columns: 1, biasRows: 1, composed: (tf, x, weights, all) => composedSimple(tf, x, weights, all, tf.tanh) },
  relu: { columns: 1, biasRows: 1, composed: (tf, x, weights, all) => composedSimple(tf, x, weights, all, tf.relu) },
};

/** x · W + b of all steps in one product, cut into one `[batch, columns]` per step. */
function projections(tf: TensorFlow, x: tensorflow.Tensor3D, kernel: tensorflow.Tensor, bias: tensorflow.Tensor) {
  const [, steps, features] = x.shape;
  const product: tensorflow.Tensor2D = tf.add(
    tf.matMul(x.reshape([-1, features]), kernel as tensorflow.Tensor2D),
    bias,
  );
  // tfjs has no gradient for taking a single step apart.
  if (steps === 1) return [product];
  return tf.unstack(product.reshape([-1, steps, kernel.shape[1] ?? 0]), 1) as tensorflow.Tensor2D[];
}

function collected(tf: TensorFlow, outputs: readonly tensorflow.Tensor2D[], everyStep: boolean): tensorflow.Tensor {
  const last = outputs[outputs.length - 1];
  if (!last) throw new Error('A recurrent layer was given no step');
  return everyStep ? tf.stack([...outputs], 1) : last;
}

/** i, f, g, o; σ(z) = tanh(z / 2) / 2 + 1 / 2, so that one tanh serves all four, the halving being done once in the weights. */
function composedLstm(tf: TensorFlow, x: tensorflow.Tensor3D, [kernel, recurrent, bias]: Weights, everyStep: boolean) {
  const units = recurrent.shape[0] ?? 0;
  const column = (gate: number, candidate: number) =>
    Float32Array.from({ length: 4 * units }, (_, i) => (i >= 2 * units && i < 3 * units ? candidate : gate));
  const scale = tf.tensor1d(column(0.5, 1));
  const shift = tf.tensor1d(column(0.5, 0));
  const previous = tf.mul(recurrent, scale) as tensorflow.Tensor2D;
  let h: tensorflow.Tensor2D | null = null;
  let c: tensorflow.Tensor2D | null = null;
  const outputs = projections(tf, x, tf.mul(kernel, scale), tf.mul(bias, scale)).map((input) => {
    const sum = h ? tf.add(input, tf.matMul(h, previous)) : input;
    const gates = tf.add(tf.mul(tf.tanh(sum), scale), shift) as tensorflow.Tensor2D;
    const [i, f, g, o] = tf.split(gates, 4, 1) as [tensorflow.Tensor2D, ...tensorflow.Tensor2D[]];
    if (!f || !g || !o) throw new Error('An LSTM has four gates');
    const written: tensorflow.Tensor2D = tf.mul(i, g);
    const state: tensorflow.Tensor2D = c ? tf.add(tf.mul(f, c), written) : written;
    c = state;
    const output: tensorflow.Tensor2D = tf.mul(o, tf.tanh(state));
    h = output;
    return output;
  });
  return collected(tf, outputs, everyStep);
}

/** z, r, n; the reset gate acts on the product of the previous output ("reset after", as in cuDNN, PyTorch and Keras). */
function composedGru(tf: TensorFlow, x: tensorflow.Tensor3D, [kernel, recurrent, bias]: Weights, everyStep: boolean) {
  const units = recurrent.shape[0] ?? 0;
  const [ofInputs, ofOutputs] = tf.unstack(bias) as [tensorflow.Tensor, ...tensorflow.Tensor[]];
  if (!ofOutputs) throw new Error('A GRU has two rows of biases');
  let h: tensorflow.Tensor2D = tf.zeros([x.shape[0], units]);
  const outputs = projections(tf, x, kernel, ofInputs).map((input) => {
    const previous = tf.add(tf.matMul(h, recurrent as tensorflow.Tensor2D), ofOutputs);
    const cut = (whole: tensorflow.Tensor) => tf.split(whole, [2 * units, units], 1);
    const [[inputGates, inputNew], [previousGates, previousNew]] = [cut(input), cut(previous)];
    if (!inputGates || !inputNew || !previousGates || !previousNew) throw new Error('A GRU has three gates');
    const [z, r] = tf.split(tf.sigmoid(tf.add(inputGates, previousGates)), 2, 1);
    if (!z || !r) throw new Error('A GRU has three gates');
    const n = tf.tanh(tf.add(inputNew, tf.mul(r, previousNew)));
    h = tf.add(n, tf.mul(z, tf.sub(h, n)));
    return h;
  });
  return collected(tf, outputs, everyStep);
}

function composedSimple(
  tf: TensorFlow,
  x: tensorflow.Tensor3D,
  [kernel, recurrent, bias]: Weights,
  everyStep: boolean,
  activation: (sum: tensorflow.Tensor2D) => tensorflow.Tensor2D,
) {
  let h: tensorflow.Tensor2D | null = null;
  const outputs = projections(tf, x, kernel, bias).map((input) => {
    const output: tensorflow.Tensor2D = activation(
      h ? tf.add(input, tf.matMul(h, recurrent as tensorflow.Tensor2D)) : input,
    );
    h = output;
    return output;
  });
  return collected(tf, outputs, everyStep);
}
