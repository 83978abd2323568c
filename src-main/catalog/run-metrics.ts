/** Metrics of runs by their names (`validation.accuracy`, `test.macro-f1`): which direction is better, and their words. */
import type { Text } from '../contract';
import { losses } from './index';
import { figureOf } from './score-registry';

/** @param name with or without its part; a loss, and what is not known, is better lower. */
export function isHigherBetter(name: string): boolean {
  return figureOf(plainName(name))?.better === 'higher';
}

/** Whether it is a share of all examples, 0–1. */
export function isShareMetric(name: string): boolean {
  return figureOf(plainName(name))?.format === 'percent';
}

/** `validation.accuracy` → "Accuracy, validation". */
export function metricText(name: string): Text {
  const plain = plainName(name);
  const known = figureOf(plain)?.label ?? (losses.has(plain) ? losses.get(plain).label : null);
  const label = plain === 'loss' ? { en: 'Loss', zh: '损失' } : (known ?? { en: plain, zh: plain });
  const baseline = name.includes('baseline.');
  const parts: readonly Text[] = [
    ...(name.includes('validation.') ? [{ en: 'validation', zh: '验证' }] : []),
    ...(name.includes('test.') ? [{ en: 'test', zh: '测试' }] : []),
    ...(baseline ? [{ en: 'baseline', zh: '基准' }] : []),
  ];
  if (parts.length === 0) return label;
  return {
    en: [label.en, ...parts.map(({ en }) => en)].join(', '),
    zh: `${label.zh}（${parts.map(({ zh }) => zh).join('，')}）`,
  };
}

function plainName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
