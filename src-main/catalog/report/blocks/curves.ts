/** Curves of one metric over the epochs, of every run and part of the data. */
import type { Epoch } from '../../../contract';
import { figureLabel, figureText, splitFigure } from '../figures';
import { lineChart, type ChartLine } from '../line-chart';
import type { ReportBlockDefinition } from '../report-block';
import type { ReportFacts, Words } from '../report-facts';

const parts = ['', 'validation.', 'test.'] as const;

export const definition: ReportBlockDefinition = {
  id: 'curves',
  order: 3,
  label: { en: 'Curves', zh: '曲线' },
  about: {
    en: 'One metric after each epoch, on training and validation rows, a line for each run.',
    zh: '某一指标在每轮之后的值，包括训练数据和验证数据，每次运行一条线。',
  },
  isOfSeveral: false,
  asks: 'metric',
  isUsual: true,
  render(facts, words, { metric = 'loss' }, id) {
    const lines = linesOf(facts, metric, words);
    const label = figureLabel(metric, words);
    return lineChart({
      id,
      title: words.text({ en: `${label} by epoch`, zh: `${label}随轮次变化` }),
      summary: lines.map(({ name, points }) => ends(name, points, metric, words)).join(' '),
      xLabel: words.text({ en: 'Epoch', zh: '轮次' }),
      xText: (value) => words.number(value),
      yText: (value) => figureText(metric, value, words),
      lines,
    });
  },
};

function linesOf({ runs }: ReportFacts, metric: string, words: Words): ChartLine[] {
  return runs.flatMap(({ run, epochs }) =>
    parts.flatMap((part): ChartLine[] => {
      const points = epochs.flatMap((epoch) => pointOf(epoch, part + metric));
      const name = part === '' ? run.name : `${run.name}, ${partLabel(part, words)}`;
      return points.length === 0 ? [] : [{ name, points }];
    }),
  );
}

function pointOf({ epoch, metrics }: Epoch, name: string): (readonly [number, number])[] {
  const value = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  return value === undefined ? [] : [[epoch, value]];
}

function partLabel(prefix: string, words: Words): string {
  const { part } = splitFigure(`${prefix}x`);
  return words.text(part === 'validation' ? { en: 'validation', zh: '验证' } : { en: 'test', zh: '测试' });
}

function ends(name: string, points: ChartLine['points'], metric: string, words: Words): string {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return '';
  const [from, to] = [figureText(metric, first[1], words), figureText(metric, last[1], words)];
  return words.text({
    en: `${name}: ${from} in epoch ${first[0]}, ${to} in epoch ${last[0]}.`,
    zh: `${name}：第 ${first[0]} 轮 ${from}，第 ${last[0]} 轮 ${to}。`,
  });
}
