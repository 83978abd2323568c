/** Errors of what a person says of data as it comes in. */
import type { ErrorWords } from '../errors';

export const intakeErrors = {
  'tree-several-tables': {
    message: {
      en: '{file} holds {count} tables, and which is meant can’t be told: {names}.',
      zh: '{file} 中有 {count} 个表格，无法判断要导入哪一个：{names}。',
    },
    hint: {
      en: 'Import the table that is meant by itself; unpack an archive first.',
      zh: '请单独导入所需的表格；压缩包请先解压。',
    },
  },
  'header-not-asked': {
    message: {
      en: '{file} has no first row that could be names or data: only tables written as text (CSV) have one.',
      zh: '{file} 没有可作为列名或数据的首行：只有以文本书写的表格（CSV）才有。',
    },
    hint: { en: 'Import it without saying what the first row is.', zh: '请不要指定首行的含义，直接导入。' },
  },
} as const satisfies Record<string, ErrorWords>;
