/** Errors of training and of using what was trained. */
import type { ErrorWords } from '../errors';

export const trainingErrors = {
  'loss-not-finite': {
    message: {
      en: 'The loss became {value} in epoch {epoch}, step {step}.',
      zh: '损失在第 {epoch} 轮第 {step} 步变为 {value}。',
    },
    hint: {
      en: 'The usual cause is a learning rate that is too high ({learningRate} now): try a tenth of it. The weights of the last good epoch are kept.',
      zh: '常见原因是学习率过高（现为 {learningRate}）：请试试它的十分之一。最后一轮正常的权重已保留。',
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
    hint: { en: 'Use a smaller batch or a smaller network.', zh: '请使用更小的批次或更小的网络。' },
  },
  'run-active': {
    message: { en: 'The run "{name}" is training.', zh: '运行“{name}”正在训练。' },
    hint: { en: 'Stop it first.', zh: '请先停止它。' },
  },
  'run-without-model': {
    message: {
      en: 'The run "{name}" has no saved model: no epoch was completed.',
      zh: '运行“{name}”没有已保存的模型：未完成任何一轮。',
    },
    hint: { en: 'Train it for at least one epoch.', zh: '请至少训练一轮。' },
  },
  'input-unfit': {
    message: { en: '{file}: {detail}', zh: '{file}：{detail}' },
    hint: { en: 'The model expects {expected}.', zh: '模型需要的输入是：{expected}。' },
  },
} as const satisfies Record<string, ErrorWords>;
