/** Errors of anomaly detection. */
import type { ErrorWords } from '../errors';

export const anomalyErrors = {
  'anomaly-without-ordinary': {
    message: {
      en: 'No row of {file} is ordinary: column "{column}" has none of the values that were chosen as ordinary ({ordinary}).',
      zh: '{file} 中没有正常的行：列“{column}”不含任何被选为正常的值（{ordinary}）。',
    },
    hint: {
      en: 'Choose at least one value that the column has. It has: {known}.',
      zh: '请至少选择该列中存在的一个值。现有的值：{known}。',
    },
  },
  'model-without-threshold': {
    message: {
      en: '{run} has no threshold: only networks for the tasks that find anomalies have one, once they were measured.',
      zh: '{run} 没有阈值：只有用于异常检测任务、且已评估过的网络才有阈值。',
    },
    hint: {
      en: 'Train a network for a task such as “Find unusual rows” to its end.',
      zh: '请为“找出异常行”之类的任务训练网络并完成训练。',
    },
  },
} as const satisfies Record<string, ErrorWords>;
