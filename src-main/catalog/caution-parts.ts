/** What several cautions share. */
import type { SplitPart, Text } from '../contract';
import type { Mend, TrainingFacts } from './caution-definitions';

/** Names that are told; the others are counted. */
const NAMED = 4;

/** Classes that have rows, but none in a part. */
export function classesWithout(part: SplitPart, { description }: TrainingFacts): string[] {
  const { target, classCounts } = description;
  if (target.kind !== 'classes') return [];
  return target.classes.filter((_, index) => {
    const counts = classCounts[index];
    return counts !== undefined && counts[part] === 0 && counts.training + counts.validation + counts.test > 0;
  });
}

/** `red, blue and 3 more`. */
export function namesOf(names: readonly string[]): Text {
  const shown = names.slice(0, NAMED);
  const rest = names.length - shown.length;
  return {
    en: `${shown.map((name) => `“${name}”`).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
    zh: `${shown.map((name) => `“${name}”`).join('、')}${rest > 0 ? `等 ${names.length} 个` : ''}`,
  };
}

/** Draws each class its share, where the split draws and does not yet; else opens the screen where it is chosen. */
export function splitRepair({ data }: TrainingFacts): Mend {
  const { split } = data;
  if ('stratified' in split && !split.stratified) {
    const label = { en: 'Give each class its share', zh: '按类别比例划分' };
    return { label, data: { ...data, split: { ...split, stratified: true } } };
  }
  return { label: { en: 'To the data', zh: '前往数据' }, screen: 'data', tab: 'split' };
}

/** Bytes for a sentence. */
export function sizeText(bytes: number): string {
  return bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
