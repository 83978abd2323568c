/** Numbers far from all others of their column, as a slip of the keyboard or another unit makes them. */
import { counted, emptyCellsFix, excludeFix, figure, type CheckDefinition, type Found } from '../check';
import type { QualityColumn, QualityData } from '../quality-data';
import { robustSpread } from '../robust';

/** So many robust standard deviations from the median; far enough that skewed columns stay quiet. */
const DEVIATIONS = 8;
/** What is more frequent than this is no exception. */
const MOST_SHARE = 0.01;
const LEAST_ROWS = 20;

export const definition: CheckDefinition = {
  id: 'outliers',
  label: { en: 'Outliers', zh: '离群值' },
  help: {
    en: 'Single numbers far from all others, as a slipped decimal point makes them. They pull averages, scales and weights their way.',
    zh: '远离其他数值的个别数字，例如小数点错位。它们会影响平均值、缩放和权重。',
  },
  fits: (data) => data.columns.some(({ type }) => type === 'number'),
  async run(data, watch) {
    const columns = data.columns.filter(({ type }) => type === 'number');
    const findings: Found[] = [];
    for (const [place, column] of columns.entries()) {
      watch.signal.throwIfAborted();
      watch.progress(place, columns.length);
      findings.push(...(await outliersOf(data, column)));
    }
    return findings;
  },
};

async function outliersOf(data: QualityData, column: QualityColumn): Promise<Found[]> {
  const values = await data.numbers(column);
  const rows = outlyingRows(values);
  if (rows.length === 0) return [];
  const [worst = 0] = rows;
  const median = robustSpread(values)?.median ?? 0;
  return [
    {
      severity: 'attention',
      sentence: {
        en: `${counted(rows.length, 'value', 'values')} of “${column.name}” ${rows.length === 1 ? 'lies' : 'lie'} far from the others, such as ${figure(values[worst] ?? 0)} where ${figure(median)} is usual.`,
        zh: `“${column.name}”中有 ${figure(rows.length)} 个值远离其他值，例如 ${figure(values[worst] ?? 0)}，而通常约为 ${figure(median)}。`,
      },
      columns: [column.name],
      rows,
      fixes: [emptyCellsFix(column.name, rows), excludeFix(rows, 'outliers')],
    },
  ];
}

/** Rows whose value is far off on every scale that suits the column, so that skewed ones stay quiet; the farthest first. */
export function outlyingRows(values: Float64Array): number[] {
  const far = distances(values);
  if (!far) return [];
  const scales = [far, ...logScales(values).flatMap((logs) => distances(logs) ?? [])];
  const rows = Array.from(values.keys()).filter((row) => scales.every((scale) => (scale[row] ?? 0) > DEVIATIONS));
  const present = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  if (rows.length > present * MOST_SHARE) return [];
  return rows.sort((one, other) => (far[other] ?? 0) - (far[one] ?? 0));
}

/** Logarithms where no value is negative: of the values where all are positive, and of values with one spread added. */
function logScales(values: Float64Array): Float64Array[] {
  const smallest = values.reduce((least, value) => (value < least ? value : least), Infinity);
  if (smallest < 0) return [];
  const spread = robustSpread(values)?.deviation ?? 1;
  const shifted = values.map((value) => Math.log1p(value / spread));
  return smallest > 0 ? [shifted, values.map(Math.log)] : [shifted];
}

/** Distance of each value from the median in robust standard deviations; null where most values are one and the same. */
function distances(values: Float64Array): Float64Array | null {
  const spread = robustSpread(values);
  if (!spread || spread.count < LEAST_ROWS || spread.deviation === 0) return null;
  return values.map((value) => Math.abs(value - spread.median) / spread.deviation);
}
