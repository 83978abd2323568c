/** Errors of imports that were interrupted and are to go on. */
import type { ErrorWords } from '../errors';

export const resumeErrors = {
  'import-not-interrupted': {
    message: {
      en: 'There is no interrupted import “{id}” that could go on or be discarded.',
      zh: '没有可继续或放弃的中断导入“{id}”。',
    },
    hint: {
      en: 'It may go on already, or was discarded. Import the data again if it is not there.',
      zh: '它可能已在继续，或已被放弃。如果数据不在，请重新导入。',
    },
  },
  'import-source-missing': {
    message: {
      en: '{file}, from which the interrupted import reads, is not where it was.',
      zh: '中断的导入所读取的 {file} 已不在原处。',
    },
    hint: {
      en: 'Put it back, or connect its disk, and continue; or discard the interrupted import.',
      zh: '请将其放回原处或接上所在磁盘，然后继续；也可以放弃中断的导入。',
    },
  },
  'import-source-changed': {
    message: {
      en: '{name} has changed since its import was interrupted. What had been read is of the old content and was discarded.',
      zh: '{name} 的导入中断后，其内容发生了变化。已读取的部分属于旧内容，已被放弃。',
    },
    hint: { en: 'Start over to import what is there now.', zh: '请重新开始，以导入现在的内容。' },
  },
} as const satisfies Record<string, ErrorWords>;
