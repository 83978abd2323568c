/** What the runs were trained on, exactly: data by its hash, split, seeds, preparation. With these a run can be repeated. */
import type { DataSetup } from '../../../contract';
import { runTable } from '../figures';
import { markup, type Html } from '../html';
import type { ReportBlockDefinition } from '../report-block';
import type { ReportedRun, Words } from '../report-facts';

export const definition: ReportBlockDefinition = {
  id: 'data',
  order: 10,
  label: { en: 'Data and how to repeat', zh: '数据与可重复性' },
  about: {
    en: 'Data with its hash, rows, split, seeds and the preparation of each column.',
    zh: '数据及其哈希、行数、划分、随机种子以及每列的预处理。',
  },
  isOfSeveral: false,
  asks: null,
  isUsual: true,
  render(facts, words) {
    const line = (en: string, zh: string, cell: (run: ReportedRun) => Html | string) => {
      return { name: words.text({ en, zh }), cells: facts.runs.map(cell) };
    };
    const table = runTable(facts, words.text({ en: 'What was learnt from', zh: '训练所用数据' }), [
      line('Data', '数据', ({ run, version }) => version?.datasetName ?? run.datasetName),
      line('Version', '版本', ({ version }) => (version ? words.number(version.number) : '–')),
      line('Rows', '行数', ({ version }) => (version ? words.number(version.rowCount) : '–')),
      line('Read from', '来源', ({ version }) => version?.source.name ?? '–'),
      line('sha256 of the source', '来源的 sha256', ({ version }) => hash(version?.source.sha256)),
      line('Target', '目标', ({ run }) => run.data.target || '–'),
      line('Split', '划分', ({ run }) => splitText(run.data.split, words)),
      line('Seed of the training', '训练种子', ({ run }) => String(run.settings.seed)),
    ]);
    return markup`${table}${facts.runs.map((run) => preparation(run, words))}`;
  },
};

function hash(sha256: string | undefined): Html | string {
  return sha256 === undefined ? '–' : markup`<code class="hash">${sha256}</code>`;
}

function splitText(split: DataSetup['split'], words: Words): string {
  const kinds = {
    random: { en: 'at random', zh: '随机' },
    given: { en: 'as the data gives it', zh: '按数据自带' },
    grouped: { en: 'by group', zh: '按组' },
    ordered: { en: 'by order', zh: '按顺序' },
  };
  const facts = Object.entries(split).flatMap(([name, value]) => {
    if (name === 'kind' || value === null || typeof value === 'object') return [];
    return [`${name} ${typeof value === 'number' ? words.number(value) : String(value)}`];
  });
  return [words.text(kinds[split.kind]), ...facts].join(', ');
}

function preparation({ run, prepared }: ReportedRun, words: Words): Html | null {
  if (!prepared) return null;
  const title = words.text({
    en: `Preparation of ${run.name}, learnt from its training rows`,
    zh: `${run.name} 的预处理（由其训练数据得出）`,
  });
  const rows = prepared.inputs.map(
    ({ column, how }) => markup`<tr><th scope="row">${column}</th><td>${words.text(how)}</td></tr>`,
  );
  return markup`<div class="scroll"><table>
    <caption>${title}</caption>
    <thead><tr><th scope="col">${words.text({ en: 'Column', zh: '列' })}</th><th scope="col">${words.text({ en: 'Becomes', zh: '变为' })}</th></tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`;
}
