/** A pretrained network for texts with what makes its numbers easy to learn from: all but the last layer. */
import type { LayerSpec } from '../../contract';
import { defineBlock } from '../definitions';
import { trainedField } from '../pretrained-layer';

/** √384: a row of 384 numbers of length 1 becomes one of numbers about 1, from which others learn at the usual rate. */
const TO_ABOUT_ONE = 19.6;

export const definition = defineBlock({
  id: 'pretrained-texts',
  label: { en: 'Pretrained network for texts', zh: '预训练文本网络' },
  help: {
    en: 'Takes the place of all layers but the last: MiniLM, which has learnt from a billion pairs of English sentences, frozen, and dropout. Prepares the texts as word pieces. For English: of other languages it makes little.',
    zh: '取代除最后一层以外的所有层：已从十亿对英文句子中学习的 MiniLM（冻结）加随机失活，并把文本准备成词片段。适用于英文：对其他语言作用很小。',
  },
  glyph: 'graduation-cap',
  replaces: { input: 'text', textSteps: [{ type: 'word-pieces', fields: { length: 0 } }] },
  fields: {
    trained: trainedField({
      en: 'Frozen is by far the fastest. Its last blocks or all of it can be fitted to your texts too.',
      zh: '冻结快得多。也可以让最后几块或全部适应您的文本。',
    }),
  },
  layers({ trained }, input) {
    if (input.length !== 1) {
      const shape = input.join(' × ');
      return {
        problem: {
          en: `A pretrained network for texts takes one column of texts, but the data have the shape ${shape}.`,
          zh: `预训练文本网络接收一列文本，但数据的形状是 ${shape}。`,
        },
      };
    }
    const layers: LayerSpec[] = [
      { id: 'minilm', type: 'minilm-l6', fields: { trained } },
      { id: 'rescaling', type: 'rescaling', fields: { scale: TO_ABOUT_ONE, offset: 0 } },
      { id: 'dropout', type: 'dropout', fields: { rate: 0.2 } },
    ];
    return layers;
  },
  example: { input: [48] },
});
