/** NDCG at 10: liked test items among the ten recommended first, counting more the nearer to the top. */
import { discountedGain, meanOverUsers } from '../ranked-lists';
import type { RankingScore } from '../score-definitions';

export const definition: RankingScore = {
  id: 'ndcg',
  label: { en: 'NDCG@10', zh: 'NDCG@10' },
  help: {
    en: 'How good the lists of ten recommendations are: liked items count more the higher they stand. 1 is a list that begins with all of them, 0 one without any.',
    zh: '十个推荐组成的名单有多好：喜欢的物品排得越靠前得分越高。1 表示全部排在最前，0 表示一个也没有。',
  },
  better: 'higher',
  format: 'number',
  target: 'ranking',
  order: 5,
  resampled: 'percentile',
  statistic: (users) => meanOverUsers(users, discountedGain),
};
