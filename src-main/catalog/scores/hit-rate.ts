/** Hit rate at 10: the share of users of whom at least one liked test item is among the ten that are recommended first. */
import { meanOverUsers } from '../ranked-lists';
import type { RankingScore } from '../score-definitions';

export const definition: RankingScore = {
  id: 'hit-rate',
  label: { en: 'Hit rate@10', zh: '命中率@10' },
  help: {
    en: 'Of the users, how many liked at least one of the ten items recommended first, going by test rows. All items that the user has not rated in training are ranked; beside it stands the list of the most often rated ones.',
    zh: '根据测试数据，有多少用户喜欢最先推荐的十个物品中的至少一个。对用户在训练数据中未评分的所有物品排序；旁边是“评分次数最多”名单的结果。',
  },
  better: 'higher',
  format: 'percent',
  target: 'ranking',
  order: 4,
  resampled: 'percentile',
  statistic: (users) => meanOverUsers(users, (places) => (places.length > 0 ? 1 : 0)),
};
