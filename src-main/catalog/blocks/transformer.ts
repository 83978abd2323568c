/** A transformer encoder or decoder (Vaswani et al. 2017): where each step stands, then transformer blocks in a row. */
import type { LayerSpec } from '../../contract';
import { causalField, headsDoNotDivide } from '../attention';
import { defineBlock } from '../definitions';
import { integer, toggle } from '../fields';
import { sequenceShape } from '../sequence-shapes';

export const definition = defineBlock({
  id: 'transformer',
  label: { en: 'Transformer', zh: 'Transformer' },
  help: {
    en: 'Tells each step of a sequence where it stands, then lets all steps look at each other several times. Put it behind an embedding.',
    zh: '先告诉序列的每一步它的位置，再让各步多次相互查看。放在嵌入之后。',
  },
  glyph: 'blocks',
  fields: {
    depth: integer({
      label: { en: 'Blocks', zh: '块数' },
      help: { en: 'How many transformer blocks follow each other.', zh: '连续多少个 Transformer 块。' },
      default: 1,
      minimum: 1,
      maximum: 24,
    }),
    heads: integer({
      label: { en: 'Heads', zh: '头数' },
      help: { en: 'How many things attention looks for side by side.', zh: '注意力同时关注多少种内容。' },
      default: 2,
      minimum: 1,
      maximum: 64,
    }),
    positions: toggle({
      label: { en: 'Position embedding first', zh: '先加位置嵌入' },
      help: {
        en: 'Off where a layer before it says where each step stands already.',
        zh: '若前面已有层表示每一步的位置，则关闭。',
      },
      default: true,
    }),
    causal: causalField,
  },
  layers({ depth, heads, positions, causal }, input) {
    const sequence = sequenceShape(input);
    if ('problem' in sequence) return sequence;
    if (sequence.features % heads !== 0) return headsDoNotDivide(sequence.features, heads);
    const feedForward = Math.min(16384, 4 * sequence.features);
    const blocks = Array.from({ length: depth }, (_, at): LayerSpec => {
      return { id: `block-${at + 1}`, type: 'transformer-block', fields: { heads, feedForward, causal } };
    });
    return positions ? [{ id: 'position', type: 'position-embedding', fields: {} }, ...blocks] : blocks;
  },
  example: { input: [5, 8] },
});
