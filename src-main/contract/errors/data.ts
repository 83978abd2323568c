/** Errors of data on its way in: each names the file, the row or column where it can, the cause and the fix. */
import type { ErrorWords } from '../errors';

export const dataErrors = {
  'file-missing': {
    message: { en: 'The file {file} does not exist or may not be read.', zh: '文件 {file} 不存在或无法读取。' },
    hint: { en: 'Check its name and that you may open it.', zh: '请检查文件名，并确认可以打开它。' },
  },
  'source-unknown': {
    message: { en: '{file} is of no kind that can be imported.', zh: '无法导入 {file} 这种文件。' },
    hint: { en: 'Use one of: {known}.', zh: '可用的种类：{known}。' },
  },
  'csv-ragged': {
    message: {
      en: '{file}, row {row}: {found} values where the header names {expected} columns.',
      zh: '{file} 第 {row} 行：有 {found} 个值，而表头有 {expected} 列。',
    },
    hint: {
      en: 'Give this row {expected} values, or put values that hold a comma in double quotes.',
      zh: '请让该行有 {expected} 个值；含逗号的值请用双引号括起来。',
    },
  },
  'csv-quotes': {
    message: {
      en: '{file}, row {row}, column {column}: {detail}.',
      zh: '{file} 第 {row} 行，列“{column}”：{detail}。',
    },
    hint: {
      en: 'Close the quote, and write a quote inside a quoted value twice ("").',
      zh: '请闭合引号；引号值内部的引号要写两次（""）。',
    },
  },
  'csv-encoding': {
    message: {
      en: '{file}, row {row}: the bytes are not text in a known encoding (UTF-8 or UTF-16).',
      zh: '{file} 第 {row} 行：字节不是已知编码（UTF-8 或 UTF-16）的文本。',
    },
    hint: { en: 'Save the file as UTF-8 and import it again.', zh: '请将文件另存为 UTF-8 后重新导入。' },
  },
  'csv-empty': {
    message: { en: '{file} has no rows of data ({detail}).', zh: '{file} 没有数据行（{detail}）。' },
    hint: { en: 'The first row names the columns; data begins in the second.', zh: '第一行是列名，数据从第二行开始。' },
  },
  'csv-duplicate-column': {
    message: {
      en: '{file}: columns {first} and {second} both have the name "{column}".',
      zh: '{file}：第 {first} 列与第 {second} 列同名“{column}”。',
    },
    hint: { en: 'Give each column a name of its own.', zh: '请让每一列的名称各不相同。' },
  },
  'column-missing': {
    message: {
      en: 'There is no column "{column}". The columns are: {known}.',
      zh: '没有列“{column}”。现有的列：{known}。',
    },
    hint: { en: 'Choose one of them.', zh: '请选择其中之一。' },
  },
  'target-one-class': {
    message: {
      en: 'The target column "{column}" has only one value ("{value}") in {file}, so there is nothing to tell apart.',
      zh: '{file} 的目标列“{column}”只有一个值（“{value}”），没有可区分的内容。',
    },
    hint: {
      en: 'Choose another target, or add rows of other classes.',
      zh: '请选择另一个目标列，或添加其他类别的行。',
    },
  },
  'target-empty': {
    message: { en: 'The target column "{column}" is empty in every row.', zh: '目标列“{column}”在每一行都是空的。' },
    hint: { en: 'Choose another target.', zh: '请选择另一个目标列。' },
  },
  'split-too-small': {
    message: {
      en: 'The split leaves {count} rows for {part}.',
      zh: '划分后，{part} 只有 {count} 行。',
    },
    hint: { en: 'Give it a larger share, or import more rows.', zh: '请加大它的比例，或导入更多行。' },
  },
  'sample-missing': {
    message: {
      en: 'The files of the sample "{sample}" are not there: {detail}',
      zh: '示例“{sample}”的文件不存在：{detail}',
    },
    hint: { en: 'Run the set-up again.', zh: '请重新运行安装。' },
  },
  'file-damaged': {
    message: { en: '{file} is damaged: {detail}', zh: '{file} 已损坏：{detail}' },
    hint: { en: 'Get the file again and import it once more.', zh: '请重新获取该文件再导入。' },
  },
  'file-too-large': {
    message: { en: '{file} is too large: {detail}', zh: '{file} 太大：{detail}' },
    hint: { en: 'Import a part of it.', zh: '请只导入其中一部分。' },
  },
} as const satisfies Record<string, ErrorWords>;
