/** Gradients that grow by orders of magnitude: one such step can undo many good ones. */
import type { DiagnosisDefinition } from '../diagnosis-definitions';
import { figure, layerName, weightedLayers } from '../diagnosis-parts';

/** Beside the first reading; gradients of a healthy training shrink, or grow a few times where a network gets sure of itself. */
const GROWTH = 100;
/** Below that even many times more is no danger. */
const LEAST = 10;
/** However it began: with standardized inputs and a mean loss, gradients are around 1. */
const EXTREME = 1000;

export const definition: DiagnosisDefinition = {
  id: 'exploding-gradients',
  label: { en: 'Exploding gradients', zh: '梯度爆炸' },
  help: {
    en: 'The pull on some weights has become so strong that steps go far astray.',
    zh: '对某些权重的拉力变得过强，使步子严重偏离。',
  },
  rank: 15,
  check(facts) {
    const { tracks } = facts.readings;
    if (tracks.length < 2 || facts.run.settings.clipping.kind !== 'none') return null;
    const layers = weightedLayers(facts).map((layer) => {
      const values = tracks.map(
        (track) => track.layers.find((one) => one.layer === layer.layer)?.weights?.gradient ?? 0,
      );
      return { layer: layer.layer, values, growth: (values.at(-1) ?? 0) / Math.max(values[0] ?? 0, 1e-6) };
    });
    const worst = layers.toSorted((one, other) => (other.values.at(-1) ?? 0) - (one.values.at(-1) ?? 0))[0];
    const [first = 0, last = 0] = [worst?.values[0], worst?.values.at(-1)];
    if (!worst || ((worst.growth < GROWTH || last < LEAST) && last < EXTREME)) return null;
    const name = layerName(facts, worst.layer);
    return {
      text: {
        en: `The gradient of ${name.en} was ${figure(first)} at the first reading and is ${figure(last)} now, where about 1 is usual.`,
        zh: `${name.zh} 的梯度首次读取时为 ${figure(first)}，现为 ${figure(last)}，通常约为 1。`,
      },
      next: {
        en: 'Clipping cuts gradients that are too long; a lower learning rate helps too.',
        zh: '裁剪可截短过长的梯度；降低学习率也有帮助。',
      },
      evidence: {
        label: { en: `Gradient norm of ${name.en}`, zh: `${name.zh} 的梯度范数` },
        values: worst.values.map((value) => Math.log10(Math.max(value, 1e-12))),
      },
      tab: 'layers',
      remedy: {
        label: { en: 'Clip gradients to length 1', zh: '将梯度裁剪到长度 1' },
        change: (now) => ({ ...now, settings: { ...now.settings, clipping: { kind: 'norm', limit: 1 } } }),
      },
    };
  },
};
