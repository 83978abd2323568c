/** Metrics and scores in a report: their names and values, and a table of things by runs. */
import type { Text } from '../../contract';
import { losses } from '../index';
import { figureOf } from '../score-registry';
import { markup, type Html } from './html';
import type { ReportFacts, Words } from './report-facts';

const parts: Readonly<Record<string, Text>> = {
  validation: { en: 'validation', zh: '验证' },
  test: { en: 'test', zh: '测试' },
};

/** `validation.accuracy` → the metric's name without its part, and the part. */
export function splitFigure(name: string): {
  readonly part: 'training' | 'validation' | 'test';
  readonly plain: string;
} {
  const [, part, plain] = /^(validation|test)\.(.*)$/.exec(name) ?? [];
  return part === undefined
    ? { part: 'training', plain: name }
    : { part: part as 'validation' | 'test', plain: plain ?? '' };
}

export function figureLabel(name: string, words: Words): string {
  const { part, plain } = splitFigure(name);
  const figure = figureOf(plain);
  const known = figure?.label ?? (losses.has(plain) ? losses.get(plain).label : null);
  const label = known ? words.text(known) : plain === 'loss' ? words.text({ en: 'Loss', zh: '损失' }) : plain;
  const of = Object.hasOwn(parts, part) ? parts[part] : undefined;
  return of ? words.text({ en: `${label}, ${of.en}`, zh: `${label}（${of.zh}）` }) : label;
}

export function isShare(name: string): boolean {
  return figureOf(splitFigure(name).plain)?.format === 'percent';
}

export function figureText(name: string, value: number | null | undefined, words: Words): string {
  if (value === null || value === undefined) return '–';
  return isShare(name) ? words.percent(value) : words.number(value);
}

/** Lines with one cell for each run, under the runs' names. */
export function runTable(
  { runs }: Pick<ReportFacts, 'runs'>,
  caption: string,
  lines: readonly { readonly name: string; readonly cells: readonly (Html | string)[] }[],
): Html {
  return markup`<div class="scroll"><table>
    <caption>${caption}</caption>
    <thead><tr><td></td>${runs.map(({ run }) => markup`<th scope="col">${run.name}</th>`)}</tr></thead>
    <tbody>${lines.map(({ name, cells }) => markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
