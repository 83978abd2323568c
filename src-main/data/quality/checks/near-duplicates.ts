/** Pictures or rows that are all but equal: saved again, brightened; other case or punctuation, a word more, another last digit. */
import { counted, excludeFix, figure, percent, type CheckDefinition } from '../check';
import { twinsOf } from '../twins';

export const definition: CheckDefinition = {
  id: 'near-duplicates',
  label: { en: 'Near duplicates', zh: '近似重复' },
  help: {
    en: 'A picture saved again, or a row that differs in a last digit or a comma, is hardly another example. Pictures are found by a perceptual hash, texts by their common pieces.',
    zh: '重新保存的图片，或只在末位数字、标点上不同的行，几乎不算新的样本。图片通过感知哈希查找，文字通过共同片段查找。',
  },
  fits: (data) => data.rows > 1,
  async run(data, watch) {
    const { near } = await twinsOf(data, watch);
    const { length: count } = near.rows;
    if (count === 0) return [];
    const share = percent(count / data.rows);
    const isPicture = data.pictureColumn !== null;
    return [
      {
        severity: 'attention',
        sentence: {
          en: `${isPicture ? counted(count, 'picture looks', 'pictures look') : counted(count, 'row is', 'rows are')} nearly like an earlier one (${share}).`,
          zh: `${figure(count)} ${isPicture ? '张图片' : '行'}与前面的某${isPicture ? '张' : '行'}几乎相同（${share}）。`,
        },
        columns: data.pictureColumn ? [data.pictureColumn.name] : [],
        ...near,
        fixes: [excludeFix(near.rows, 'near-duplicates')],
      },
    ];
  },
};
