/** Networks for texts whose words are codes in their order, which the task over texts offers by name. */
import type { LayerSpec, Target } from '../contract';
import type { DataFacts, NamedPreset } from './presets';
import { classCount, dense } from './task-parts';

/** Few texts cannot fill many features. */
const featuresFor = ({ rows }: DataFacts) => (rows < 2000 ? 32 : 64);

const embedding = (codes: number, features: number): LayerSpec => {
  return { id: 'embedding-1', type: 'embedding', fields: { vocabulary: codes, features } };
};
const dropout = (number: number): LayerSpec => {
  return { id: `dropout-${number}`, type: 'dropout', fields: { rate: 0.3 } };
};
const answer = (target: Target) => dense(1, classCount(target), 'linear');

/**
 * What each word means among those before and behind it, the strongest of each kind (Conneau et al. 2017). The maximum over
 * all steps leaves padding out, which the last step of a short text would be.
 */
const bothWays: NamedPreset = {
  id: 'bi-lstm',
  label: { en: 'Bi-LSTM', zh: '双向 LSTM' },
  help: {
    en: 'Reads the words in their order, forwards and backwards. For texts in which order matters, such as “not good at all”.',
    zh: '按顺序正向和反向读取各个词。适合词序重要的文本，例如“一点也不好”。',
  },
  network(_inputShape, target, facts) {
    if (facts.codes === null) return null;
    const features = featuresFor(facts);
    const cell = { cell: 'lstm', units: features / 2, everyStep: true, merge: 'concatenate' };
    return {
      layers: [
        embedding(facts.codes, features),
        dropout(1),
        { id: 'bidirectional-1', type: 'bidirectional', fields: cell },
        { id: 'global-max-pooling1d-1', type: 'global-max-pooling1d', fields: {} },
        dropout(2),
        answer(target),
      ],
    };
  },
};

/** A small encoder (Vaswani et al. 2017) whose steps are averaged. */
const transformer: NamedPreset = {
  id: 'transformer',
  label: { en: 'Transformer', zh: 'Transformer' },
  help: {
    en: 'Lets each word look at all others for what it means. Takes the longest, and gains the most from many texts.',
    zh: '让每个词参考所有其他词来理解含义。用时最长，文本越多收益越大。',
  },
  network(_inputShape, target, facts) {
    if (facts.codes === null) return null;
    const features = featuresFor(facts);
    return {
      layers: [
        embedding(facts.codes, features),
        { id: 'position-embedding-1', type: 'position-embedding', fields: {} },
        dropout(1),
        { id: 'transformer-block-1', type: 'transformer-block', fields: { heads: 2, feedForward: 2 * features } },
        { id: 'global-average-pooling1d-1', type: 'global-average-pooling1d', fields: {} },
        dropout(2),
        answer(target),
      ],
    };
  },
};

export const textNetworks: readonly NamedPreset[] = [bothWays, transformer];
