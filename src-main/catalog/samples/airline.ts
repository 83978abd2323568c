/** Airline passengers by month, 1949 to 1960 (Box & Jenkins 1976): the best known series with a trend and a season. */
import type { SampleDefinition } from '../definitions';

export const definition: SampleDefinition = {
  id: 'airline',
  rank: 40,
  label: { en: 'Airline passengers', zh: '航空乘客数' },
  help: {
    en: 'Passengers in each of 144 months, in thousands. Learn to forecast the coming months from those before.',
    zh: '144 个月的乘客数（千人）。学习根据之前的月份预测接下来的月份。',
  },
  task: 'series-forecasting',
  rows: 144,
  source: 'csv',
  files: ['airline.csv'],
  target: 'passengers',
  licence: 'Box & Jenkins (1976), Series G; file from sktime (BSD-3-Clause)',
  secondsToFirstResult: 5,
};
