/** Pictures that show the same but are not equal pixel by pixel: saved again, brightened, slightly cropped. */
import { counted, excludeFix, figure, percent, type CheckDefinition } from '../check';
import { twinsByKey } from '../duplicate-groups';
import { nearTwins } from '../near-pictures';

export const definition: CheckDefinition = {
  id: 'near-duplicate-pictures',
  label: { en: 'Nearly equal pictures', zh: '近似重复图片' },
  help: {
    en: 'The same picture saved again or brightened is hardly another example. Found by a perceptual hash and confirmed on small grey copies.',
    zh: '重新保存或调亮的同一图片几乎不算新的样本。通过感知哈希查找，并用缩小的灰度图确认。',
  },
  fits: (data) => data.pictureColumn !== null,
  async run(data, watch) {
    const facts = await data.pictures(watch);
    if (!facts) return [];
    const exact = new Uint8Array(data.rows);
    for (const row of twinsByKey(facts.exactHigh, facts.exactLow, (one) => facts.present[one] !== 1).rows)
      exact[row] = 1;
    const { rows, partners } = nearTwins(facts, exact, () => watch.signal.throwIfAborted());
    if (rows.length === 0) return [];
    const share = percent(rows.length / data.rows);
    return [
      {
        severity: 'attention',
        sentence: {
          en: `${counted(rows.length, 'picture looks', 'pictures look')} nearly like an earlier one (${share} of all rows).`,
          zh: `${figure(rows.length)} 张图片与前面的某张几乎相同（占所有行的 ${share}）。`,
        },
        columns: [data.pictureColumn?.name ?? ''],
        rows,
        partners,
        fixes: [excludeFix(rows, 'near-duplicate-pictures')],
      },
    ];
  },
};
