/** Fills gaps in categories: with the most frequent one, or with a category of their own. */
import { z } from 'zod';
import { choice } from '../fields';
import { defineStep } from '../step-definitions';
import { byFrequency, countTexts, sameInBoth } from '../step-values';

/** The category that stands for "no value". */
const ownCategory = '(missing)';

export const definition = defineStep({
  id: 'impute-category',
  label: { en: 'Fill missing categories', zh: '填补缺失类别' },
  help: {
    en: 'Gives rows without a category the most frequent one, or a category of their own, “(missing)”.',
    zh: '给没有类别的行填入最常见的类别，或单独的类别“(missing)”。',
  },
  takes: 'texts',
  gives: 'texts',
  suits: ['category'],
  fields: {
    strategy: choice({
      label: { en: 'With', zh: '填入' },
      help: {
        en: 'A category of its own lets the network learn what a gap means.',
        zh: '单独的类别让网络能学到“缺失”的含义。',
      },
      default: 'own',
      options: [
        { value: 'own', label: { en: 'a category of its own', zh: '单独的类别' } },
        { value: 'most-frequent', label: { en: 'the most frequent category', zh: '最常见的类别' } },
      ],
    }),
  },
  fitted: z.object({ fill: z.string() }),
  fit: (values, { strategy }) => ({
    fill: strategy === 'own' ? ownCategory : (byFrequency(countTexts(values))[0] ?? ownCategory),
  }),
  apply({ codes, names }, { fill }) {
    const known = names.indexOf(fill);
    const place = known < 0 ? names.length : known;
    const all = known < 0 ? [...names, fill] : names;
    return { kind: 'texts', codes: codes.map((code) => (code < 0 ? place : code)), names: all };
  },
  learnt: ({ fill }) => sameInBoth(fill),
});
