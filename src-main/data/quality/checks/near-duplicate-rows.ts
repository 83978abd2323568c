/** Rows that are equal but for the last digits of numbers, and for case, spaces and punctuation of texts. */
import { counted, excludeFix, figure, percent, type CheckDefinition } from '../check';
import type { QualityColumn } from '../quality-data';
import { equalByChance, twinRows } from '../row-keys';

/** Numbers count as equal within about this share of their column's standard deviation. */
const STEP = 0.01;
/** So many steps a column of numbers spreads over, at the least: twice the standard deviation to both sides. */
const STEPS = 4 / STEP;

export const definition: CheckDefinition = {
  id: 'near-duplicate-rows',
  label: { en: 'Nearly equal rows', zh: '近似重复行' },
  help: {
    en: 'Rows that differ only in the last digits of numbers, or in case, spaces and punctuation of texts, are hardly different examples.',
    zh: '只在数字末位或文字的大小写、空格、标点上不同的行，几乎不算不同的样本。',
  },
  fits: (data) => data.pictureColumn === null && data.rows > 1,
  async run(data, { signal }) {
    const { columns } = data;
    const isCoarse = ({ type, column }: QualityColumn) =>
      type === 'number' && (column.statistics?.standardDeviation ?? 0) > 0;
    const distinct = (one: QualityColumn) =>
      isCoarse(one) ? Math.min(one.column.distinct, STEPS) : one.column.distinct;
    if (equalByChance(columns, data.rows, distinct)) return [];
    const exact = new Set((await twinRows(data, columns, (_, name) => name, signal)).rows);
    const coarse = await twinRows(data, columns, coarseCell, signal);
    const near = coarse.rows
      .map((row, at) => ({ row, partner: coarse.partners[at] ?? row }))
      .filter(({ row }) => !exact.has(row));
    if (near.length === 0) return [];
    const rows = near.map(({ row }) => row);
    return [
      {
        severity: 'attention',
        sentence: {
          en: `${counted(rows.length, 'row is', 'rows are')} nearly like an earlier one (${percent(rows.length / data.rows)} of all rows).`,
          zh: `${figure(rows.length)} 行与前面的某一行几乎相同（占所有行的 ${percent(rows.length / data.rows)}）。`,
        },
        rows,
        partners: near.map(({ partner }) => partner),
        fixes: [excludeFix(rows, 'near-duplicate-rows')],
      },
    ];
  },
};

function coarseCell({ type, column }: QualityColumn, name: string): string {
  const deviation = column.statistics?.standardDeviation ?? 0;
  if (column.type === 'number') return deviation > 0 ? `round(${name} / ${deviation * STEP})` : name;
  return type === 'text' || type === 'category' ? `lower(regexp_replace(${name}, '[^\\p{L}\\p{N}]+', '', 'g'))` : name;
}
