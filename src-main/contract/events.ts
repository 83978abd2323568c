/** The words of a run's log: events are stored as code and parameters, and said in the reader's language. */
import { errorTable, isErrorCode } from './errors';
import type { RunEvent } from './runs';
import { fill, type Locale, type Text } from './text';

const eventTable = {
  'training-started': {
    en: 'Training started on {backend}: {rows} training rows, {parameters} parameters, seed {seed}.',
    zh: '训练已在 {backend} 上开始：{rows} 行训练数据，{parameters} 个参数，种子 {seed}。',
  },
  branched: {
    en: 'Branches off from "{name}" after its epoch {epoch}, with the optimizer’s state: epochs are counted on from there.',
    zh: '从“{name}”第 {epoch} 轮之后分支，带优化器状态：轮次由此接着计数。',
  },
  'branched-weights': {
    en: 'Begins with the weights that "{name}" had after its epoch {epoch}; the optimizer begins anew.',
    zh: '以“{name}”第 {epoch} 轮之后的权重开始；优化器重新开始。',
  },
  'backend-slow': {
    en: 'TensorFlow cannot be used, so training is slow ({backend}): {reason}',
    zh: '无法使用 TensorFlow，训练会较慢（{backend}）：{reason}',
  },
  'step-eager': {
    en: 'This network cannot be compiled into one graph ({reason}), so each operation is called by itself, which is slower.',
    zh: '该网络无法编译成一张计算图（{reason}），因此逐个调用运算，速度较慢。',
  },
  'batch-halved': {
    en: 'There was not enough memory for a batch of {from}. Training goes on with {to} from the last complete epoch.',
    zh: '内存不足以处理大小为 {from} 的批次。训练将从最后一个完整的轮次起以 {to} 继续。',
  },
  'from-search': {
    en: 'The best of the search {search}, its trial {trial}, made anew on all training rows.',
    zh: '搜索 {search} 中最好的第 {trial} 次尝试，在全部训练数据上重新训练。',
  },
  'from-search-together': {
    en: 'The trials {trials} of the search {search} as one network, whose answer is the mean of theirs. Nothing was trained anew.',
    zh: '搜索 {search} 的第 {trials} 次尝试合成一个网络，其答案为它们的平均。没有重新训练。',
  },
  'learning-rate-adjusted': {
    en: 'Learning rate changed from {from} to {to}.',
    zh: '学习率从 {from} 改为 {to}。',
  },
  'batch-adjusted': {
    en: 'Batch size changed from {from} to {to}. Steps are counted in the new batches from here on.',
    zh: '批次大小从 {from} 改为 {to}。此后按新的批次计算步数。',
  },
  'patience-adjusted': {
    en: 'Patience of early stopping changed from {from} to {to} epochs.',
    zh: '早停的耐心轮数从 {from} 改为 {to}。',
  },
  'early-stopping-off': {
    en: 'Early stopping, which had ended the run, is off from here.',
    zh: '此前结束该运行的提前停止已关闭。',
  },
  'epochs-adjusted': {
    en: 'Epochs to train changed from {from} to {to}.',
    zh: '训练轮数从 {from} 改为 {to}。',
  },
  'recurrent-composed': {
    en: 'The kernels of recurrent layers cannot be used ({reason}), so those layers are composed of many small operations, which is several times slower.',
    zh: '循环层的专用内核不可用（{reason}），因此这些层由许多小运算组合而成，速度慢数倍。',
  },
  'precision-full': {
    en: 'Reduced precision needs the compiled engine, so training computes in full precision (float32).',
    zh: '降低精度需要编译引擎，因此训练以完整精度（float32）计算。',
  },
  'features-made': {
    en: '{layer} is frozen: what it makes of {rows} rows was computed once, in {seconds} s, and is kept for later runs.',
    zh: '{layer} 已冻结：{rows} 行的特征已一次算好，用时 {seconds} 秒，并保存供以后的训练使用。',
  },
  'features-found': {
    en: '{layer} is frozen: what it makes of {rows} rows was computed by an earlier run.',
    zh: '{layer} 已冻结：{rows} 行的特征已由先前的训练算好。',
  },
  'first-features-made': {
    en: 'The first blocks of {layer} are frozen: what they make of {rows} rows was computed once, in {seconds} s, and is kept for later runs. Its last blocks are trained, at {share} times the learning rate.',
    zh: '{layer} 的前几块已冻结：{rows} 行的特征已一次算好，用时 {seconds} 秒，并保存供以后的训练使用。它的最后几块参与训练，学习率为设定值的 {share} 倍。',
  },
  'first-features-found': {
    en: 'The first blocks of {layer} are frozen: what they make of {rows} rows was computed by an earlier run. Its last blocks are trained, at {share} times the learning rate.',
    zh: '{layer} 的前几块已冻结：{rows} 行的特征已由先前的训练算好。它的最后几块参与训练，学习率为设定值的 {share} 倍。',
  },
  'pretrained-trained': {
    en: 'All of {layer} is trained, at {share} times the learning rate.',
    zh: '{layer} 的全部参与训练，学习率为设定值的 {share} 倍。',
  },
  'copies-made': {
    en: 'Augmentation: {copies} changed copies of each of {rows} training examples went through the frozen part of {layer} once, in {seconds} s; each epoch draws one of them. They are kept for later runs.',
    zh: '数据增强：{rows} 个训练样本各 {copies} 个变化副本已一次通过 {layer} 的冻结部分，用时 {seconds} 秒；每轮从中抽取一个。结果保存供以后的训练使用。',
  },
  'copies-found': {
    en: 'Augmentation: each epoch draws one of {copies} changed copies of each of {rows} training examples; what the frozen part of {layer} makes of them was computed by an earlier run.',
    zh: '数据增强：{rows} 个训练样本各有 {copies} 个变化副本，每轮抽取一个；{layer} 的冻结部分对它们的特征已由先前的训练算好。',
  },
  // Said by runs of earlier versions.
  'augmentation-left-out': {
    en: 'Augmentation was left out: {layer} is frozen in whole or in part, and what that makes of each row is computed only once. Train all of it to augment.',
    zh: '未使用数据增强：{layer} 全部或部分冻结，每行的特征只计算一次。若要增强，请训练它的全部。',
  },
  'probe-ended': {
    en: 'Epochs are no longer read for the tabs Predictions and Layers: {reason}. Training goes on.',
    zh: '不再读取各轮的“预测”与“各层”数据：{reason}。训练继续进行。',
  },
  resumed: {
    en: 'Training goes on after epoch {epoch}, step {step}, as if it had not been interrupted.',
    zh: '训练从第 {epoch} 轮、第 {step} 步之后继续，如同未曾中断。',
  },
  'checkpoint-damaged': {
    en: 'The checkpoint of epoch {epoch}, step {step} is damaged on disk and is left out; training goes on from the one before it.',
    zh: '第 {epoch} 轮、第 {step} 步的检查点在磁盘上已损坏，已弃用；训练从前一个检查点继续。',
  },
  'epoch-better': {
    en: 'Epoch {epoch} is the best so far: {metric} is {value}.',
    zh: '第 {epoch} 轮是目前最佳：{metric} 为 {value}。',
  },
  'early-stop': {
    en: 'Training stopped early after epoch {epoch}: the loss has not fallen for {patience} epochs.',
    zh: '训练在第 {epoch} 轮后提前停止：损失已有 {patience} 轮没有下降。',
  },
  'early-stop-by': {
    en: 'Training stopped early after epoch {epoch}: {metric} has not become better for {patience} epochs.',
    zh: '训练在第 {epoch} 轮后提前停止：{metric} 已有 {patience} 轮没有改善。',
  },
  'step-compiled': {
    en: 'The training step was written as one graph in {seconds} s; from now on it is a single call.',
    zh: '训练步骤已在 {seconds} 秒内写成一张计算图；此后每步只需一次调用。',
  },
  'stopped-within': {
    en: 'Training was stopped in epoch {epoch}, after step {step}. {epochs} complete epochs are kept; going on continues after that very step.',
    zh: '训练在第 {epoch} 轮第 {step} 步之后停止。已保留 {epochs} 个完整的轮次；继续训练将从该步之后接着进行。',
  },
  'estimate-before': {
    en: 'Measured before the start on {batches} batches: at most {seconds} s for {epochs} epochs ({secondsLow} to {secondsHigh} s), {memory} MB of memory, {disk} MB on disk.',
    zh: '开始前用 {batches} 个批次测得：{epochs} 轮最多 {seconds} 秒（{secondsLow} 至 {secondsHigh} 秒），内存 {memory} MB，磁盘 {disk} MB。',
  },
  'estimate-begun': {
    en: 'By its first {batches} batches, this run takes at most {seconds} s for {epochs} epochs ({secondsLow} to {secondsHigh} s).',
    zh: '根据前 {batches} 个批次，本次运行 {epochs} 轮最多需要 {seconds} 秒（{secondsLow} 至 {secondsHigh} 秒）。',
  },
  'estimate-took': {
    en: 'It took {seconds} s for {epochs} epochs, at most {memory} MB of memory, and {disk} MB on disk.',
    zh: '{epochs} 轮共用 {seconds} 秒，最多占用 {memory} MB 内存，磁盘 {disk} MB。',
  },
  paused: { en: 'Training was paused.', zh: '训练已暂停。' },
  continued: { en: 'Training goes on.', zh: '训练继续。' },
  stopped: {
    en: 'Training was stopped. {epochs} complete epochs are kept.',
    zh: '训练已停止。已保留 {epochs} 个完整的轮次。',
  },
  finished: {
    en: 'Training finished after {epochs} epochs. The saved model is that of epoch {saved}.',
    zh: '训练在 {epochs} 轮后完成。保存的模型来自第 {saved} 轮。',
  },
  tested: {
    en: 'The saved model was measured on the test rows ({rows}): {metric} is {value}.',
    zh: '已用 {rows} 行测试数据测量保存的模型：{metric} 为 {value}。',
  },
  'tested-beside-baseline': {
    en: 'The saved model was measured on the test rows ({rows}): {metric} is {value}; the baseline, which learns nothing from the inputs, gets {baseline}.',
    zh: '已用 {rows} 行测试数据测量保存的模型：{metric} 为 {value}；总是给出同一回答的基准为 {baseline}。',
  },
  'baseline-not-beaten': {
    en: 'These test rows ({rows}) do not show that the network is better than the baseline, which learns nothing from the inputs: {metric} is {value} against {baseline}. More rows, other columns or another network may help.',
    zh: '这 {rows} 行测试数据不足以说明网络优于基准（不看任何输入、总是给出同一回答）：{metric} 为 {value}，基准为 {baseline}。更多数据、其他列或另一种网络可能有帮助。',
  },
} as const satisfies Record<string, Text>;

export type EventCode = keyof typeof eventTable;

/** An event's sentence. Errors are logged under their own code; a code from a newer version stands as it is. */
export function describeEvent(event: Pick<RunEvent, 'code' | 'parameters'>, locale: Locale): string {
  const { code, parameters } = event;
  if (isEventCode(code)) return fill(eventTable[code], locale, parameters);
  return isErrorCode(code) ? fill(errorTable[code].message, locale, parameters) : code;
}

function isEventCode(code: string): code is EventCode {
  return Object.hasOwn(eventTable, code);
}
