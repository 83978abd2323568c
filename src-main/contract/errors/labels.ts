/** Errors of labelling. */
import type { ErrorWords } from '../errors';

export const labelErrors = {
  'label-column-unfit': {
    message: {
      en: 'Column "{column}" holds pictures or sounds, which are no labels.',
      zh: '列“{column}”存放的是图片或声音，不能作为标签。',
    },
    hint: {
      en: 'Choose another column, or make a new one for the labels.',
      zh: '请选择其他列，或为标签新建一列。',
    },
  },
  'label-class-unknown': {
    message: {
      en: 'No row of column "{column}" has the class "{label}".',
      zh: '列“{column}”中没有类别为“{label}”的行。',
    },
    hint: {
      en: 'It may have been renamed or undone meanwhile. Choose a class from the list.',
      zh: '它可能已被重命名或撤销。请从列表中选择类别。',
    },
  },
  'label-edits-many': {
    message: {
      en: 'Renaming it in column "{column}" would change {count} different cells, more than the {most} of one step.',
      zh: '在列“{column}”中重命名将更改 {count} 个不同的单元格，超过每步的上限 {most} 个。',
    },
    hint: {
      en: 'Rename the class in the file that the data came from and import it again.',
      zh: '请在数据来源文件中重命名该类别，然后重新导入。',
    },
  },
} as const satisfies Record<string, ErrorWords>;
