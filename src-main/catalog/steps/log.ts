/** The logarithm of numbers that spread over several powers of ten. Negative ones are mirrored, so that none is refused. */
import { z } from 'zod';
import { defineStep } from '../step-definitions';
import { mapNumbers } from '../step-values';

export const definition = defineStep({
  id: 'log',
  label: { en: 'Logarithm', zh: '对数' },
  help: {
    en: 'Brings values that span several powers of ten, such as prices or counts, closer together. Zero stays 0 and negative values keep their sign.',
    zh: '让跨越多个数量级的值（如价格、计数）靠得更近。0 仍为 0，负值保留符号。',
  },
  formula: 'y = sign(x) · ln(1 + |x|)',
  takes: 'numbers',
  gives: 'numbers',
  suits: ['number'],
  fields: {},
  fitted: z.object({}),
  fit: () => ({}),
  apply: (values) => mapNumbers(values, (value) => Math.sign(value) * Math.log1p(Math.abs(value))),
});
