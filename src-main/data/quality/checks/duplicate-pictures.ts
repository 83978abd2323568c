/** The same picture twice, pixel by pixel. */
import { counted, excludeFix, figure, percent, type CheckDefinition } from '../check';
import { twinsByKey } from '../duplicate-groups';

export const definition: CheckDefinition = {
  id: 'duplicate-pictures',
  label: { en: 'Duplicate pictures', zh: '重复图片' },
  help: {
    en: 'The same picture twice counts double in training, and where one is in training and one in the test, the test is too easy.',
    zh: '同一图片出现两次会在训练中重复计算；如果一张在训练集、一张在测试集，测试就会过于容易。',
  },
  fits: (data) => data.pictureColumn !== null,
  async run(data, watch) {
    const facts = await data.pictures(watch);
    if (!facts) return [];
    // Flat pictures are alike without being the same thing; another check tells of them.
    const skip = (row: number) => facts.present[row] !== 1 || Number.isNaN(facts.sharpness[row]);
    const { rows, partners } = twinsByKey(facts.exactHigh, facts.exactLow, skip);
    if (rows.length === 0) return [];
    const share = percent(rows.length / data.rows);
    return [
      {
        severity: rows.length > data.rows * 0.01 ? 'serious' : 'attention',
        sentence: {
          en: `${counted(rows.length, 'picture is', 'pictures are')} exactly like an earlier one (${share} of all rows).`,
          zh: `${figure(rows.length)} 张图片与前面的某张完全相同（占所有行的 ${share}）。`,
        },
        columns: [data.pictureColumn?.name ?? ''],
        rows,
        partners,
        fixes: [excludeFix(rows, 'duplicate-pictures')],
      },
    ];
  },
};
