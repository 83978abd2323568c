/** Gradients that fade on their way back through many layers: the first ones hardly learn. */
import type { Configuration, DiagnosisDefinition } from '../diagnosis-definitions';
import { curveOf, figure, layerName, weightedLayers, withLayers } from '../diagnosis-parts';

/** Layers with weights; fewer do not make a gradient fade. */
const DEPTH = 4;
/** Of the last layer's gradient norm, what is left at the first. */
const LEFT = 1e-3;
/** Of the first epoch's loss: below it the network has learnt, and small gradients are its success. */
const LOSS_LEFT = 0.5;
const SATURATING = new Set<unknown>(['sigmoid', 'tanh', 'softsign', 'hardSigmoid']);

export const definition: DiagnosisDefinition = {
  id: 'vanishing-gradients',
  label: { en: 'Vanishing gradients', zh: '梯度消失' },
  help: {
    en: 'What pulls at the first layers has faded on its way back through the network, so they hardly learn.',
    zh: '传回网络前部的拉力逐层减弱，因此前面的层几乎不学习。',
  },
  rank: 25,
  covers: ['underfitting', 'collapse', 'learning-rate-too-low'],
  check(facts) {
    const weighted = weightedLayers(facts);
    const [first, last] = [weighted[0], weighted.at(-1)];
    const losses = curveOf(facts.epochs, 'loss');
    if (!first || !last || weighted.length < DEPTH || facts.readings.tracks.length < 2) return null;
    const left = first.weights.gradient / Math.max(last.weights.gradient, 1e-12);
    if (left > LEFT || (losses.at(-1) ?? 0) < LOSS_LEFT * (losses[0] ?? 0)) return null;
    const name = layerName(facts, first.layer);
    const saturating = facts.run.network.layers.some(({ fields }) => SATURATING.has(fields['activation']));
    return {
      text: {
        en: `The gradient is ${figure(first.weights.gradient)} at ${name.en} and ${figure(last.weights.gradient)} at the last layer: ${figure(1 / left)} times less.`,
        zh: `梯度在 ${name.zh} 为 ${figure(first.weights.gradient)}，在最后一层为 ${figure(last.weights.gradient)}：相差 ${figure(1 / left)} 倍。`,
      },
      next: {
        en: 'ReLU lets gradients through where sigmoid and tanh flatten them; batch normalization and shortcuts help too.',
        zh: 'Sigmoid 和 Tanh 会压平梯度，ReLU 则让其通过；批归一化和跳跃连接也有帮助。',
      },
      evidence: {
        label: { en: `Gradient norm by layer (powers of ten)`, zh: '各层的梯度范数（10 的幂）' },
        values: weighted.map(({ weights }) => Math.log10(Math.max(weights.gradient, 1e-12))),
      },
      tab: 'layers',
      ...(saturating
        ? { remedy: { label: { en: 'Use ReLU in hidden layers', zh: '隐藏层使用 ReLU' }, change: withRelu } }
        : {}),
    };
  },
};

/** Dense layers and convolutions: cells of recurrent layers and gates need their own. */
function withRelu(now: Configuration): Configuration {
  const fitting = new Set(['dense', 'conv1d', 'conv2d', 'separable-conv2d', 'depthwise-conv2d', 'activation']);
  return withLayers(now, (layer, index) =>
    index < now.network.layers.length - 1 && fitting.has(layer.type) && SATURATING.has(layer.fields['activation'])
      ? { ...layer, fields: { ...layer.fields, activation: 'relu' } }
      : layer,
  );
}
