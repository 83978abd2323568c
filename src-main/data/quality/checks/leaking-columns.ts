/** A column that alone gives the target away: often a copy of it, or something that is known only afterwards. */
import { dropColumnFix, percent, type CheckDefinition, type Found } from '../check';
import { leaksOf } from '../leaks';

const LEAST_ROWS = 50;

export const definition: CheckDefinition = {
  id: 'leaking-columns',
  label: { en: 'Leaking columns', zh: '泄漏目标的列' },
  help: {
    en: 'A column that alone predicts the target nearly perfectly is often a copy of it, or is known only afterwards. A network that leans on it fails in use.',
    zh: '单独一列就能近乎完美地预测目标时，它往往是目标的副本，或事后才能得知。依赖它的网络在实际使用中会失效。',
  },
  fits: (data) => data.target !== null && data.rows >= LEAST_ROWS && data.inputs.length > 1,
  async run(data, watch) {
    const target = data.target?.name ?? '';
    return (await leaksOf(data, watch)).map(({ column, accuracy, correlation }) =>
      accuracy === null ? alike(column, target, correlation ?? 1) : leak(column, target, percent(accuracy)),
    );
  },
};

function leak(column: string, target: string, share: string): Found {
  return {
    severity: 'serious',
    sentence: {
      en: `“${column}” alone tells “${target}” in ${share} of rows.`,
      zh: `仅凭“${column}”就能在 ${share} 的行中得知“${target}”。`,
    },
    columns: [column],
    fixes: [dropColumnFix(column)],
  };
}

function alike(column: string, target: string, correlation: number): Found {
  return {
    severity: 'serious',
    sentence: {
      en: `“${column}” rises and falls with “${target}” (rank correlation ${correlation.toFixed(4)}).`,
      zh: `“${column}”与“${target}”同升同降（秩相关 ${correlation.toFixed(4)}）。`,
    },
    columns: [column],
    fixes: [dropColumnFix(column)],
  };
}
