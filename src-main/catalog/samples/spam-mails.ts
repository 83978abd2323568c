/** Beginnings of 1,700 mails, 700 of them spam; the rest went through mailing lists and inboxes of 2002. */
import type { SampleDefinition } from '../definitions';

export const definition: SampleDefinition = {
  id: 'spam-mails',
  rank: 30,
  label: { en: 'Spam', zh: '垃圾邮件' },
  help: {
    en: 'The beginnings of 1,700 mails. Learn to tell spam from mail that was wanted.',
    zh: '1,700 封英文邮件的开头。学习区分垃圾邮件和正常邮件。',
  },
  task: 'text-classification',
  rows: 1700,
  source: 'csv',
  files: ['mails.csv'],
  target: 'kind',
  licence: 'SpamAssassin public mail corpus (PDDL, CC0)',
  secondsToFirstResult: 6,
};
