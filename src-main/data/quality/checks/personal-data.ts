/** Columns that seem to hold names, mail addresses, phone, card or identity numbers. */
import { isListType, type Text } from '../../../contract';
import { counted, dropColumnFix, emptyCellsFix, figure, percent, type CheckDefinition, type Found } from '../check';
import { areNames, isNumberHeading, personalKinds, type PersonalKind } from '../personal-data';
import type { CheckWatch, QualityColumn, QualityData } from '../quality-data';

const words: Readonly<Record<PersonalKind, Text>> = {
  mail: { en: 'mail addresses', zh: '电子邮件地址' },
  phone: { en: 'phone numbers', zh: '电话号码' },
  card: { en: 'card numbers', zh: '银行卡号' },
  identity: { en: 'identity numbers', zh: '身份证号' },
  name: { en: 'names of people', zh: '人名' },
};
/** Where so large a share of the cells holds it, the column is made of it. */
const WHOLE = 0.5;
/** Values that are looked at for names. */
const NAME_SAMPLE = 2000;

export const definition: CheckDefinition = {
  id: 'personal-data',
  label: { en: 'Likely personal data', zh: '可能的个人信息' },
  help: {
    en: 'Names, addresses and numbers of people seldom help to learn, and should not go further than they must. Leave the column out, or empty the cells.',
    zh: '姓名、地址和个人号码对学习很少有帮助，也不应不必要地传播。可去除该列，或清空相关单元格。',
  },
  fits: (data) => data.columns.some(({ type }) => type !== 'image'),
  async run(data, watch) {
    const findings: Found[] = [];
    for (const column of data.columns) {
      if (isListType(column.type)) continue;
      if (column.column.type === 'image' || column.name === data.target?.name) continue;
      if (column.column.type === 'number') findings.push(...numbersOfPeople(data, column));
      else if (column.column.type !== 'date') findings.push(...(await textsOfPeople(data, column, watch)));
    }
    return findings;
  },
};

/** Long whole numbers under a telling heading: a number itself says too little. */
function numbersOfPeople(data: QualityData, column: QualityColumn): Found[] {
  const kind = isNumberHeading(column.name);
  const { statistics, distinct } = column.column;
  if (!kind || !statistics || statistics.maximum < 1e6 || distinct < data.rows / 2) return [];
  return [wholeColumn(data, column, kind, data.rows - column.column.missing)];
}

async function textsOfPeople(
  data: QualityData,
  column: QualityColumn,
  { signal, progress }: CheckWatch,
): Promise<Found[]> {
  const rows: Record<PersonalKind, number[]> = { mail: [], phone: [], card: [], identity: [], name: [] };
  const sample: string[] = [];
  for await (const { first, texts } of data.texts(column)) {
    signal.throwIfAborted();
    progress(first, data.rows);
    for (const [at, text] of texts.entries()) {
      if (text === null) continue;
      if (sample.length < NAME_SAMPLE) sample.push(text);
      for (const kind of personalKinds(text)) rows[kind].push(first + at);
    }
  }
  const present = data.rows - column.column.missing;
  if (areNames(column.name, sample)) return [wholeColumn(data, column, 'name', present)];
  return (Object.keys(rows) as PersonalKind[])
    .filter((kind) => rows[kind].length > 0)
    .map((kind) =>
      rows[kind].length >= WHOLE * present
        ? wholeColumn(data, column, kind, rows[kind].length)
        : someCells(data, column, kind, rows[kind]),
    );
}

function wholeColumn({ rows }: QualityData, { name }: QualityColumn, kind: PersonalKind, count: number): Found {
  return {
    severity: 'serious',
    sentence: {
      en: `“${name}” seems to hold ${words[kind].en} (${counted(count, 'row', 'rows')}, ${percent(count / rows)}).`,
      zh: `“${name}”似乎是${words[kind].zh}（${figure(count)} 行，${percent(count / rows)}）。`,
    },
    columns: [name],
    fixes: [dropColumnFix(name)],
  };
}

function someCells({ rows: all }: QualityData, { name }: QualityColumn, kind: PersonalKind, rows: number[]): Found {
  return {
    severity: 'attention',
    sentence: {
      en: `“${name}” holds ${words[kind].en} in ${counted(rows.length, 'row', 'rows')} (${percent(rows.length / all)}).`,
      zh: `“${name}”在 ${figure(rows.length)} 行中含有${words[kind].zh}（${percent(rows.length / all)}）。`,
    },
    columns: [name],
    rows,
    fixes: [emptyCellsFix(name, rows), dropColumnFix(name)],
  };
}
