/** Errors of labels on their way out of the app. */
import type { ErrorWords } from '../errors';

export const markErrors = {
  'export-place-taken': {
    message: { en: '“{name}” is there already, and nothing was changed in it.', zh: '“{name}”已存在，未做任何更改。' },
    hint: { en: 'Choose another name, or an empty folder.', zh: '请换一个名称，或选择空文件夹。' },
  },
  'export-place-missing': {
    message: {
      en: 'The folder in which “{name}” was to be made is not there.',
      zh: '用于存放“{name}”的文件夹不存在。',
    },
    hint: { en: 'Choose another place, or make the folder first.', zh: '请选择其他位置，或先创建该文件夹。' },
  },
  'export-place-refused': {
    message: { en: 'The system does not let “{name}” be written here.', zh: '系统不允许在此处写入“{name}”。' },
    hint: { en: 'Choose a folder of your own, such as Documents.', zh: '请选择您自己的文件夹，例如“文档”。' },
  },
  'export-no-boxes': {
    message: {
      en: '“{dataset}” has no pictures with boxes, which this form of labels is for.',
      zh: '“{dataset}”没有带方框的图片，而此格式只适用于方框。',
    },
    hint: {
      en: 'Draw boxes on the Label tab first, or export CSV.',
      zh: '请先在“标注”页绘制方框，或导出 CSV。',
    },
  },
  'export-no-labels': {
    message: { en: '“{dataset}” has no column with labels.', zh: '“{dataset}”没有包含标签的列。' },
    hint: { en: 'Choose columns to export, or label some rows first.', zh: '请选择要导出的列，或先标注一些行。' },
  },
} as const satisfies Record<string, ErrorWords>;
