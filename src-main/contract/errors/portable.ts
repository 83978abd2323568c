/** Errors of runs and projects on their way into files and out of them. */
import type { ErrorWords } from '../errors';

export const portableErrors = {
  'portable-foreign': {
    message: {
      en: '“{file}” is no file of a Tandem project or run: {detail}.',
      zh: '“{file}”不是 Tandem 项目或运行的文件：{detail}。',
    },
    hint: {
      en: 'Choose a file that “Export” made. Tables, pictures and sounds are imported as data.',
      zh: '请选择由“导出”生成的文件。表格、图片和声音应作为数据导入。',
    },
  },
  'portable-newer': {
    message: {
      en: '“{file}” was made by Tandem {app}, whose files this version ({own}) cannot read.',
      zh: '“{file}”由 Tandem {app} 生成，当前版本（{own}）无法读取。',
    },
    hint: { en: 'Update Tandem, then open the file again.', zh: '请更新 Tandem，然后重新打开该文件。' },
  },
  'portable-damaged': {
    message: {
      en: '“{file}” is damaged or was changed: its part “{part}” is not what the file says of it ({detail}). Nothing was imported.',
      zh: '“{file}”已损坏或被更改：其中的“{part}”与文件所述不符（{detail}）。未导入任何内容。',
    },
    hint: {
      en: 'Copy or download the file again, or export it anew.',
      zh: '请重新复制或下载该文件，或重新导出。',
    },
  },
  'portable-bomb': {
    message: {
      en: '“{file}” would unpack “{part}” to more than {times} times its size, which no export of Tandem does. Nothing was imported.',
      zh: '“{file}”中的“{part}”解压后将超过其大小的 {times} 倍，Tandem 的导出不会如此。未导入任何内容。',
    },
    hint: { en: 'Do not use this file; ask whoever gave it to you.', zh: '请勿使用该文件，并询问文件的提供者。' },
  },
  'portable-data-missing': {
    message: {
      en: '“{file}” was exported without its data, and this library does not have it: “{dataset}”, {rows} rows read from “{source}” (sha256 {sha256}…).',
      zh: '“{file}”导出时不含数据，而当前数据库中没有该数据：“{dataset}”，{rows} 行，读取自“{source}”（sha256 {sha256}…）。',
    },
    hint: {
      en: 'Import that data first, or ask for a file that was exported with its data.',
      zh: '请先导入该数据，或索取包含数据的导出文件。',
    },
  },
  'portable-several-projects': {
    message: {
      en: 'These runs belong to {count} projects; one file holds runs of one.',
      zh: '这些运行属于 {count} 个项目；一个文件只能包含同一项目的运行。',
    },
    hint: { en: 'Export the runs of each project on their own.', zh: '请分别导出每个项目的运行。' },
  },
} as const satisfies Record<string, ErrorWords>;
