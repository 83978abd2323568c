/** Made-up ratings of real dishes, as no real collection of ratings may be passed on freely. */
import type { SampleDefinition } from '../definitions';

export const definition: SampleDefinition = {
  id: 'dish-ratings',
  rank: 50,
  label: { en: 'Dishes', zh: '菜品评分' },
  help: {
    en: '6,167 made-up ratings of 80 dishes by 300 guests. Learn what each guest would like.',
    zh: '300 位虚构的客人对 80 道菜的 6,167 条评分（合成数据）。学习每位客人会喜欢什么。',
  },
  task: 'recommendation',
  rows: 6167,
  source: 'csv',
  files: ['ratings.csv'],
  target: 'rating',
  licence: 'CC0 (made up, seed 20261127)',
  secondsToFirstResult: 14,
};
