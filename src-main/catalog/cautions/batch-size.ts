/** A batch that holds all training rows leaves one step an epoch. */
import { examplesIn } from '../../contract';
import type { CautionDefinition } from '../caution-definitions';
import { count } from '../finding-parts';

/** Steps an epoch that the repair aims at, and the batch below which it does not go. */
const STEPS = 10;
const SMALLEST = 8;

export const definition: CautionDefinition = {
  id: 'batch-size',
  label: { en: 'Batch larger than the data', zh: '批大小超过数据' },
  help: {
    en: 'Weights change once per batch. A batch that holds all training rows changes them only once an epoch.',
    zh: '每个批次更新一次权重。一个批次包含全部训练数据时，每轮只更新一次。',
  },
  rank: 30,
  check({ settings, description }) {
    const rows = examplesIn(description).training;
    const { batchSize } = settings;
    if (batchSize < rows || rows <= SMALLEST) return null;
    const better = Math.max(SMALLEST, 2 ** Math.floor(Math.log2(rows / STEPS)));
    return {
      text: {
        en: `A batch of ${count(batchSize)} holds all ${count(rows)} training rows.`,
        zh: `大小为 ${count(batchSize)} 的批次包含了全部 ${count(rows)} 行训练数据。`,
      },
      next: {
        en: 'The weights change only once an epoch, so that learning takes many epochs. A smaller batch learns sooner.',
        zh: '权重每轮只更新一次，需要很多轮才能学会。较小的批次学得更快。',
      },
      repair: {
        label: { en: `Set the batch size to ${better}`, zh: `把批大小设为 ${better}` },
        settings: { ...settings, batchSize: better },
      },
    };
  },
};
