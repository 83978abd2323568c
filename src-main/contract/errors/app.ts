/** Errors of the frame: calls between processes, jobs, files that were not granted. */
import type { ErrorWords } from '../errors';

export const appErrors = {
  unexpected: {
    message: { en: 'Something failed that was not foreseen: {detail}', zh: '发生了未预料的错误：{detail}' },
    hint: {
      en: 'Nothing that was saved is lost. Try again; if it repeats, the log has the details.',
      zh: '已保存的内容没有丢失。请重试；如果再次出现，日志中有详细信息。',
    },
  },
  'call-unknown': {
    message: { en: 'The call "{name}" does not exist.', zh: '调用“{name}”不存在。' },
    hint: { en: 'Restart the app.', zh: '请重新启动应用。' },
  },
  'call-invalid': {
    message: {
      en: 'The call "{name}" was made with unsuitable values: {detail}',
      zh: '调用“{name}”的参数不合适：{detail}',
    },
    hint: { en: 'Check the value that is named.', zh: '请检查所指出的值。' },
  },
  'file-not-granted': {
    message: { en: 'The file was not chosen by you in this session.', zh: '该文件不是您在本次使用中选择的。' },
    hint: { en: 'Drop it again or choose it again.', zh: '请重新拖入或重新选择。' },
  },
  'job-unknown': {
    message: { en: 'There is no running job "{id}".', zh: '没有正在运行的任务“{id}”。' },
    hint: { en: 'It may have ended. Look at the activity list.', zh: '它可能已结束，请查看活动列表。' },
  },
  'job-crashed': {
    message: {
      en: 'The {kind} job ended unexpectedly ({reason}).',
      zh: '任务“{kind}”意外结束（{reason}）。',
    },
    hint: {
      en: 'What it had saved is kept. Start it again, with less memory in use if it ended for lack of memory.',
      zh: '它已保存的内容仍在。请重新开始；如果是内存不足，请先释放内存。',
    },
  },
  'job-out-of-memory': {
    message: {
      en: 'The computer ran out of memory, and the {kind} job was ended ({reason}).',
      zh: '计算机内存耗尽，任务“{kind}”被终止（{reason}）。',
    },
    hint: {
      en: 'What was saved is kept: a run goes on from its last checkpoint. Close other programs first; if it happens again, start a run with a smaller batch or a smaller network.',
      zh: '已保存的内容仍在：运行可从最后的检查点继续。请先关闭其他程序；如果再次发生，请用更小的批次或更小的网络开始新的运行。',
    },
  },
  'job-killed': {
    message: {
      en: 'The {kind} job was ended from outside ({reason}): by another program, or by the system.',
      zh: '任务“{kind}”被外部终止（{reason}）：由其他程序或系统所为。',
    },
    hint: {
      en: 'What was saved is kept: a run goes on from its last checkpoint, an import from what it had read. If nobody ended it, memory may have been short: close other programs first.',
      zh: '已保存的内容仍在：运行可从最后的检查点继续，导入可从已读取的部分继续。如果没有人终止它，可能是内存不足：请先关闭其他程序。',
    },
  },
  'job-native-crash': {
    message: {
      en: 'The {kind} job crashed inside one of its native libraries ({reason}).',
      zh: '任务“{kind}”在其本机库中崩溃（{reason}）。',
    },
    hint: {
      en: 'What was saved is kept: a run goes on from its last checkpoint. If it happens again, try a smaller batch: a lack of memory can show itself in this way.',
      zh: '已保存的内容仍在：运行可从最后的检查点继续。如果再次发生，请试用更小的批次：内存不足也可能这样表现出来。',
    },
  },
  'app-ended': {
    message: {
      en: 'Tandem itself was ended while this was at work.',
      zh: '工作进行时，Tandem 本身被终止。',
    },
    hint: {
      en: 'What was saved is kept: a run goes on from its last checkpoint, an import from what it had read.',
      zh: '已保存的内容仍在：运行可从最后的检查点继续，导入可从已读取的部分继续。',
    },
  },
  'job-cancelled': {
    message: { en: 'Cancelled.', zh: '已取消。' },
    hint: { en: 'Nothing was left behind.', zh: '没有留下任何半成品。' },
  },
  'argument-invalid': {
    message: { en: '{name}: {detail}', zh: '{name}：{detail}' },
    hint: { en: 'Run the command with --help to see what it takes.', zh: '加上 --help 运行可查看用法。' },
  },
} as const satisfies Record<string, ErrorWords>;
