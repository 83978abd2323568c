/** Ratings of items by users. */
import type { FindingDefinition } from '../definitions';
import { count, named } from '../finding-parts';
import { itemColumn, userColumn } from '../ratings-input';

const RATING = /^(rating|stars|score)s?$/i;

export const definition: FindingDefinition = {
  id: 'ratings',
  label: { en: 'Ratings', zh: '评分' },
  help: {
    en: 'Each row says how a user rated an item, or that they used it.',
    zh: '每一行表示某个用户对某个物品的评分或使用记录。',
  },
  rank: 50,
  possible: (columns) => columns.length >= 2 && columns.every(({ type }) => type !== 'image'),
  likely: (columns) =>
    userColumn(columns) !== undefined &&
    itemColumn(columns) !== undefined &&
    (named(columns, RATING) || columns.length <= 3),
  sentence: ({ rowCount, columns }) => {
    const users = count((userColumn(columns) ?? columns[0])?.distinct ?? 0);
    const items = count((itemColumn(columns) ?? columns[1])?.distinct ?? 0);
    return {
      en: `${count(rowCount)} ratings of ${items} items by ${users} users.`,
      zh: `${users} 个用户对 ${items} 个物品的 ${count(rowCount)} 条评分。`,
    };
  },
  tasks: [{ id: 'recommendation', label: { en: 'Recommend items', zh: '推荐物品' } }],
};
