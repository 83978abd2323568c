/** Classes with far fewer rows than others, or too few to learn from. */
import type { Found } from '../check';
import { counted, figure, type CheckDefinition } from '../check';

/** The largest class has so many times the rows of the smallest. */
const MOST_RATIO = 10;
/** Fewer training rows than this hardly show what a class is. */
const FEW = 10;

export const definition: CheckDefinition = {
  id: 'class-imbalance',
  label: { en: 'Class imbalance', zh: '类别不平衡' },
  help: {
    en: 'A class that is rare is seldom predicted. Gather more rows of it, or balance the classes in the training settings.',
    zh: '少见的类别很少被预测出来。可收集更多该类数据，或在训练设置中平衡类别。',
  },
  fits: (data) => data.target !== null && data.target.type === 'category',
  async run(data) {
    const divided = await data.divided();
    if (divided?.target.kind !== 'classes') return [];
    const counts = divided.target.classes.map((name) => ({ name, count: 0 }));
    for (const label of divided.classes) {
      const one = counts[label];
      if (one) one.count += 1;
    }
    counts.sort((one, other) => one.count - other.count);
    const [smallest, largest] = [counts[0], counts[counts.length - 1]];
    if (!smallest || !largest) return [];
    const column = data.target?.name ?? '';
    const findings: Found[] = [];
    const few = counts.filter(({ count }) => count < FEW);
    if (few.length > 0) {
      const names = few.slice(0, 5).map(({ name, count }) => `“${name}” (${figure(count)})`);
      const more = few.length > 5 ? ', …' : '';
      findings.push({
        severity: 'serious',
        sentence: {
          en: `${counted(few.length, 'class has', 'classes have')} fewer than ${FEW} rows: ${names.join(', ')}${more}.`,
          zh: `${figure(few.length)} 个类别少于 ${FEW} 行：${names.join('、')}${more}。`,
        },
        columns: [column],
      });
    }
    const ratio = largest.count / Math.max(1, smallest.count);
    if (ratio >= MOST_RATIO) {
      const times = figure(Math.round(ratio));
      findings.push({
        severity: 'attention',
        sentence: {
          en: `“${largest.name}” has ${times} times as many rows as “${smallest.name}” (${figure(largest.count)} and ${figure(smallest.count)}).`,
          zh: `“${largest.name}”的行数是“${smallest.name}”的 ${times} 倍（${figure(largest.count)} 与 ${figure(smallest.count)}）。`,
        },
        columns: [column],
      });
    }
    return findings;
  },
};
