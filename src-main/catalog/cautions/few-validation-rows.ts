/** Few validation rows make coarse scores: one row more or less right moves them. */
import { examplesIn } from '../../contract';
import type { CautionDefinition } from '../caution-definitions';
import { count } from '../finding-parts';

/** Below it one row is more than two per cent. */
const FEW = 50;

export const definition: CautionDefinition = {
  id: 'few-validation-rows',
  label: { en: 'Few validation rows', zh: '验证数据过少' },
  help: {
    en: 'Scores of few rows jump with every row, so that they say little about which epoch is better.',
    zh: '数据很少时，得分随每一行跳动，难以说明哪一轮更好。',
  },
  rank: 25,
  check({ description }) {
    const rows = examplesIn(description).validation;
    if (rows >= FEW) return null;
    const repair = { label: { en: 'To the data', zh: '前往数据' }, screen: 'data' as const, tab: 'split' as const };
    if (rows === 0) {
      return {
        text: { en: 'There are no validation rows.', zh: '没有验证数据。' },
        next: {
          en: 'The best epoch is chosen by the training rows, which cannot tell learning from memorizing. Give validation a share.',
          zh: '最佳轮按训练数据选择，而训练数据分不清学会与死记。请给验证分配一部分数据。',
        },
        repair,
      };
    }
    const share = (100 / rows).toFixed(0);
    return {
      text: { en: `There are only ${count(rows)} validation examples.`, zh: `只有 ${count(rows)} 个验证样本。` },
      next:
        description.target.kind === 'classes'
          ? {
              en: `One more or less right moves the accuracy by ${share} points, so that small differences mean nothing. More data, or a larger share for validation, make it finer.`,
              zh: `多对或少对一个，准确率就变动 ${share} 个百分点，细小的差别没有意义。更多数据或更大的验证比例会更精细。`,
            }
          : {
              en: 'The error over so few jumps with each of them, so that small differences mean nothing. More data, or a larger share for validation, make it finer.',
              zh: '样本这么少时，误差随每个样本跳动，细小的差别没有意义。更多数据或更大的验证比例会更精细。',
            },
      repair,
    };
  },
};
