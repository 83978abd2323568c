/** Bidirectional recurrent layer (Schuster & Paliwal 1997): one cell reads forwards, another backwards, and both are merged. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { FieldValues, Shape } from '../../contract';
import { defineLayer, type KerasConfig, type ShapeProblem, type TensorFlow } from '../definitions';
import { choice } from '../fields';
import { expectOneOf, KerasMismatch, objectOf, own, recurrentOf } from '../keras-config';
import { ownLayer, partOf, prefixed } from '../own-layer';
import { seedFrom } from '../random';
import {
  recurrentFields,
  recurrentMultiplyAdds,
  recurrentParameters,
  recurrentShape,
  recurrentSummary,
  recurrentWeightFields,
  recurrentWeights,
  runCell,
  type RecurrentWeight,
} from '../recurrent';
import type { CellKind } from '../recurrent-cells';

type Cell = 'lstm' | 'gru' | 'simple';
type Merge = 'concatenate' | 'sum' | 'average' | 'multiply';

const kinds: Readonly<Record<Cell, CellKind>> = { lstm: 'lstm', gru: 'gru', simple: 'tanh' };
const names: Readonly<Record<Cell, { readonly en: string; readonly zh: string }>> = {
  lstm: { en: 'LSTM', zh: 'LSTM' },
  gru: { en: 'GRU', zh: 'GRU' },
  simple: { en: 'Simple recurrent', zh: '简单循环' },
};

export const definition = defineLayer({
  id: 'bidirectional',
  label: { en: 'Bidirectional', zh: '双向循环' },
  help: {
    en: 'Two recurrent layers of the same kind read the sequence, one from its beginning and one from its end, so that each step knows what comes before it and after it. Not for forecasting step by step, where what comes after is not known yet.',
    zh: '两个同类的循环层分别从头和从尾读取序列，因此每一步都知道它之前和之后的内容。不适合逐步预测，因为那时后面的内容还未知。',
  },
  formula: 'y = merge(cell→(x₁ … xₜ), cell←(xₜ … x₁)): [a, b], a + b, (a + b) / 2 or a · b',
  glyph: 'arrow-right-left',
  group: 'recurrent',
  fields: {
    cell: choice<Cell>({
      label: { en: 'Cell', zh: '单元类型' },
      help: {
        en: 'What reads the steps. LSTM and GRU remember over many steps, GRU with fewer weights; the simple one forgets after a few.',
        zh: '用什么读取各步。LSTM 和 GRU 能记住许多步，GRU 权重较少；简单循环几步后就会遗忘。',
      },
      default: 'lstm',
      options: (Object.keys(names) as Cell[]).map((value) => ({ value, label: names[value] })),
    }),
    ...recurrentFields,
    merge: choice<Merge>({
      label: { en: 'Merge', zh: '合并方式' },
      help: {
        en: 'How the two directions become one. Side by side keeps both and gives twice as many numbers; the others give as many as there are units.',
        zh: '如何把两个方向合为一个。并排保留两者，输出的数翻倍；其他方式的输出数等于单元数。',
      },
      default: 'concatenate',
      options: [
        { value: 'concatenate', label: { en: 'Side by side', zh: '并排' } },
        { value: 'sum', label: { en: 'Sum', zh: '相加' } },
        { value: 'average', label: { en: 'Average', zh: '平均' } },
        { value: 'multiply', label: { en: 'Product', zh: '相乘' } },
      ],
    }),
    ...recurrentWeightFields,
  },
  summary(values) {
    const { en, zh } = recurrentSummary(values);
    return { en: `${names[values.cell].en} · ${en}`, zh: `${names[values.cell].zh} · ${zh}` };
  },
  outputShape: mergedShape,
  parameters({ cell, units }, input) {
    return { trainable: 2 * recurrentParameters(kinds[cell], units, input).trainable, fixed: 0 };
  },
  multiplyAdds: ({ cell, units }, input) => 2 * recurrentMultiplyAdds(kinds[cell], units, input),
  build(tf, values, context) {
    const options = { ...values, kind: kinds[values.cell] };
    type Name = `${'forward' | 'backward'}_${RecurrentWeight}`;
    return ownLayer<Name>(tf, context, {
      className: 'Bidirectional',
      outputShape: (input) => mergedShape(values, input),
      weights: ([, features = 0]) => ({
        ...prefixed('forward', recurrentWeights(tf, options, features, context.seed)),
        ...prefixed('backward', recurrentWeights(tf, options, features, seedFrom(context.seed, 2))),
      }),
      keepsSteps: values.everyStep,
      call(input, { weights }) {
        const ahead = runCell(tf, options, input, partOf<'forward', RecurrentWeight>('forward', weights));
        const reversed = tf.reverse(input, 1);
        const back = runCell(tf, options, reversed, partOf<'backward', RecurrentWeight>('backward', weights));
        return merged(tf, values.merge, ahead, values.everyStep ? tf.reverse(back, 1) : back);
      },
    });
  },
  example: { input: [5, 3] },
  keras: { classNames: ['Bidirectional'], read: readKeras },
});

function mergedShape(
  values: { readonly units: number; readonly everyStep: boolean; readonly merge: Merge },
  input: Shape,
): Shape | ShapeProblem {
  const shape = recurrentShape(values, input);
  if ('problem' in shape || values.merge !== 'concatenate') return shape;
  return [...shape.slice(0, -1), 2 * values.units];
}

/** @param ahead, back `[batch, …, units]`, the steps of both in their order. */
function merged(tf: TensorFlow, merge: Merge, ahead: tensorflow.Tensor, back: tensorflow.Tensor): tensorflow.Tensor {
  switch (merge) {
    case 'concatenate':
      return tf.concat([ahead, back], -1);
    case 'sum':
      return tf.add(ahead, back);
    case 'average':
      return tf.mul(tf.add(ahead, back), 0.5);
    case 'multiply':
      return tf.mul(ahead, back);
  }
}

const kerasCells: Readonly<Record<string, Cell>> = { LSTM: 'lstm', GRU: 'gru', SimpleRNN: 'simple' };
const kerasMerges: Readonly<Record<string, Merge>> = {
  concat: 'concatenate',
  sum: 'sum',
  ave: 'average',
  mul: 'multiply',
};

/** Keras's wrapper round one layer; the other is the same, backwards. @throws KerasMismatch */
function readKeras(config: KerasConfig): FieldValues {
  const { name, inner } = wrapped(config, 'layer');
  const cell = Object.hasOwn(kerasCells, name) ? kerasCells[name] : undefined;
  if (!cell) throw new KerasMismatch(`layer is ${name}; known are ${Object.keys(kerasCells).join(', ')}`);
  if (own(config, 'backward_layer')) {
    const other = wrapped(config, 'backward_layer');
    if (other.name !== name || own(other.inner, 'units') !== own(inner, 'units')) {
      throw new KerasMismatch('backward_layer is of another kind or size than layer');
    }
  }
  expectOneOf(inner, 'activation', ['tanh']);
  if (cell === 'gru') expectOneOf(inner, 'reset_after', [true]);
  const mode = own(config, 'merge_mode') ?? 'none';
  const merge = typeof mode === 'string' && Object.hasOwn(kerasMerges, mode) ? kerasMerges[mode] : undefined;
  if (!merge) throw new KerasMismatch(`merge_mode is ${JSON.stringify(mode)}; known are concat, sum, ave, mul`);
  return { cell, merge, ...recurrentOf(inner) };
}

/** The layer inside the wrapper: the name of its kind, and its settings. @throws KerasMismatch */
function wrapped(config: KerasConfig, key: string): { name: string; inner: KerasConfig } {
  const layer = objectOf(config, key);
  const name = own(layer, 'class_name');
  return { name: typeof name === 'string' ? name : 'nothing', inner: objectOf(layer, 'config') };
}
