/** A class without validation rows has no say in which epoch is best. */
import type { CautionDefinition } from '../caution-definitions';
import { classesWithout, namesOf, splitRepair } from '../caution-parts';

export const definition: CautionDefinition = {
  id: 'class-not-validated',
  label: { en: 'Class missing in validation', zh: '验证部分缺少类别' },
  help: {
    en: 'Validation rows decide which epoch is the best; a class that they lack has no say in it.',
    zh: '验证数据决定哪一轮最佳；其中缺少的类别不参与决定。',
  },
  rank: 20,
  check(facts) {
    // Without any validation rows that is what is to be said.
    if (facts.description.counts.validation === 0) return null;
    const missing = classesWithout('validation', facts);
    if (missing.length === 0) return null;
    const names = namesOf(missing);
    return {
      text: { en: `No validation row is of ${names.en}.`, zh: `验证数据中没有 ${names.zh}。` },
      next: {
        en: 'The validation scores leave it out, and the best epoch is chosen without it. Divide the rows otherwise, or add rows.',
        zh: '验证得分不包含它，选择最佳轮时也不考虑它。请换一种划分方式或增加数据。',
      },
      repair: splitRepair(facts),
    };
  },
};
