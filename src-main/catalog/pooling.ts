/** What the pooling layers share: fields, shapes, and pooling over a whole sequence or picture. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../contract';
import type { ShapeProblem, TensorFlow } from './definitions';
import { integer, type ValuesOf } from './fields';
import { ownLayer, type LayerContext } from './own-layer';
import { presentSteps } from './padding-steps';
import { sequenceShape, windowTooLong } from './sequence-shapes';
import { paddingField, pictureShape, windowPlaces, windowShape } from './shapes';

export const poolFields1d = {
  poolSize: integer({
    label: { en: 'Window', zh: '窗口' },
    help: {
      en: 'How many steps become one, and how far the window moves. 2 halves the length.',
      zh: '多少步合成一步，也是窗口每次移动的距离。2 使长度减半。',
    },
    default: 2,
    minimum: 2,
    maximum: 256,
  }),
  padding: paddingField,
};

export const poolFields2d = {
  poolSize: integer({
    label: { en: 'Window', zh: '窗口' },
    help: {
      en: 'Side of the square window, and how far it moves. 2 halves the size.',
      zh: '正方形窗口的边长，也是每次移动的距离。2 使尺寸减半。',
    },
    default: 2,
    minimum: 2,
    maximum: 64,
  }),
  padding: paddingField,
};

export const poolSummary1d = ({ poolSize }: ValuesOf<typeof poolFields1d>) => ({
  en: `${poolSize} steps`,
  zh: `${poolSize} 步`,
});

export const poolSummary2d = ({ poolSize }: ValuesOf<typeof poolFields2d>) => ({
  en: `${poolSize} × ${poolSize}`,
  zh: `${poolSize} × ${poolSize}`,
});

export function poolShape1d({ poolSize, padding }: ValuesOf<typeof poolFields1d>, input: Shape): Shape | ShapeProblem {
  const sequence = sequenceShape(input);
  if ('problem' in sequence) return sequence;
  const steps = windowPlaces(sequence.steps, poolSize, poolSize, padding);
  return steps < 1 ? windowTooLong(sequence.steps, poolSize) : [steps, sequence.features];
}

export function poolShape2d({ poolSize, padding }: ValuesOf<typeof poolFields2d>, input: Shape): Shape | ShapeProblem {
  return windowShape({ kernelSize: poolSize, stride: poolSize, padding }, input, input[2] ?? 0);
}

/** What tfjs's pooling layers are made with: windows side by side. */
export function poolArguments(
  { poolSize, padding }: ValuesOf<typeof poolFields1d>,
  { name, inputShape }: Pick<LayerContext, 'name' | 'inputShape'>,
) {
  return { name, poolSize, strides: poolSize, padding, ...(inputShape ? { inputShape: [...inputShape] } : {}) };
}

export function globalShape1d(input: Shape): Shape | ShapeProblem {
  const sequence = sequenceShape(input);
  return 'problem' in sequence ? sequence : [sequence.features];
}

export function globalShape2d(input: Shape): Shape | ShapeProblem {
  const picture = pictureShape(input);
  return 'problem' in picture ? picture : [picture.channels];
}

/** `[batch, …, features]` → `[batch, features]`, over all places in between that are not padding. */
export function globalPooling(
  tf: TensorFlow,
  kind: 'max' | 'average',
  context: LayerContext,
  outputShape: (input: Shape) => Shape | ShapeProblem,
): tensorflow.layers.Layer {
  return ownLayer(tf, context, {
    className: `Global_${kind}_pooling`,
    outputShape,
    call(input) {
      const [batch, features] = [input.shape[0] ?? 0, input.shape.at(-1) ?? 0];
      const places = input.reshape([batch, -1, features]);
      // Not expandDims: its gradient asks for the op's type, which a recorded step does not keep.
      const steps = presentSteps(input);
      const present = steps && tf.reshape(steps, [...steps.shape, 1]);
      if (!present) return kind === 'max' ? tf.max(places, 1) : tf.mean(places, 1);
      if (kind === 'max') return largestPresent(tf, places, present);
      const count = tf.maximum(tf.sum(present, 1), 1);
      return tf.div(tf.sum(tf.mul(places, present), 1), count);
    },
  });
}

/** The largest of the values that are there; 0 where a sequence is padding throughout. */
function largestPresent(tf: TensorFlow, values: tensorflow.Tensor, present: tensorflow.Tensor): tensorflow.Tensor {
  // Below any value that a network computes with.
  const absent = tf.mul(tf.sub(1, present), -1e9);
  const largest = tf.max(tf.add(tf.mul(values, present), absent), 1);
  return tf.mul(largest, tf.max(present, 1));
}
