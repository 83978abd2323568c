/** Errors of what a person says of data as it comes in. */
import type { ErrorWords } from '../errors';

export const intakeErrors = {
  'tree-several-tables': {
    message: {
      en: '{file} holds {count} tables, and which is meant can’t be told: {names}.',
      zh: '{file} 中有 {count} 个表格，无法判断要导入哪一个：{names}。',
    },
    hint: {
      en: 'Say which: an import in the window asks, in the terminal `--table NAME` says it. To add rows, choose that table by itself.',
      zh: '请指定表格：在窗口中导入时会询问，在终端中使用 `--table 名称`。要添加行，请单独选择该表格。',
    },
  },
  'header-not-asked': {
    message: {
      en: '{file} has no first row that could be names or data: only tables written as text (CSV) and workbooks have one.',
      zh: '{file} 没有可作为列名或数据的首行：只有以文本书写的表格（CSV）和工作簿才有。',
    },
    hint: { en: 'Import it without saying what the first row is.', zh: '请不要指定首行的含义，直接导入。' },
  },
  'reading-not-asked': {
    message: {
      en: '{file} is read in one way only: it can’t be said what its {choice} is.',
      zh: '{file} 只有一种读取方式，无法指定其 {choice}。',
    },
    hint: { en: 'Import it without saying so.', zh: '请不要指定，直接导入。' },
  },
  'table-unknown': {
    message: {
      en: '{file} holds no table “{table}”. It holds: {names}.',
      zh: '{file} 中没有表“{table}”。其中有：{names}。',
    },
    hint: { en: 'Choose one of these, by its whole name.', zh: '请用完整名称选择其中一个。' },
  },
  'origin-gone': {
    message: {
      en: '{file} is not where it was imported from.',
      zh: '{file} 已不在导入时的位置。',
    },
    hint: {
      en: 'Put it back, or choose the file where it is now. What was imported is still here.',
      zh: '请把它放回原处，或选择它现在的位置。已导入的数据仍在。',
    },
  },
  'origin-unknown': {
    message: {
      en: 'Where “{dataset}” was imported from is not known.',
      zh: '不知道“{dataset}”是从哪里导入的。',
    },
    hint: { en: 'Choose the file once more.', zh: '请重新选择该文件。' },
  },
} as const satisfies Record<string, ErrorWords>;
