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
  'fold-in-unfit': {
    message: {
      en: 'This network cannot take in a new person: it has no layer that learns a row for each user.',
      zh: '该网络无法加入新用户：其中没有为每个用户学习一行的层。',
    },
    hint: {
      en: 'Train a network that begins with Embedding, such as a preset of “Recommend items”.',
      zh: '请训练以“嵌入”开头的网络，例如“推荐物品”的预设。',
    },
  },
  'item-unknown': {
    message: {
      en: 'No training row has the {column} "{item}".',
      zh: '训练数据中没有 {column}“{item}”。',
    },
    hint: {
      en: 'Choose one that the data has, written as it is there.',
      zh: '请选择数据中有的，并按其中的写法书写。',
    },
  },
  'rating-out-of-range': {
    message: {
      en: 'A rating of {rating} is none of the data, whose ratings go from {least} to {most}.',
      zh: '评分 {rating} 不在数据的范围内：数据中的评分从 {least} 到 {most}。',
    },
    hint: { en: 'Give a rating within that range.', zh: '请给出此范围内的评分。' },
  },
} as const satisfies Record<string, ErrorWords>;
