/** A loss that has stopped falling while the answers are hardly better than a constant one: the network can learn no more. */
import type { Configuration, DiagnosisDefinition, RunFacts } from '../diagnosis-definitions';
import {
  classFactsOf,
  curveOf,
  figure,
  fieldOf,
  mean,
  percent,
  targetKind,
  withLayerBeforeAnswer,
  withLayers,
} from '../diagnosis-parts';

const FEWEST = 8;
/** Of the run's newest half, what its second part may still gain of its first. */
const GAIN = 0.03;
/** Between a constant answer and a perfect one, how far a network of a learnable task comes at least. */
const LEARNT = 0.5;
/** Of a regression's loss: numbers are standardized, so that a constant answer has about 1. */
const LOSS_LEFT = 0.5;
/** Beside the training loss: more is overfitting. */
const GAP = 1.2;
const MOST_UNITS = 1024;

export const definition: DiagnosisDefinition = {
  id: 'underfitting',
  label: { en: 'Underfitting', zh: '欠拟合' },
  help: {
    en: 'The network does not even learn the training examples: it is too small or too restricted, or the inputs say too little.',
    zh: '网络连训练样本都没有学会：它太小、受限太多，或输入所含信息太少。',
  },
  rank: 60,
  check(facts) {
    const [training, validation] = [curveOf(facts.epochs, 'loss'), curveOf(facts.epochs, 'validation.loss')];
    const half = training.slice(-Math.floor(training.length / 2));
    const middle = Math.floor(half.length / 2);
    if (training.length < FEWEST) return null;
    const [earlier, later] = [mean(half.slice(0, middle)), mean(half.slice(middle))];
    if (later < (1 - GAIN) * earlier || (validation.at(-1) ?? 0) > GAP * (training.at(-1) ?? 0)) return null;
    const poor = poorness(facts, training.at(-1) ?? NaN);
    if (!poor) return null;
    return {
      text: {
        en: `The training loss has stayed near ${figure(later)} since epoch ${training.length - half.length + 1}, and ${poor.en}.`,
        zh: `自第 ${training.length - half.length + 1} 轮起，训练损失停在 ${figure(later)} 附近，且${poor.zh}。`,
      },
      next: {
        en: 'A larger network can learn more, if the inputs hold it.',
        zh: '若输入含有足够信息，更大的网络可以学到更多。',
      },
      evidence: { label: { en: 'Training loss', zh: '训练损失' }, values: training },
      remedy: { label: { en: 'Enlarge the network', zh: '扩大网络' }, change: withMoreUnits },
    };
  },
};

function poorness(facts: RunFacts, loss: number) {
  const ofClasses = classFactsOf(facts);
  if (ofClasses) {
    const { majorityShare } = ofClasses;
    const right = facts.epochs.at(-1)?.metrics['accuracy'] ?? 1;
    if (right > majorityShare + LEARNT * (1 - majorityShare)) return null;
    return {
      en: `only ${percent(right)} of the training examples are answered right, where always saying the most frequent class gets ${percent(majorityShare)}`,
      zh: `训练样本只有 ${percent(right)} 答对，而总是回答最常见类别可得 ${percent(majorityShare)}`,
    };
  }
  if (targetKind(facts) !== 'number' || loss < LOSS_LEFT) return null;
  return {
    en: 'that is not far from what a constant answer has, about 1',
    zh: '与常数回答的约 1 相差不远',
  };
}

/** Twice the units of all layers that have some but the last one, which answers; a hidden layer where there is none. */
function withMoreUnits(now: Configuration): Configuration {
  const sized = now.network.layers.filter((layer) => sizeField(layer) !== null);
  const answer = sized.at(-1)?.id;
  if (sized.length < 2) {
    return withLayerBeforeAnswer(now, { id: 'hidden-1', type: 'dense', fields: { units: 64, activation: 'relu' } });
  }
  return withLayers(now, (layer) => {
    const name = sizeField(layer);
    if (name === null || layer.id === answer) return layer;
    const units = Math.min(MOST_UNITS, 2 * Number(fieldOf(layer, name)));
    return { ...layer, fields: { ...layer.fields, [name]: units } };
  });
}

function sizeField(layer: Parameters<typeof fieldOf>[0]): 'units' | 'filters' | null {
  if (typeof fieldOf(layer, 'units') === 'number') return 'units';
  return typeof fieldOf(layer, 'filters') === 'number' ? 'filters' : null;
}
