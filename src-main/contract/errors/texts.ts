/** Errors of texts, sentence pairs, ratings and questions about pictures on their way in, and of what of them is left out. */
import type { ErrorWords } from '../errors';

export const textErrors = {
  'text-empty': {
    message: { en: '{file} holds no text.', zh: '{file} 中没有文字。' },
    hint: { en: 'Choose a file that holds some.', zh: '请选择有文字的文件。' },
  },
  'text-too-long': {
    message: { en: '{file} holds more than {most} MB of text.', zh: '{file} 的文字超过 {most} MB。' },
    hint: {
      en: 'Cut it into several files, or import it alone: then each line or paragraph is a row.',
      zh: '请把它拆成多个文件，或单独导入：这样每行或每段成为一行数据。',
    },
  },
  'text-row-too-long': {
    message: {
      en: '{file}, row {row}: a line or paragraph of more than {most} MB.',
      zh: '{file} 第 {row} 行：一行或一段超过 {most} MB。',
    },
    hint: { en: 'Break it into several lines.', zh: '请把它分成多行。' },
  },
  'text-other-file': {
    message: { en: '{file} is no text file.', zh: '{file} 不是文本文件。' },
    hint: { en: 'Texts are .txt and .md files.', zh: '文本应为 .txt 或 .md 文件。' },
  },
  'text-without-class': {
    message: {
      en: '{file} lies beside the folders of the classes, so that it has no class.',
      zh: '{file} 与各类别文件夹并列，因此没有类别。',
    },
    hint: { en: 'Put it into the folder of its class.', zh: '请把它放进所属类别的文件夹。' },
  },
  'texts-all-left-out': {
    message: {
      en: '{file}: none of its {count} text files can be used; the first is {first}.',
      zh: '{file}：其中 {count} 个文本文件都无法使用；第一个是 {first}。',
    },
    hint: { en: 'Save the texts as UTF-8.', zh: '请把文本另存为 UTF-8。' },
  },
  'pairs-lines-differ': {
    message: {
      en: '{file} has {lines} lines and {other} has {found}; line by line they should say the same.',
      zh: '{file} 有 {lines} 行，而 {other} 有 {found} 行；两者应逐行对应。',
    },
    hint: {
      en: 'Use files whose lines belong together, one sentence a line.',
      zh: '请使用逐行对应的文件，每行一句。',
    },
  },
  'pair-incomplete': {
    message: { en: '{file}, row {row}: there is no sentence.', zh: '{file} 第 {row} 行：没有句子。' },
    hint: { en: 'Give the line its sentence in each language.', zh: '请在每种语言中补上该行的句子。' },
  },
  'values-count': {
    message: {
      en: '{file}, row {row}: {found} values where {expected} belong.',
      zh: '{file} 第 {row} 行：有 {found} 个值，应为 {expected} 个。',
    },
    hint: { en: 'Give this row {expected} values.', zh: '请让该行有 {expected} 个值。' },
  },
  'rating-not-number': {
    message: {
      en: '{file}, row {row}: the rating “{value}” is no number.',
      zh: '{file} 第 {row} 行：评分“{value}”不是数字。',
    },
    hint: { en: 'Write ratings as numbers with a decimal point.', zh: '请把评分写成使用小数点的数字。' },
  },
  'ratings-header': {
    message: {
      en: '{file}: its header names no columns of users and items (user_id:token, item_id:token).',
      zh: '{file}：表头没有用户列和物品列（user_id:token、item_id:token）。',
    },
    hint: { en: 'Name each column with its type, as RecBole does.', zh: '请像 RecBole 那样为每列写上名称和类型。' },
  },
  'features-repeated': {
    message: { en: '{file}, row {row}: “{id}” was described before.', zh: '{file} 第 {row} 行：“{id}”此前已有描述。' },
    hint: { en: 'Keep one row for each.', zh: '请让每一项只保留一行。' },
  },
  'features-too-large': {
    message: {
      en: '{file} is larger than {most} MB, so its features were not joined.',
      zh: '{file} 超过 {most} MB，因此未合并其特征。',
    },
    hint: { en: 'Leave out features that are not needed.', zh: '请去掉不需要的特征。' },
  },
  'question-incomplete': {
    message: {
      en: '{file}: entry {row} is not [question, answer, picture].',
      zh: '{file}：第 {row} 项不是 [问题, 答案, 图片]。',
    },
    hint: {
      en: 'Give each entry a question, an answer and the name of a picture.',
      zh: '请让每一项包含问题、答案和图片名。',
    },
  },
  'question-without-picture': {
    message: {
      en: '{file}: entry {row} asks about the picture “{picture}”, which is not there.',
      zh: '{file}：第 {row} 项询问的图片“{picture}”不存在。',
    },
    hint: { en: 'Put the picture beside the questions, or mend its name.', zh: '请把图片放在问题旁边，或更正其名称。' },
  },
} as const satisfies Record<string, ErrorWords>;
