/** Rows that are equal in every column. */
import { counted, excludeFix, figure, percent, type CheckDefinition } from '../check';
import { equalByChance, twinRows } from '../row-keys';

export const definition: CheckDefinition = {
  id: 'duplicate-rows',
  label: { en: 'Duplicate rows', zh: '重复行' },
  help: {
    en: 'The same row twice counts double in training, and where one is in training and one in the test, the test is too easy.',
    zh: '同一行出现两次会在训练中重复计算；如果一行在训练集、一行在测试集，测试就会过于容易。',
  },
  fits: (data) => data.pictureColumn === null && data.rows > 1,
  async run(data, { signal }) {
    const { columns } = data;
    if (equalByChance(columns, data.rows, ({ column }) => column.distinct)) return [];
    const { rows, partners } = await twinRows(data, columns, (_, name) => name, signal);
    if (rows.length === 0) return [];
    const share = percent(rows.length / data.rows);
    return [
      {
        severity: rows.length > data.rows * 0.01 ? 'serious' : 'attention',
        sentence: {
          en: `${counted(rows.length, 'row is', 'rows are')} exactly like an earlier one (${share} of all rows).`,
          zh: `${figure(rows.length)} 行与前面的某一行完全相同（占所有行的 ${share}）。`,
        },
        rows,
        partners,
        fixes: [excludeFix(rows, 'duplicate-rows')],
      },
    ];
  },
};
