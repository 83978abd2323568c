/** Errors of training and of using what was trained. */
import type { ErrorWords } from '../errors';

export const trainingErrors = {
  'loss-not-finite': {
    message: {
      en: 'The loss became {value} in epoch {epoch}, step {step}, so training stopped. NaN stands for “not a number”, Infinity for more than a number can hold: a calculation went out of bounds.',
      zh: '损失在第 {epoch} 轮第 {step} 步变为 {value}，训练因此停止。NaN 表示“不是数字”，Infinity 表示超出数字能容纳的范围：某次计算越界了。',
    },
    hint: {
      en: 'The usual cause is a learning rate that is too high ({learningRate} now): try a tenth of it, or switch gradient clipping on. The model of the epochs before is kept.',
      zh: '常见原因是学习率过高（现为 {learningRate}）：请试试它的十分之一，或启用梯度裁剪。此前各轮的模型已保留。',
    },
  },
  'loss-not-finite-first-epoch': {
    message: {
      en: 'The loss became {value} in epoch {epoch}, step {step}, so training stopped. NaN stands for “not a number”, Infinity for more than a number can hold: a calculation went out of bounds.',
      zh: '损失在第 {epoch} 轮第 {step} 步变为 {value}，训练因此停止。NaN 表示“不是数字”，Infinity 表示超出数字能容纳的范围：某次计算越界了。',
    },
    hint: {
      en: 'The usual cause is a learning rate that is too high ({learningRate} now): try a tenth of it, or switch gradient clipping on. No epoch was completed, so there is no model yet.',
      zh: '常见原因是学习率过高（现为 {learningRate}）：请试试它的十分之一，或启用梯度裁剪。尚未完成任何一轮，因此还没有模型。',
    },
  },
  'loss-not-finite-at-start': {
    message: {
      en: 'The loss was {value} at the very first step, before any weight had moved. NaN stands for “not a number”, Infinity for more than a number can hold: a calculation went out of bounds.',
      zh: '第一步的损失就是 {value}，此时权重尚未改变。NaN 表示“不是数字”，Infinity 表示超出数字能容纳的范围：某次计算越界了。',
    },
    hint: {
      en: 'The learning rate is not the cause here. Look on Data for columns with extremely large values, and on Network for an activation or a loss that does not fit the task. There is no model yet.',
      zh: '原因不在学习率。请在“数据”中查看是否有数值极大的列，并在“网络”中检查激活函数或损失是否适合该任务。目前还没有模型。',
    },
  },
  'backend-cannot-train': {
    message: {
      en: 'The slow backend ({backend}) cannot train this network: {detail}',
      zh: '慢速后端（{backend}）无法训练该网络：{detail}',
    },
    hint: { en: 'Run the set-up again to get TensorFlow.', zh: '请重新运行安装以获取 TensorFlow。' },
  },
  'out-of-memory': {
    message: {
      en: 'There was not enough memory for a batch of {batchSize}.',
      zh: '内存不足以处理大小为 {batchSize} 的批次。',
    },
    hint: {
      en: 'It was halved as far as is sensible. Close other programs, or use a smaller network or smaller pictures. What was saved is kept.',
      zh: '批次已减半到合理的下限。请关闭其他程序，或使用更小的网络或更小的图片。已保存的内容仍在。',
    },
  },
  'run-active': {
    message: { en: 'The run "{name}" trains or waits to.', zh: '运行“{name}”正在训练或等待训练。' },
    hint: { en: 'Stop it first.', zh: '请先停止它。' },
  },
  'run-without-model': {
    message: {
      en: 'The run "{name}" has no saved model: no epoch was completed.',
      zh: '运行“{name}”没有已保存的模型：未完成任何一轮。',
    },
    hint: { en: 'Train it for at least one epoch.', zh: '请至少训练一轮。' },
  },
  'picture-unknown': {
    message: {
      en: '{file} is neither PNG nor JPEG.',
      zh: '{file} 既不是 PNG 也不是 JPEG。',
    },
    hint: {
      en: 'Give a PNG or JPEG picture; it is made {height} × {width} by itself.',
      zh: '请提供 PNG 或 JPEG 图片；会自动缩放为 {height} × {width}。',
    },
  },
  'picture-damaged': {
    message: {
      en: 'The picture {file} is damaged.',
      zh: '图片 {file} 已损坏。',
    },
    hint: { en: 'Save it again as PNG or JPEG.', zh: '请重新另存为 PNG 或 JPEG。' },
  },
  'picture-too-large': {
    message: {
      en: 'The picture {file} is larger than 64 MB or {most} pixels.',
      zh: '图片 {file} 超过 64 MB 或 {most} 像素。',
    },
    hint: { en: 'Make it smaller.', zh: '请将它缩小。' },
  },
  'input-not-picture': {
    message: {
      en: 'Input {number} is not a picture of {expected} values.',
      zh: '第 {number} 个输入不是含 {expected} 个值的图片。',
    },
    hint: {
      en: 'The model takes pictures as values from 0 to 255, row by row.',
      zh: '模型的输入是逐行排列、值为 0 到 255 的图片。',
    },
  },
  'input-not-values': {
    message: {
      en: 'Input {number} is not a row of values.',
      zh: '第 {number} 个输入不是一行值。',
    },
    hint: { en: 'The model takes values for: {columns}.', zh: '模型需要以下列的值：{columns}。' },
  },
  'input-not-number': {
    message: {
      en: 'Input {number}: "{value}" in column "{column}" is not a number.',
      zh: '第 {number} 个输入：列“{column}”中的“{value}”不是数字。',
    },
    hint: { en: 'Write numbers as 1234.5, or leave the value empty.', zh: '请将数字写成 1234.5 的形式，或留空。' },
  },
  'pictures-unfit': {
    message: {
      en: 'The pictures of "{dataset}" are {found}; the model takes {expected}.',
      zh: '“{dataset}”的图片为 {found}；模型需要 {expected}。',
    },
    hint: { en: 'Use pictures of the same size as in training.', zh: '请使用与训练时大小相同的图片。' },
  },
  'table-expected': {
    message: {
      en: '{file} is not a table (CSV).',
      zh: '{file} 不是表格（CSV）。',
    },
    hint: { en: 'The model takes a CSV with the columns: {columns}.', zh: '模型需要包含以下列的 CSV：{columns}。' },
  },
} as const satisfies Record<string, ErrorWords>;
