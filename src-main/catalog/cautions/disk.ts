/** Checkpoints that the disk has no room for, as measured. */
import type { CautionDefinition } from '../caution-definitions';
import { sizeText } from '../caution-parts';

/** While an epoch is saved there are the new checkpoint and the journal of what it replaces beside the old ones. */
const WHILE_SAVING = 2;

export const definition: CautionDefinition = {
  id: 'disk',
  label: { en: 'Too large for the disk', zh: '磁盘空间不足' },
  help: {
    en: 'A run keeps its last two checkpoints, the best one and the model on the disk.',
    zh: '每次运行都会在磁盘上保存最后两个检查点、最佳检查点和模型。',
  },
  rank: 6,
  check({ preflight }) {
    const needed = WHILE_SAVING * (preflight?.estimate.disk?.high ?? 0);
    const free = preflight?.freeDisk ?? Infinity;
    if (needed <= free) return null;
    return {
      text: {
        en: `Saving the run takes about ${sizeText(needed)} on the disk; ${sizeText(free)} are free.`,
        zh: `保存本次运行约需 ${sizeText(needed)} 磁盘空间；可用 ${sizeText(free)}。`,
      },
      next: {
        en: 'Training would stop at the first epoch that cannot be saved. Make room, or make the network smaller.',
        zh: '训练会在第一个无法保存的轮次停止。请腾出空间或缩小网络。',
      },
      repair: { label: { en: 'To the network', zh: '前往网络' }, screen: 'network' },
    };
  },
};
