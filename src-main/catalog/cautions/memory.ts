/** A network, its batch and its data that do not fit into the memory that is free: as measured, else as worked out. */
import { examplesIn } from '../../contract';
import type { CautionDefinition, TrainingFacts } from '../caution-definitions';
import { sizeText } from '../caution-parts';
import { parseFields } from '../fields';
import { optimizers, tasks } from '../index';
import { checkNetwork } from '../network';

/** What the process takes before it has a network. */
const PROCESS = 400e6;
/** Outputs of layers are kept until the gradients, which are as large, are known. */
const KEPT_OUTPUTS = 2;
const SMALLEST_BATCH = 8;

export const definition: CautionDefinition = {
  id: 'memory',
  label: { en: 'Too large for the memory', zh: '内存不足' },
  help: {
    en: 'Weights, gradients, the optimizer’s state and the outputs of all layers for a batch lie in memory while training.',
    zh: '训练时，权重、梯度、优化器状态以及一个批次中所有层的输出都在内存中。',
  },
  rank: 5,
  check(facts) {
    const { settings, preflight } = facts;
    const free = preflight?.freeMemory ?? facts.room?.memory ?? Infinity;
    const estimate = estimateOf(facts);
    const needed = preflight?.estimate.memory?.value ?? estimate.fixed + estimate.batch;
    if (needed <= free) return null;
    const smaller = Math.max(SMALLEST_BATCH, 2 ** Math.floor(Math.log2(settings.batchSize / 2)));
    const helps = estimate.batch > estimate.fixed && smaller < settings.batchSize;
    return {
      text: {
        en: `Training takes about ${sizeText(needed)} of memory; ${sizeText(free)} are free.`,
        zh: `训练约需 ${sizeText(needed)} 内存；可用 ${sizeText(free)}。`,
      },
      next: {
        en: 'It may be ended by the system or become very slow. A smaller batch, smaller layers or closing other programs helps.',
        zh: '训练可能被系统结束或变得很慢。减小批大小、缩小网络层或关闭其他程序会有帮助。',
      },
      repair: helps
        ? {
            label: { en: `Set the batch size to ${smaller}`, zh: `把批大小设为 ${smaller}` },
            settings: { ...settings, batchSize: smaller },
          }
        : { label: { en: 'To the network', zh: '前往网络' }, screen: 'network' },
    };
  },
};

/** Bytes as they follow from the network: what does not depend on the batch, and what does. */
function estimateOf({ data, network, settings, description }: TrainingFacts): { fixed: number; batch: number } {
  const { inputShape, codes, target } = description;
  const checked = checkNetwork(network, inputShape, tasks.get(data.task).outputs(target), codes);
  const optimizer = optimizers.get(settings.optimizer.type);
  const slots = optimizer.slots(parseFields(optimizer.fields, settings.optimizer.fields, optimizer.label.en)).length;
  // Weights, their gradients, and the optimizer's state.
  const weights = 4 * checked.trainable * (2 + slots) + 4 * checked.fixed;
  return {
    fixed: PROCESS + weights,
    batch: KEPT_OUTPUTS * checked.outputBytes * Math.min(settings.batchSize, examplesIn(description).training),
  };
}
