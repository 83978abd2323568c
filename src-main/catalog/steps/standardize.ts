/** Mean 0 and standard deviation 1, as scikit-learn's `StandardScaler`: missing values are left out and stay missing. */
import { z } from 'zod';
import { defineStep } from '../step-definitions';
import { eachPart, figures, mapNumbers, spread } from '../step-values';

export const definition = defineStep({
  id: 'standardize',
  label: { en: 'Standardize', zh: '标准化' },
  help: {
    en: 'Subtracts the mean and divides by the standard deviation, so that columns of different units weigh alike.',
    zh: '减去均值再除以标准差，使不同单位的列具有相近的影响。',
  },
  formula: 'y = (x − mean) / standard deviation',
  takes: 'numbers',
  gives: 'numbers',
  suits: ['number', 'category', 'text', 'date'],
  fields: {},
  fitted: z.object({ mean: z.array(z.number()), standardDeviation: z.array(z.number()) }),
  fit(values) {
    const parts = eachPart(values, spread);
    return {
      mean: parts.map(({ mean }) => mean),
      standardDeviation: parts.map(({ standardDeviation }) => standardDeviation),
    };
  },
  apply: (values, { mean, standardDeviation }) =>
    mapNumbers(values, (value, part) => (value - (mean[part] ?? 0)) / (standardDeviation[part] ?? 1)),
  learnt: ({ mean, standardDeviation }) => ({
    en: `mean ${figures(mean)}, standard deviation ${figures(standardDeviation)}`,
    zh: `均值 ${figures(mean)}，标准差 ${figures(standardDeviation)}`,
  }),
});
