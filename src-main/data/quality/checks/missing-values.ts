/** Columns with gaps, and rows without a target. */
import { isListType } from '../../../contract';
import { dropColumnFix, counted, excludeFix, figure, percent, type CheckDefinition, type Found } from '../check';
import type { QualityColumn, QualityData } from '../quality-data';

/** From these shares on, gaps are worth a look, or the column is hardly of use. */
const NOTABLE = 0.05;
const GRAVE = 0.5;

export const definition: CheckDefinition = {
  id: 'missing-values',
  label: { en: 'Missing values', zh: '缺失值' },
  help: {
    en: 'Gaps are filled with an average while training. Where most of a column is missing, little is left to learn from it.',
    zh: '训练时会用平均值填补空缺。如果一列大部分缺失，就几乎没有可学习的内容。',
  },
  fits: () => true,
  async run(data) {
    const findings: Found[] = [];
    for (const column of data.columns) {
      // A list that is missing is a row that nobody has labelled yet.
      if (column.column.missing === 0 || column.type === 'ignored' || isListType(column.type)) continue;
      findings.push(column.name === data.target?.name ? await withoutTarget(data, column) : await gaps(data, column));
    }
    return findings;
  },
};

async function withoutTarget(data: QualityData, column: QualityColumn): Promise<Found> {
  const rows = await missingRows(data, column);
  return {
    severity: 'attention',
    sentence: {
      en: `${counted(rows.length, 'row has', 'rows have')} no value in the target “${column.name}” and can't be learnt from.`,
      zh: `${figure(rows.length)} 行在目标列“${column.name}”中没有值，无法用于学习。`,
    },
    columns: [column.name],
    rows,
    fixes: [excludeFix(rows, 'missing-values')],
  };
}

async function gaps(data: QualityData, column: QualityColumn): Promise<Found> {
  const { missing } = column.column;
  const share = missing / data.rows;
  const rows = await missingRows(data, column);
  return {
    severity: share >= GRAVE ? 'serious' : share >= NOTABLE ? 'attention' : 'note',
    sentence: {
      en: `“${column.name}” is missing in ${counted(missing, 'row', 'rows')} (${percent(share)}).`,
      zh: `“${column.name}”在 ${figure(missing)} 行中缺失（${percent(share)}）。`,
    },
    columns: [column.name],
    count: missing,
    rows,
    fixes: share >= GRAVE ? [dropColumnFix(column.name)] : share < NOTABLE ? [excludeFix(rows, 'missing-values')] : [],
  };
}

async function missingRows(data: QualityData, column: QualityColumn): Promise<number[]> {
  const { codes } = column.type === 'image' ? await pictureCodes(data, column) : await data.codes(column);
  return Array.from(codes.keys()).filter((row) => codes[row] === -1);
}

async function pictureCodes(data: QualityData, column: QualityColumn): Promise<{ codes: Int32Array }> {
  return { codes: Int32Array.from(await data.numbers(column), (place) => (Number.isNaN(place) ? -1 : 0)) };
}
