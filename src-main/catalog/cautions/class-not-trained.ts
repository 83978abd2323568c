/** A class of which no row is trained on cannot be learnt. */
import type { CautionDefinition } from '../caution-definitions';
import { classesWithout, namesOf, splitRepair } from '../caution-parts';

export const definition: CautionDefinition = {
  id: 'class-not-trained',
  label: { en: 'Class missing in training', zh: '训练部分缺少类别' },
  help: {
    en: 'A network can only learn a class of which it sees examples while it trains.',
    zh: '网络只能学会训练时见过样本的类别。',
  },
  rank: 10,
  check(facts) {
    const missing = classesWithout('training', facts);
    if (missing.length === 0) return null;
    const names = namesOf(missing);
    return {
      text: { en: `No training row is of ${names.en}.`, zh: `训练数据中没有 ${names.zh}。` },
      next: {
        en: 'What is not trained is never answered. Divide the rows otherwise, add rows, or join rare classes.',
        zh: '没有训练过的类别永远不会被预测。请换一种划分方式、增加数据，或合并稀少的类别。',
      },
      repair: splitRepair(facts),
    };
  },
};
