/**
 * What the recurrent layers share: a layer that runs one cell over all steps of a sequence, through the engine's own kernel
 * where it is loaded, else composed of TensorFlow's ops; its fields, its shapes, its first weights.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../contract';
import type { ShapeProblem, TensorFlow } from './definitions';
import { integer, toggle } from './fields';
import { computedValues, ownLayer, type LayerContext, type OwnWeight } from './own-layer';
import { generator, seedFrom, type Generator } from './random';
import { cells, type CellKind } from './recurrent-cells';
import { initializerField, kernelInitializer, regularizer, regularizerFields, type Initializer } from './weights';

export const recurrentFields = {
  units: integer({
    label: { en: 'Units', zh: '单元数' },
    help: {
      en: 'How many numbers the layer remembers from step to step. More can remember more, and take longer.',
      zh: '该层在步与步之间记住多少个数。越多能记住的越多，也越慢。',
    },
    default: 64,
    minimum: 1,
    maximum: 4096,
  }),
  everyStep: toggle({
    label: { en: 'Output at every step', zh: '每步都输出' },
    help: {
      en: 'On: one row of numbers per step, for another recurrent layer. Off: only what it remembers after the last step.',
      zh: '开：每一步输出一行数，供下一个循环层使用。关：只输出最后一步之后记住的内容。',
    },
    default: false,
  }),
};

export const recurrentWeightFields = { initializer: initializerField, ...regularizerFields };

/** Words of a recurrent layer in a list: "64" or "64 · every step". */
export function recurrentSummary({ units, everyStep }: { readonly units: number; readonly everyStep: boolean }) {
  return everyStep ? { en: `${units} · every step`, zh: `${units} · 每步输出` } : { en: `${units}`, zh: `${units}` };
}

/** `[steps, features]` → `[steps, units]` or `[units]`; a picture or a single row is mended by Reshape. */
export function recurrentShape(
  { units, everyStep }: { readonly units: number; readonly everyStep: boolean },
  input: Shape,
): Shape | ShapeProblem {
  const [steps] = input;
  if (input.length === 2 && steps !== undefined) return everyStep ? [steps, units] : [units];
  return {
    problem: {
      en: `This layer needs steps × values per example, but gets the shape ${input.join(' × ')}.`,
      zh: `该层要求每个样本是“步数 × 每步的数”，但得到的形状是 ${input.join(' × ')}。`,
    },
    repair: { label: { en: 'Put Reshape before it', zh: '在它前面加“重排”' }, insertBefore: 'reshape' },
  };
}

/** Weights of inputs and of previous outputs and biases: `columns · units · (features + units)` and the biases. */
export function recurrentParameters(kind: CellKind, units: number, input: Shape) {
  const { columns, biasRows } = cells[kind];
  return { trainable: columns * units * ((input[1] ?? 0) + units + biasRows), fixed: 0 };
}

/** Products with inputs and with previous outputs, at every step. */
export function recurrentMultiplyAdds(kind: CellKind, units: number, [steps = 0, features = 0]: Shape): number {
  return steps * cells[kind].columns * units * (features + units);
}

export interface RecurrentOptions {
  readonly kind: CellKind;
  readonly units: number;
  readonly everyStep: boolean;
  readonly initializer: Initializer;
  readonly l1: number;
  readonly l2: number;
}

/** Names and order of a recurrent layer's weights. */
export type RecurrentWeight = 'kernel' | 'recurrent_kernel' | 'bias';

/**
 * The weights of one cell. Input weights are drawn as chosen, recurrent ones orthogonal (Saxe et al. 2014), so that what is
 * remembered neither grows nor fades at first.
 * @param features of each step that comes in.
 */
export function recurrentWeights(
  tf: TensorFlow,
  options: Omit<RecurrentOptions, 'everyStep'>,
  features: number,
  seed: number,
): Record<RecurrentWeight, OwnWeight> {
  const { kind, units } = options;
  const { columns, biasRows, firstBias } = cells[kind];
  const width = columns * units;
  return {
    kernel: {
      shape: [features, width],
      initializer: kernelInitializer(tf, options.initializer, seed),
      regularizer: regularizer(tf, options),
    },
    recurrent_kernel: {
      shape: [units, width],
      initializer: computedValues(tf, () => orthogonalRows(units, width, seedFrom(seed, 1))),
    },
    bias: {
      shape: biasRows === 1 ? [width] : [biasRows, width],
      initializer: firstBias ? computedValues(tf, () => firstBias(units)) : tf.initializers.zeros(),
    },
  };
}

/** A layer `[batch, steps, features]` → `[batch, steps, units]`, or `[batch, units]` of the last step. Begins from zeros. */
export function recurrentLayer(tf: TensorFlow, options: RecurrentOptions, context: LayerContext) {
  return ownLayer<RecurrentWeight>(tf, context, {
    className: 'Recurrent',
    outputShape: (input) => recurrentShape(options, input),
    weights: ([, features = 0]) => recurrentWeights(tf, options, features, context.seed),
    call: (input, { weights }) => runCell(tf, options, input, weights),
  });
}

/** All steps of `[batch, steps, features]` through one cell, from zeros: `[batch, steps, units]`, or `[batch, units]`. */
export function runCell(
  tf: TensorFlow,
  { kind, everyStep }: Pick<RecurrentOptions, 'kind' | 'everyStep'>,
  input: tensorflow.Tensor,
  { kernel, recurrent_kernel: recurrent, bias }: Readonly<Record<RecurrentWeight, tensorflow.Tensor>>,
): tensorflow.Tensor {
  const weights = [kernel, recurrent, bias] as const;
  const x = input as tensorflow.Tensor3D;
  return tf.getKernel('TandemRecurrent', tf.getBackend())
    ? throughKernel(tf, kind, everyStep, x, weights)
    : tf.tidy(() => cells[kind].composed(tf, x, weights, everyStep));
}

type Weights = readonly [kernel: tensorflow.Tensor, recurrent: tensorflow.Tensor, bias: tensorflow.Tensor];

/** All steps in one kernel forward and one backward; `d`, the gradient of every sum, also gives that of the input. */
function throughKernel(tf: TensorFlow, kind: CellKind, everyStep: boolean, x: tensorflow.Tensor3D, weights: Weights) {
  const run = (name: string, inputs: Record<string, tensorflow.Tensor>) =>
    tf.engine().runKernel(name, inputs, { cell: kind }) as tensorflow.Tensor[];
  const operation = tf.customGrad((...given) => {
    const save = given.pop() as (tensors: tensorflow.Tensor[]) => void;
    const [input, kernel, recurrent, bias] = given as tensorflow.Tensor[];
    if (!input || !kernel || !recurrent || !bias) throw new Error('A recurrent layer was called without its weights');
    const [h, last, gates, states] = run('TandemRecurrent', { x: input, kernel, recurrent, bias });
    if (!h || !last || !gates || !states) throw new Error('The recurrent kernel gave too little');
    save([input, kernel, recurrent, h, gates, states]);
    return {
      value: everyStep ? h : last,
      gradFunc: (dy, saved) => gradients(tf, run, dy, saved, bias.shape),
    };
  });
  return operation(x, ...weights);
}

function gradients(
  tf: TensorFlow,
  run: (name: string, inputs: Record<string, tensorflow.Tensor>) => tensorflow.Tensor[],
  dy: tensorflow.Tensor | tensorflow.Tensor[],
  saved: tensorflow.Tensor[],
  biasShape: number[],
): tensorflow.Tensor[] {
  const [x, kernel, recurrent, h, gates, states] = saved;
  if (!x || !kernel || !recurrent || !h || !gates || !states || Array.isArray(dy)) {
    throw new Error('The recurrent kernel was asked for gradients of what it did not keep');
  }
  const [d, ofKernel, ofRecurrent, ofBias] = run('TandemRecurrentGrad', {
    ...{ x, recurrent, h, gates, cells: states, dy },
  });
  if (!d || !ofKernel || !ofRecurrent || !ofBias) throw new Error('The recurrent kernel gave too few gradients');
  const [features = 0, width = 0] = kernel.shape;
  const wide = d.shape[2] ?? 0;
  // A GRU's sums of previous outputs have a slot that no input weight reaches.
  const padded = wide === width ? kernel : tf.pad(kernel, [[0, 0], [0, wide - width]]); // prettier-ignore
  const ofInput = tf.matMul(d.reshape([-1, wide]), padded as tensorflow.Tensor2D, false, true);
  return [ofInput.reshape([-1, x.shape[1] ?? 0, features]), ofKernel, ofRecurrent, ofBias.reshape(biasShape)];
}

/** Largest matrix side that is made exactly orthogonal; beyond it random rows are nearly so, and the work would show. */
const largestExact = 512;

/** Rows of length 1 that stand at right angles, by Gram–Schmidt on normal numbers: `[rows, columns]`, columns ≥ rows. */
function orthogonalRows(rows: number, columns: number, seed: number): Float32Array {
  const next = generator(seed);
  const values = Float64Array.from({ length: rows * columns }, () => normal(next));
  for (let row = 0; row < rows; row++) {
    const current = values.subarray(row * columns, (row + 1) * columns);
    for (let other = 0; other < (rows <= largestExact ? row : 0); other++) {
      const earlier = values.subarray(other * columns, (other + 1) * columns);
      const shared = dot(current, earlier);
      for (let i = 0; i < columns; i++) current[i] = (current[i] ?? 0) - shared * (earlier[i] ?? 0);
    }
    const length = Math.sqrt(dot(current, current));
    for (let i = 0; i < columns; i++) current[i] = (current[i] ?? 0) / length;
  }
  return Float32Array.from(values);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** One number of the normal distribution (Box & Muller 1958). */
function normal(next: Generator): number {
  const [first, second] = [(next() + 0.5) / 2 ** 32, next() / 2 ** 32];
  return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second);
}
