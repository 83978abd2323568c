/** One whole number per category, as scikit-learn's `OrdinalEncoder`: what an embedding looks up. */
import { z } from 'zod';
import { sortClasses } from '../number-text';
import { defineStep } from '../step-definitions';
import { countTexts, numbersOfTexts } from '../step-values';

export const definition = defineStep({
  id: 'category-index',
  label: { en: 'Category index', zh: '类别序号' },
  help: {
    en: 'Gives each category of the training rows a whole number from 1 on; 0 stands for missing or unseen. A dense layer reads it as a size, so use it for categories with an order; an embedding layer would look it up.',
    zh: '训练行中的每个类别得到一个从 1 起的整数；0 表示缺失或未见过。全连接层会把它当作大小来读，因此适合有顺序的类别；嵌入层则用它查表。',
  },
  takes: 'texts',
  gives: 'numbers',
  suits: ['category'],
  fields: {},
  fitted: z.object({ categories: z.array(z.string()) }),
  codes: ({ categories }) => categories.length + 1,
  codeName: ({ categories }, code) => categories[code - 1] ?? '',
  fit: (values) => ({ categories: sortClasses([...countTexts(values).keys()]) }),
  apply(values, { categories }) {
    const places = new Map(categories.map((name, place) => [name, place + 1]));
    return numbersOfTexts(values, 1, (text, into) => (into[0] = places.get(text) ?? 0), 0);
  },
  learnt: ({ categories }) => ({ en: `${categories.length} categories`, zh: `${categories.length} 个类别` }),
});
