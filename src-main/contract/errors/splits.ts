/** Errors of splits: a column that cannot divide the rows, parts that would stay empty. */
import type { ErrorWords } from '../errors';

export const splitErrors = {
  'split-column-missing': {
    message: {
      en: 'The split reads the column "{column}", which the data does not have. It has: {known}.',
      zh: '划分需要列“{column}”，但数据中没有该列。现有的列：{known}。',
    },
    hint: { en: 'Choose another column for the split.', zh: '请为划分选择另一列。' },
  },
  'split-column-unfit': {
    message: {
      en: 'The column "{column}" holds pictures, which cannot divide the rows.',
      zh: '列“{column}”是图片，不能用来划分各行。',
    },
    hint: {
      en: 'Choose a column of numbers, dates, categories or text.',
      zh: '请选择数字、日期、类别或文本列。',
    },
  },
  'split-groups-too-few': {
    message: {
      en: 'The column "{column}" has {groups} groups with a target, too few for {parts} parts: each part needs a group of its own.',
      zh: '列“{column}”只有 {groups} 个带目标的组，不够分成 {parts} 部分：每部分至少需要一组。',
    },
    hint: {
      en: 'Set the share of validation or test to 0, or choose a column with more groups.',
      zh: '请把验证或测试的比例设为 0，或选择组数更多的列。',
    },
  },
  'split-duplicates-too-few': {
    message: {
      en: 'Rows that are alike form {groups} sets, too few for {parts} parts: nearly all rows are the same.',
      zh: '相似的行合并后只有 {groups} 组，不够分成 {parts} 部分：几乎所有行都相同。',
    },
    hint: {
      en: 'Divide without keeping duplicates together, or import more rows that differ.',
      zh: '请不要求重复行放在一起，或导入更多不同的行。',
    },
  },
  'split-without-order': {
    message: {
      en: 'The column "{column}" has no number and no date, so the rows have no order by it. Its first value is "{value}".',
      zh: '列“{column}”中没有数字或日期，无法据此排序。它的第一个值是“{value}”。',
    },
    hint: {
      en: 'Choose a column of numbers or of dates written year-month-day, or the order of the rows.',
      zh: '请选择数字列，或写作“年-月-日”的日期列，或按行的先后顺序划分。',
    },
  },
  'split-order-too-few': {
    message: {
      en: 'The column "{column}" has {values} different values among rows with a target, too few for {parts} parts: equal values stay together.',
      zh: '列“{column}”在带目标的行中只有 {values} 个不同的值，不够分成 {parts} 部分：相同的值必须在同一部分。',
    },
    hint: {
      en: 'Set the share of validation or test to 0, or choose a column with more values.',
      zh: '请把验证或测试的比例设为 0，或选择取值更多的列。',
    },
  },
  'split-values-unknown': {
    message: {
      en: 'Some values of the column "{column}" name no part ({count}): {values}.',
      zh: '列“{column}”中有 {count} 个值不表示任何部分：{values}。',
    },
    hint: {
      en: 'Say for each value whether its rows train, validate, test or are left out.',
      zh: '请为每个值指定：用于训练、验证、测试，或不使用。',
    },
  },
  'split-values-too-many': {
    message: {
      en: 'The column "{column}" has {count} different values; a column that names parts has at most {most}.',
      zh: '列“{column}”有 {count} 个不同的值；表示划分的列最多有 {most} 个值。',
    },
    hint: {
      en: 'Choose the column that says train, validation or test. To keep the rows of one person together, divide by groups.',
      zh: '请选择写有训练、验证或测试的列。若要把同一个人的行放在一起，请按组划分。',
    },
  },
  'split-given-missing': {
    message: {
      en: 'The split follows the test rows that the data names, but this data names none.',
      zh: '划分依照数据自带的测试行，但该数据没有指明测试行。',
    },
    hint: {
      en: 'Choose a column that says the part of each row, or divide at random.',
      zh: '请选择说明各行所属部分的列，或随机划分。',
    },
  },
  'duplicates-unknown': {
    message: {
      en: 'Duplicates of this data have not been looked for yet.',
      zh: '尚未在该数据中查找重复行。',
    },
    hint: { en: 'Look for duplicates first.', zh: '请先查找重复行。' },
  },
} as const satisfies Record<string, ErrorWords>;
