/** One input per category, as scikit-learn's `OneHotEncoder` with unknown categories ignored. */
import { z } from 'zod';
import { integer, toggle } from '../fields';
import { sortClasses } from '../number-text';
import { defineStep } from '../step-definitions';
import { countTexts, numbersOfTexts } from '../step-values';

export const definition = defineStep({
  id: 'one-hot',
  label: { en: 'One-hot', zh: '独热编码' },
  help: {
    en: 'Gives each category an input of its own, 1 where the row has it and 0 elsewhere. Categories that no training row has are all zeros.',
    zh: '每个类别有自己的输入：该行属于它时为 1，否则为 0。训练行中没有的类别全为 0。',
  },
  takes: 'texts',
  gives: 'numbers',
  suits: ['category'],
  fields: {
    most: integer({
      label: { en: 'Categories at most', zh: '最多类别数' },
      help: { en: 'The most frequent in the training rows are kept.', zh: '保留训练行中最常见的类别。' },
      default: 100,
      minimum: 1,
      maximum: 1000,
    }),
    others: toggle({
      label: { en: 'One input for all others', zh: '其余合为一个输入' },
      help: {
        en: 'Adds a last input that is 1 for a category that was not kept or never seen.',
        zh: '在最后增加一个输入：遇到未保留或未见过的类别时为 1。',
      },
      default: false,
    }),
  },
  fitted: z.object({ categories: z.array(z.string()) }),
  fit(values, { most }) {
    const counts = countTexts(values);
    const kept = sortClasses([...counts.keys()])
      .sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0))
      .slice(0, most);
    return { categories: sortClasses(kept) };
  },
  apply(values, { categories }, { others }) {
    const places = new Map(categories.map((name, place) => [name, place]));
    const elsewhere = others ? categories.length : -1;
    const write = (text: string, into: Float64Array) => {
      const place = places.get(text) ?? elsewhere;
      if (place >= 0) into[place] = 1;
    };
    return numbersOfTexts(values, categories.length + (others ? 1 : 0), write, 0);
  },
  learnt: ({ categories }) => ({ en: `${categories.length} categories`, zh: `${categories.length} 个类别` }),
  outputs: ({ categories }, { others }) => (others ? [...categories, '…'] : categories),
});
