/** In what the runs differ: settings, data, split and layers; of one run, all of its settings. */
import type { FieldValue, Text } from '../../../contract';
import { layers } from '../../index';
import { parseFields } from '../../fields';
import { describedSettings } from '../../run-setting-fields';
import { runTable } from '../figures';
import type { ReportBlockDefinition } from '../report-block';
import type { ReportedRun, ReportFacts, Words } from '../report-facts';

export const definition: ReportBlockDefinition = {
  id: 'differences',
  order: 6,
  label: { en: 'Settings and data', zh: '设置与数据' },
  about: {
    en: 'In what the runs differ: settings, data, split, layers. Of one run, all its settings.',
    zh: '运行之间的不同：设置、数据、划分、层。只有一次运行时列出其全部设置。',
  },
  isOfSeveral: false,
  asks: null,
  isUsual: true,
  render(facts, words) {
    const isOne = facts.runs.length === 1;
    const lines = [...settingLines(facts, words), versionLine(facts, words), ...layerLines(facts, words)].filter(
      ({ cells }) => isOne || cells.some((cell) => cell !== cells[0]),
    );
    if (lines.length === 0) return null;
    const caption = isOne
      ? words.text({ en: 'Settings', zh: '设置' })
      : words.text({ en: 'In what the runs differ', zh: '运行之间的不同' });
    return runTable(facts, caption, lines);
  },
};

interface Line {
  readonly name: string;
  readonly cells: readonly string[];
}

function settingLines({ runs }: ReportFacts, words: Words): Line[] {
  return describedSettings(runs.map(({ values }) => values))
    .filter(({ key }) => key !== 'network')
    .map(({ key, label, options }) => ({
      name: words.text(label),
      cells: runs.map(({ values }) => valueText(values[key], options, words)),
    }));
}

function valueText(
  value: FieldValue | undefined,
  options: readonly { readonly value: string; readonly label: Text }[] | undefined,
  words: Words,
): string {
  if (value === undefined) return '–';
  if (typeof value === 'boolean') return words.text(value ? { en: 'Yes', zh: '是' } : { en: 'No', zh: '否' });
  if (typeof value === 'number') return words.number(value);
  const option = options?.find((one) => one.value === value);
  return option ? words.text(option.label) : value;
}

function versionLine({ runs }: ReportFacts, words: Words): Line {
  return { name: words.text({ en: 'Data', zh: '数据' }), cells: runs.map((run) => versionText(run, words)) };
}

function versionText({ run, version }: ReportedRun, words: Words): string {
  if (!version) return run.datasetName;
  const { datasetName: name, number } = version;
  return words.text({ en: `${name}, version ${number}`, zh: `${name}，版本 ${number}` });
}

/** Layer by layer, by place. */
function layerLines({ runs }: ReportFacts, words: Words): Line[] {
  const most = Math.max(...runs.map(({ run }) => run.network.layers.length));
  return Array.from({ length: most }, (_, place) => ({
    name: words.text({ en: `Layer ${place + 1}`, zh: `第 ${place + 1} 层` }),
    cells: runs.map(({ run }) => layerText(run.network.layers[place], words)),
  }));
}

export function layerText(layer: ReportedRun['run']['network']['layers'][number] | undefined, words: Words): string {
  if (!layer) return '–';
  if (!layers.has(layer.type)) return layer.type;
  const { label, fields, summary } = layers.get(layer.type);
  const said = words.text(summary(parseFields(fields, layer.fields, label.en)));
  return said === '' ? words.text(label) : `${words.text(label)} ${said}`;
}
