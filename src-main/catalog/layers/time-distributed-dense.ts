/** Dense on the last side: the same weighted sums at every step or pixel (Keras: TimeDistributed(Dense)). */
import type { Shape } from '../../contract';
import { activationField, activationLabel } from '../activations';
import { defineLayer, type ShapeProblem } from '../definitions';
import { integer } from '../fields';
import { KerasMismatch, activationOf, numberOf, objectOf, own, weightsOf } from '../keras-config';
import { activationFunction, ownLayer, project } from '../own-layer';
import { initializerField, kernelInitializer, regularizer, regularizerFields } from '../weights';

export const definition = defineLayer({
  id: 'time-distributed-dense',
  label: { en: 'Dense per step', zh: '逐步全连接' },
  help: {
    en: 'The same dense layer at every step of a sequence, or every pixel (time-distributed dense). Dense itself reads a whole row at once.',
    zh: '在序列的每一步（或每个像素）上使用同一个全连接层（time-distributed）。普通全连接层则一次读取整行。',
  },
  formula: 'y[t] = activation(x[t] · W + b) at every step t',
  glyph: 'chart-network',
  group: 'recurrent',
  fields: {
    units: integer({
      label: { en: 'Units', zh: '单元数' },
      help: { en: 'How many outputs there are at each step.', zh: '每一步的输出个数。' },
      default: 64,
      minimum: 1,
      maximum: 65536,
    }),
    activation: activationField,
    initializer: initializerField,
    ...regularizerFields,
  },
  summary: ({ units, activation }) => ({
    en: `${units} · ${activationLabel(activation).en}`,
    zh: `${units} · ${activationLabel(activation).zh}`,
  }),
  outputShape({ units }, input) {
    if (input.length > 1) return [...input.slice(0, -1), units];
    return {
      problem: {
        en: `Dense per step needs steps × features, but gets one row of ${input[0] ?? 0} numbers. Dense is the layer for a row.`,
        zh: `逐步全连接需要“步数 × 特征”，但得到的是一行 ${input[0] ?? 0} 个数。对一行数请使用“全连接”。`,
      },
      repair: { label: { en: 'Put Reshape before it', zh: '在它前面加“重排”' }, insertBefore: 'reshape' },
    };
  },
  parameters: ({ units }, input) => ({ trainable: ((input.at(-1) ?? 0) + 1) * units, fixed: 0 }),
  build(tf, values, context) {
    const activate = activationFunction(tf, values.activation);
    return ownLayer(tf, context, {
      className: 'DensePerStep',
      outputShape: (input): Shape | ShapeProblem => definition.outputShape(values, [input]),
      weights: (input) => ({
        kernel: {
          shape: [input.at(-1) ?? 0, values.units],
          initializer: kernelInitializer(tf, values.initializer, context.seed),
          regularizer: regularizer(tf, values),
        },
        bias: { shape: [values.units], initializer: tf.initializers.zeros() },
      }),
      keepsSteps: true,
      call: (input, { weights }) => activate(project(tf, input, weights.kernel, weights.bias)),
    });
  },
  example: { input: [4, 3] },
  keras: {
    classNames: ['TimeDistributed'],
    read(config) {
      const layer = objectOf(config, 'layer');
      const name = own(layer, 'class_name');
      if (name !== 'Dense') throw new KerasMismatch(`layer is ${JSON.stringify(name ?? null)}; known is Dense`);
      const inner = objectOf(layer, 'config');
      return { units: numberOf(inner, 'units'), ...activationOf(inner), ...weightsOf(inner) };
    },
  },
});
