/** Training and test rows that differ in kind: another distribution of a column, of the classes, or of brightness. */
import { TEST, TRAINING } from '../../split';
import { percent, type CheckDefinition, type Found } from '../check';
import type { QualityData } from '../quality-data';
import { codeShift, numberShift, type PartRows, type Shift } from '../shift';

/** Differences below this are small, whatever their certainty. */
const LEAST_DIFFERENCE = 0.1;

export const definition: CheckDefinition = {
  id: 'split-shift',
  label: { en: 'Training and test rows differ', zh: '训练数据与测试数据分布不同' },
  help: {
    en: 'Where test rows are of another kind than training rows, the test tells little of how well the network learnt. A random split mixes them.',
    zh: '如果测试数据与训练数据性质不同，测试结果就难以说明网络学得如何。随机划分可以将它们混合。',
  },
  fits: (data) => data.setup !== null,
  async run(data, watch) {
    const divided = await data.divided();
    if (!divided) return [];
    const parts = partsOf(divided.parts);
    if (parts.training.length === 0 || parts.test.length === 0) return [];
    const findings: Found[] = [];
    const columns = data.columns.filter(({ type }) => type === 'number' || type === 'category');
    for (const [place, column] of columns.entries()) {
      watch.signal.throwIfAborted();
      watch.progress(place, columns.length);
      const shift =
        column.type === 'number'
          ? numberShift(await data.numbers(column), parts, columns.length)
          : codeShift((await data.codes(column)).codes, parts, columns.length);
      if (isNotable(shift)) findings.push(shifted(column.name, shift));
    }
    return [...findings, ...(await brightnessShift(data, parts, watch))];
  },
};

function partsOf(parts: Uint8Array): PartRows {
  const of = (code: number) => Int32Array.from(parts.keys()).filter((row) => parts[row] === code);
  return { training: of(TRAINING), test: of(TEST) };
}

function isNotable({ difference, certain }: Shift): boolean {
  return certain && difference >= LEAST_DIFFERENCE;
}

async function brightnessShift(
  data: QualityData,
  parts: PartRows,
  watch: Parameters<CheckDefinition['run']>[1],
): Promise<Found[]> {
  const facts = await data.pictures(watch);
  if (!facts) return [];
  const values = Float64Array.from(facts.brightness, (value, row) => (facts.present[row] === 1 ? value : Number.NaN));
  const shift = numberShift(values, parts, 1);
  if (!isNotable(shift)) return [];
  return [
    {
      severity: 'attention',
      sentence: {
        en: `Pictures for the test are ${shift.isHigher ? 'brighter' : 'darker'} than those for training (distributions differ by ${percent(shift.difference)}).`,
        zh: `测试图片比训练图片${shift.isHigher ? '更亮' : '更暗'}（分布相差 ${percent(shift.difference)}）。`,
      },
      columns: [data.pictureColumn?.name ?? ''],
    },
  ];
}

function shifted(column: string, { difference }: Shift): Found {
  return {
    severity: difference >= 0.3 ? 'serious' : 'attention',
    sentence: {
      en: `“${column}” is distributed otherwise in the test rows than in the training rows (by ${percent(difference)}).`,
      zh: `“${column}”在测试数据与训练数据中的分布不同（相差 ${percent(difference)}）。`,
    },
    columns: [column],
  };
}
