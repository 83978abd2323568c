/** The same picture, or the same row, twice; and twins that are labelled otherwise. */
import { counted, excludeFix, figure, percent, type CheckDefinition, type Found } from '../check';
import { byLabel, twinsOf } from '../twins';

/** From this share of the rows on, duplicates change what is learnt. */
const GRAVE = 0.01;

export const definition: CheckDefinition = {
  id: 'duplicates',
  label: { en: 'Duplicates', zh: '重复' },
  help: {
    en: 'The same example twice counts double in training, and where one is in training and one in the test, the test is too easy.',
    zh: '同一样本出现两次会在训练中重复计算；如果一个在训练集、一个在测试集，测试就会过于容易。',
  },
  fits: (data) => data.rows > 1,
  async run(data, watch) {
    const { same, other } = await byLabel(data, (await twinsOf(data, watch)).exact);
    const columns = data.pictureColumn ? [data.pictureColumn.name] : [];
    const things = data.pictureColumn ? (['picture', 'pictures', '张图片'] as const) : (['row', 'rows', '行'] as const);
    const findings: Found[] = [];
    if (other.rows.length > 0) {
      findings.push({
        severity: 'serious',
        sentence: {
          en: `${counted(other.rows.length, things[0], things[1])} ${other.rows.length === 1 ? 'is' : 'are'} exactly like an earlier one, but labelled otherwise.`,
          zh: `${figure(other.rows.length)} ${things[2]}与前面的某${things[2].slice(0, 1)}完全相同，但标签不同。`,
        },
        columns: [...columns, data.target?.name ?? ''],
        ...other,
        fixes: [excludeFix([...new Set([...other.partners, ...other.rows])], 'duplicates')],
      });
    }
    if (same.rows.length > 0) {
      const share = percent(same.rows.length / data.rows);
      findings.push({
        severity: same.rows.length > data.rows * GRAVE ? 'serious' : 'attention',
        sentence: {
          en: `${counted(same.rows.length, things[0], things[1])} ${same.rows.length === 1 ? 'is' : 'are'} exactly like an earlier one (${share}).`,
          zh: `${figure(same.rows.length)} ${things[2]}与前面的某${things[2].slice(0, 1)}完全相同（${share}）。`,
        },
        columns,
        ...same,
        fixes: [excludeFix(same.rows, 'duplicates')],
      });
    }
    return findings;
  },
};
