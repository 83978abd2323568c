/** Rows of which a column says that most are ordinary and a few are not, such as readings of a machine. */
import { saysOrdinary } from '../anomaly-choices';
import type { FindingDefinition } from '../definitions';
import { count } from '../finding-parts';

export const definition: FindingDefinition = {
  id: 'known-anomalies',
  label: { en: 'Rows with known anomalies', zh: '含已知异常的数据' },
  help: {
    en: 'Most rows are ordinary; a column says which are not.',
    zh: '大多数行是正常的，有一列指出哪些不是。',
  },
  rank: 900,
  possible: (columns) => columns.some(({ type, distinct }) => type === 'category' && distinct >= 2),
  likely: (columns) => columns.some(saysOrdinary),
  sentence: ({ rowCount, columns }) => {
    const name = columns.find(saysOrdinary)?.name ?? '';
    return {
      en: `${count(rowCount)} rows, most of them ordinary${name === '' ? '' : `, as column “${name}” says`}.`,
      zh: `${count(rowCount)} 行，大多数是正常的${name === '' ? '' : `（见列“${name}”）`}。`,
    };
  },
  tasks: ['table-anomaly', 'series-anomaly', 'image-anomaly'].map((id) => {
    return { id, label: { en: 'Find anomalies', zh: '异常检测' } };
  }),
};
