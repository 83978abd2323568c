/** A rare class that is hardly ever recognized while the frequent ones are: most of the loss comes from those. */
import type { DiagnosisDefinition } from '../diagnosis-definitions';
import { classFactsOf, percent } from '../diagnosis-parts';

/** Of what it would have if all classes had the same; and examples of it at least, for its share to say something. */
const RARE = 1 / 3;
const FEWEST = 4;
/** Of its examples that are answered right, and of all. */
const MISSED = 0.5;
const KNOWN = 0.75;

export const definition: DiagnosisDefinition = {
  id: 'imbalance',
  label: { en: 'A rare class is missed', zh: '稀有类别被忽略' },
  help: {
    en: 'Classes with few examples weigh little in the loss, so that a network may ignore them and still do well on the whole.',
    zh: '样本少的类别在损失中分量小，网络忽略它们整体上仍可能表现不错。',
  },
  rank: 35,
  check(facts) {
    const found = classFactsOf(facts);
    if (!found || facts.run.settings.classWeights !== 'none' || facts.epochs.length < FEWEST) return null;
    const { classes, counts, actual, said, rightShare } = found;
    const rights = classes.map((_, one) => {
      const right = said.filter((value, example) => value === one && actual[example] === one).length;
      return right / (counts[one] ?? 1);
    });
    const missed = [...classes.keys()].filter((one) => {
      const count = counts[one] ?? 0;
      return count >= FEWEST && (count * classes.length) / said.length <= RARE && (rights[one] ?? 1) < MISSED;
    });
    const [worst] = missed.sort((one, other) => (rights[one] ?? 0) - (rights[other] ?? 0));
    if (worst === undefined || rightShare < KNOWN) return null;
    const [name, right, share] = [classes[worst] ?? '', rights[worst] ?? 0, (counts[worst] ?? 0) / said.length];
    return {
      text: {
        en: `“${name}” is ${percent(share)} of the examples, and only ${percent(right)} of them are recognized, beside ${percent(rightShare)} of all.`,
        zh: `“${name}”占样本的 ${percent(share)}，其中只有 ${percent(right)} 被识别，而全部样本为 ${percent(rightShare)}。`,
      },
      next: {
        en: 'Balanced class weights let it count as much as the others; more examples of it are better still.',
        zh: '均衡的类别权重使其与其他类别同等重要；增加它的样本更好。',
      },
      evidence: { label: { en: 'Recognized by class', zh: '各类别识别率' }, values: rights },
      tab: 'confusion',
      remedy: {
        label: { en: 'Balance the classes', zh: '均衡类别' },
        change: (now) => ({ ...now, settings: { ...now.settings, classWeights: 'balanced' } }),
      },
    };
  },
};
