/** Convolution over sequences: one short window of weights, moved along all steps, per filter. */
import type { Shape } from '../../contract';
import { activationField, activationLabel } from '../activations';
import { defineLayer, type ShapeProblem } from '../definitions';
import { choice, integer } from '../fields';
import { activationOf, expectOneOf, numberOf, sideOf, weightsOf, wordOf } from '../keras-config';
import { filtersField, strideField } from '../layer-fields';
import { activationFunction, ownLayer } from '../own-layer';
import { sequenceShape, windowTooLong } from '../sequence-shapes';
import { windowPlaces } from '../shapes';
import { initializerField, kernelInitializer, regularizer, regularizerFields } from '../weights';

type Padding = 'valid' | 'same' | 'causal';

export const definition = defineLayer({
  id: 'conv1d',
  label: { en: 'Convolution 1D', zh: '一维卷积' },
  help: {
    en: 'Looks for short patterns, such as phrases or peaks, everywhere in a sequence. Each filter learns one pattern.',
    zh: '在序列各处寻找短的图案，例如短语或尖峰。每个滤波器学习一种图案。',
  },
  formula: 'y[t, f] = activation(Σ x[t·s + u, c] · W[u, c, f] + b[f])',
  glyph: 'scan-line',
  group: 'convolution',
  fields: {
    filters: filtersField,
    kernelSize: integer({
      label: { en: 'Window', zh: '窗口' },
      help: { en: 'How many steps the window sees at a time.', zh: '窗口一次看到多少步。' },
      default: 3,
      minimum: 1,
      maximum: 512,
    }),
    stride: strideField,
    padding: choice<Padding>({
      label: { en: 'Padding', zh: '填充' },
      help: {
        en: 'None moves the window only where it fits; same adds zeros at both ends, so that the length is kept; causal adds them before the beginning, so that no step sees a later one.',
        zh: '“无”只在窗口放得下的地方移动；“保持”在两端补零，使长度不变；“因果”在开头之前补零，使任何一步都看不到后面的步。',
      },
      default: 'valid',
      options: [
        { value: 'valid', label: { en: 'None', zh: '无' } },
        { value: 'same', label: { en: 'Same', zh: '保持' } },
        { value: 'causal', label: { en: 'Causal', zh: '因果' } },
      ],
    }),
    activation: activationField,
    initializer: initializerField,
    ...regularizerFields,
  },
  summary: ({ filters, kernelSize, activation }) => ({
    en: `${filters} · ${kernelSize} steps · ${activationLabel(activation).en}`,
    zh: `${filters} · ${kernelSize} 步 · ${activationLabel(activation).zh}`,
  }),
  outputShape({ filters, kernelSize, stride, padding }, input) {
    const sequence = sequenceShape(input);
    if ('problem' in sequence) return sequence;
    const steps = windowPlaces(sequence.steps, kernelSize, stride, padding === 'valid' ? 'valid' : 'same');
    return steps < 1 ? windowTooLong(sequence.steps, kernelSize) : [steps, filters];
  },
  parameters: ({ filters, kernelSize }, input) => ({
    trainable: (kernelSize * (input[1] ?? 0) + 1) * filters,
    fixed: 0,
  }),
  multiplyAdds: ({ filters, kernelSize }, input, [steps = 0]) => steps * filters * kernelSize * (input[1] ?? 0),
  build(tf, values, context) {
    const { filters, kernelSize, stride, padding } = values;
    const activate = activationFunction(tf, values.activation);
    return ownLayer(tf, context, {
      className: 'ConvolutionOfSteps',
      outputShape: (input): Shape | ShapeProblem => definition.outputShape(values, [input]),
      weights: (input) => ({
        kernel: {
          shape: [kernelSize, input[1] ?? 0, filters],
          initializer: kernelInitializer(tf, values.initializer, context.seed),
          regularizer: regularizer(tf, values),
        },
        bias: { shape: [filters], initializer: tf.initializers.zeros() },
      }),
      keepsSteps: padding !== 'valid' && stride === 1,
      call(input, { weights }) {
        const before = padding === 'causal' ? kernelSize - 1 : 0;
        const x = before > 0 ? tf.pad(input, [[0, 0], [before, 0], [0, 0]]) : input; // prettier-ignore
        const convolved = tf.conv1d(
          x as ReturnType<typeof tf.tensor3d>,
          weights.kernel as ReturnType<typeof tf.tensor3d>,
          stride,
          padding === 'same' ? 'same' : 'valid',
        );
        return activate(tf.add(convolved, weights.bias));
      },
    });
  },
  example: { input: [7, 3] },
  keras: {
    classNames: ['Conv1D', 'Convolution1D'],
    read(config) {
      expectOneOf(config, 'dilation_rate', [1]);
      expectOneOf(config, 'groups', [1]);
      expectOneOf(config, 'data_format', ['channels_last']);
      expectOneOf(config, 'padding', ['valid', 'same', 'causal']);
      return {
        filters: numberOf(config, 'filters'),
        kernelSize: sideOf(config, 'kernel_size'),
        stride: sideOf(config, 'strides'),
        padding: wordOf(config, 'padding', 'valid'),
        ...activationOf(config),
        ...weightsOf(config),
      };
    },
  },
});
