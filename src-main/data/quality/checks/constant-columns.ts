/** Columns that hold one value throughout. */
import { dropColumnFix, figure, type CheckDefinition } from '../check';

export const definition: CheckDefinition = {
  id: 'constant-columns',
  label: { en: 'Constant columns', zh: '常量列' },
  help: {
    en: 'A column that holds the same in every row tells nothing apart.',
    zh: '每一行都相同的列无法区分任何内容。',
  },
  fits: (data) => data.columns.length > 1 && data.rows > 1,
  run(data) {
    const constant = data.inputs.filter(
      ({ type, column }) => type !== 'image' && column.distinct === 1 && column.missing === 0,
    );
    return Promise.resolve(
      constant.map(({ name, column }) => ({
        severity: 'note' as const,
        sentence: {
          en: `“${name}” is “${column.examples[0] ?? ''}” in all ${figure(data.rows)} rows.`,
          zh: `“${name}”在全部 ${figure(data.rows)} 行中都是“${column.examples[0] ?? ''}”。`,
        },
        columns: [name],
        fixes: [dropColumnFix(name)],
      })),
    );
  },
};
