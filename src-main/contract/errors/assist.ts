/** Errors of models that help with labels, and of labels by two people. */
import type { ErrorWords } from '../errors';

export const assistErrors = {
  'assist-too-few': {
    message: {
      en: 'A model needs at least {classes} classes with {each} labels each in "{column}" to learn from; there are {found}.',
      zh: '模型至少需要“{column}”中有 {classes} 个类别、每类 {each} 个标签才能学习；目前有 {found} 个这样的类别。',
    },
    hint: { en: 'Label some rows of each class by hand first.', zh: '请先手动标注每个类别的一些行。' },
  },
  'assist-few-lists': {
    message: {
      en: 'A model needs a class of "{column}" that at least {each} labelled rows have and {each} have not; {count} rows are labelled and no class is so far.',
      zh: '模型需要“{column}”中有一个类别，至少 {each} 个已标注的行有它、{each} 个没有它；目前已标注 {count} 行，还没有这样的类别。',
    },
    hint: {
      en: 'Label some rows with and some without a class by hand first.',
      zh: '请先手动标注一些有某类别和没有该类别的行。',
    },
  },
  'assist-few-marks': {
    message: {
      en: 'Marks are proposed once {least} texts of "{column}" have been looked at; so far there are {found}.',
      zh: '“{column}”中至少有 {least} 段文本标记后才能给出建议；目前有 {found} 段。',
    },
    hint: { en: 'Mark some texts by hand first.', zh: '请先手动标记一些文本。' },
  },
  'assist-few-boxes': {
    message: {
      en: 'Boxes are proposed once {pictures} pictures of "{column}" have been looked at, with {boxes} boxes in them; so far there are {found} pictures with {there} boxes.',
      zh: '“{column}”中至少看过 {pictures} 张图片、其中有 {boxes} 个框后才能给出建议；目前有 {found} 张图片、{there} 个框。',
    },
    hint: { en: 'Draw the boxes of some pictures by hand first.', zh: '请先手动画出一些图片的框。' },
  },
  'labels-not-learnable': {
    message: {
      en: 'A quick model was right about {right} % of the rows of a class that it had not seen, on average over the classes; guessing would be right about {chance} %. So it cannot tell which labels are wrong.',
      zh: '快速模型对未见过的行，各类别平均正确率为 {right} %；随意猜测也有 {chance} %。因此它无法判断哪些标签有误。',
    },
    hint: {
      en: 'Check that the columns or pictures say something of the target, or bring more rows.',
      zh: '请检查这些列或图片是否与目标有关，或补充更多的行。',
    },
  },
  'assist-not-classes': {
    message: {
      en: 'A quick model learns one class or several per row, marks of texts and boxes over pictures; "{column}" holds something else.',
      zh: '快速模型只能学习每行一个或多个类别、文本中的标记或图片上的框；“{column}”不是这种列。',
    },
    hint: {
      en: 'Train a network for this column and let that run propose, or label by hand.',
      zh: '请为该列训练一个网络并用该运行给出建议，或手动标注。',
    },
  },
  'assist-too-many-classes': {
    message: {
      en: 'Column "{column}" has {count} different labels; a quick model learns at most {most}.',
      zh: '列“{column}”有 {count} 种不同的标签；快速模型最多学习 {most} 种。',
    },
    hint: { en: 'Choose a column with classes, or join rare ones.', zh: '请选择类别列，或合并少见的类别。' },
  },
  'assist-run-unfit': {
    message: {
      en: 'Run "{run}" learnt "{target}", not "{column}", or other data than "{dataset}".',
      zh: '运行“{run}”学习的是“{target}”而不是“{column}”，或使用的不是“{dataset}”的数据。',
    },
    hint: {
      en: 'Choose a run of this data and column, or a quick model.',
      zh: '请选择针对此数据和此列的运行，或使用快速模型。',
    },
  },
  'replay-too-few': {
    message: {
      en: 'It is too early to say what an order saves: {count} rows of "{column}" have labels, and {least} are needed.',
      zh: '现在判断某种顺序能节省多少还为时过早：“{column}”中有 {count} 行已标注，需要 {least} 行。',
    },
    hint: { en: 'Label more rows, then ask again.', zh: '请再标注一些行，然后重试。' },
  },
  'replay-lists': {
    message: {
      en: 'What an order saves is measured for one class per row; rows of "{column}" have several.',
      zh: '只能针对每行一个类别衡量某种顺序能节省多少；“{column}”的行有多个类别。',
    },
    hint: { en: 'Choose a column with one class per row.', zh: '请选择每行一个类别的列。' },
  },
  'merge-no-labels': {
    message: {
      en: 'No column of "{file}" is known to hold the labels. It has: {known}.',
      zh: '无法确定“{file}”中哪一列是标签。它的列有：{known}。',
    },
    hint: {
      en: 'Name the column of labels "{column}" or "label".',
      zh: '请将标签列命名为“{column}”或“label”。',
    },
  },
  'merge-no-key': {
    message: {
      en: 'The rows of "{file}" cannot be found in "{dataset}": no column names its rows. It has: {known}.',
      zh: '无法在“{dataset}”中找到“{file}”的行：没有列能指明对应的行。它的列有：{known}。',
    },
    hint: {
      en: 'Add a column "row" with the numbers of the rows, counted from 1, or one with their files or texts.',
      zh: '请添加一列“row”写明行号（从 1 数起），或添加一列写明文件或文本。',
    },
  },
  'merge-file-large': {
    message: {
      en: 'File "{file}" is too large for a file of labels: at most {most} MB are read.',
      zh: '文件“{file}”作为标签文件太大：最多读取 {most} MB。',
    },
    hint: { en: 'Keep only the column that names the rows and the labels.', zh: '请只保留指明行的列和标签列。' },
  },
  'merge-nothing-both': {
    message: {
      en: '"{first}" and "{second}" have no row in common that both labelled.',
      zh: '“{first}”和“{second}”没有共同标注过的行。',
    },
    hint: { en: 'Choose two files about the same rows.', zh: '请选择针对相同行的两个文件。' },
  },
  'merge-same-source': {
    message: { en: 'Both labellers are "{name}".', zh: '两位标注者都是“{name}”。' },
    hint: { en: 'Choose two different files or columns.', zh: '请选择两个不同的文件或列。' },
  },
} as const satisfies Record<string, ErrorWords>;
