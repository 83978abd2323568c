/** Errors of editing data, and of versions that are compared and deleted. */
import type { ErrorWords } from '../errors';

export const versionErrors = {
  'edit-row-missing': {
    message: {
      en: 'Row {row} cannot be changed: this version of "{dataset}" has rows 1 to {last}.',
      zh: '无法更改第 {row} 行：“{dataset}”的这个版本只有第 1 到 {last} 行。',
    },
    hint: {
      en: 'Open the newest version and choose the rows there.',
      zh: '请打开最新版本，在其中选择行。',
    },
  },
  'edit-not-number': {
    message: {
      en: 'Column "{column}" holds numbers; "{value}" is none.',
      zh: '列“{column}”只能是数字，“{value}”不是数字。',
    },
    hint: { en: 'Write numbers as 1234.5, or leave the value empty.', zh: '请将数字写成 1234.5 的形式，或留空。' },
  },
  'edit-not-labels': {
    message: {
      en: 'Column "{column}" holds lists of labels; "{value}" is none.',
      zh: '列“{column}”只能是标签列表，“{value}”不是。',
    },
    hint: {
      en: 'Write a list in JSON, such as ["cat","dog"], or label the row in the window.',
      zh: '请写成 JSON 列表，例如 ["cat","dog"]，或在窗口中标注该行。',
    },
  },
  'edit-picture': {
    message: {
      en: 'Column "{column}" holds pictures, which cannot be set to a value.',
      zh: '列“{column}”是图片，不能设为某个值。',
    },
    hint: { en: 'Exclude the rows, or drop the column.', zh: '请排除这些行，或去掉该列。' },
  },
  'edit-sound': {
    message: {
      en: 'Column "{column}" holds sounds, which cannot be set to a value.',
      zh: '列“{column}”是声音，不能设为某个值。',
    },
    hint: {
      en: 'Exclude the rows, drop the column, or put what is heard into a column of its own.',
      zh: '请排除这些行、去掉该列，或将听到的内容写入单独的列。',
    },
  },
  'edit-column-known': {
    message: { en: 'There is a column "{column}" already.', zh: '已有名为“{column}”的列。' },
    hint: { en: 'Choose another name.', zh: '请换一个名称。' },
  },
  'edits-leave-nothing': {
    message: {
      en: 'Nothing would be left of "{dataset}": {what} would all be left out.',
      zh: '“{dataset}”将什么也不剩：{what}会全部被去掉。',
    },
    hint: { en: 'Keep at least one row and one column.', zh: '请至少保留一行和一列。' },
  },
  'edits-none': {
    message: { en: 'Nothing was changed in "{dataset}".', zh: '“{dataset}”没有任何更改。' },
    hint: {
      en: 'Exclude rows or change values first; then a new version can be made.',
      zh: '请先排除行或更改值，然后才能生成新版本。',
    },
  },
  'edits-changing': {
    message: {
      en: '"{dataset}" was changed again and again while a version of it was being made.',
      zh: '生成版本期间，“{dataset}”被反复更改。',
    },
    hint: {
      en: 'All changes are kept. Make the version when the changing has ended.',
      zh: '所有更改都已保留。请在更改结束后再生成版本。',
    },
  },
  'versions-unrelated': {
    message: {
      en: 'The two versions belong to different data: "{one}" and "{other}".',
      zh: '这两个版本属于不同的数据：“{one}”和“{other}”。',
    },
    hint: { en: 'Compare two versions of one dataset.', zh: '请比较同一数据集的两个版本。' },
  },
  'version-in-use': {
    message: {
      en: 'Version {number} of "{dataset}" is in use by {users}.',
      zh: '“{dataset}”的版本 {number} 正被使用：{users}。',
    },
    hint: {
      en: 'Delete those runs and let those projects work on another version first.',
      zh: '请先删除这些运行，并让这些项目改用其他版本。',
    },
  },
} as const satisfies Record<string, ErrorWords>;
