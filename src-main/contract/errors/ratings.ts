/** Errors of recommendations. */
import type { ErrorWords } from '../errors';

export const ratingErrors = {
  'model-without-ratings': {
    message: {
      en: '{run} recommends nothing: its inputs do not hold users and items as codes.',
      zh: '{run} 无法推荐：其输入中没有以编号表示的用户和物品。',
    },
    hint: {
      en: 'Train a network for the task “Recommend items”, with users and items prepared as category index.',
      zh: '请为“推荐物品”任务训练网络，并把用户和物品准备为类别序号。',
    },
  },
} as const satisfies Record<string, ErrorWords>;
