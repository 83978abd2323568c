/** Errors of what a person says of data as it comes in. */
import type { ErrorWords } from '../errors';

export const intakeErrors = {
  'header-not-asked': {
    message: {
      en: '{file} has no first row that could be names or data: only tables written as text (CSV) have one.',
      zh: '{file} 没有可作为列名或数据的首行：只有以文本书写的表格（CSV）才有。',
    },
    hint: { en: 'Import it without saying what the first row is.', zh: '请不要指定首行的含义，直接导入。' },
  },
} as const satisfies Record<string, ErrorWords>;
