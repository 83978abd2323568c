/** The answer that takes no learning: what it is, and whether a network is better than it. */
import type { Baseline, Score, Text } from '../contract';
import { scores } from './score-registry';

/**
 * Whether the whole 95 % interval of a score (or the score itself, where it has none) is better than the baseline's.
 * @returns null where there is nothing to compare with.
 */
export function beatsBaseline({ id, value, interval, baseline }: Score): boolean | null {
  if (baseline === null || !scores.has(id)) return null;
  return scores.get(id).better === 'higher'
    ? (interval?.low ?? value) > baseline
    : (interval?.high ?? value) < baseline;
}

/** What a baseline answers, in words that go on a sentence. @param number how numbers are written */
export function baselineText(baseline: Baseline, number: (value: number) => string): Text {
  switch (baseline.kind) {
    case 'majority':
      return {
        en: `always the most frequent class of the training rows, "${baseline.label}"`,
        zh: `总是回答训练数据中最常见的类别“${baseline.label}”`,
      };
    case 'constant':
      return {
        en: `always the mean of the training rows, ${number(baseline.mean)}, or for absolute errors the median, ${number(baseline.median)}`,
        zh: `总是回答训练数据的平均值 ${number(baseline.mean)}；绝对误差则用中位数 ${number(baseline.median)}`,
      };
    case 'user-item-means':
      return {
        en: `the mean of the training ratings, ${number(baseline.mean)}, with how much higher or lower the item is rated and the user rates; the mean alone has RMSE ${number(baseline.errorOfMean)}. Of lists, the most often rated items`,
        zh: `训练评分的平均值 ${number(baseline.mean)}，加上物品与用户的偏差；仅用平均值时 RMSE 为 ${number(baseline.errorOfMean)}。名单则为评分次数最多的物品`,
      };
    case 'seasonal-naive':
      return baseline.season > 1
        ? {
            en: `the same step of the last season that is known, ${baseline.season} steps long (seasonal naive)`,
            zh: `已知的上一个季节（长 ${baseline.season} 步）中同一步的值（季节性朴素预测）`,
          }
        : {
            en: 'the last known value again (naive), as no season was found',
            zh: '重复最后一个已知值（朴素预测），因为没有发现季节',
          };
    case 'mean-example':
      return {
        en: 'gives back the mean of the ordinary training rows, whatever came in: its error is the distance from that mean',
        zh: '无论输入什么，都还原为正常训练数据的平均值：误差就是与该平均值的距离',
      };
  }
}
