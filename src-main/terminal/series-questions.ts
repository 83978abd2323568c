/** The rows of a table as steps to forecast from: one question per series, its steps in the order of time. */
import type { ForecastPlan, ModelInfo } from '../contract';
import { orderOfTexts } from '../data/order-keys';
import { orderSteps } from '../data/forecast/order';
import type { FileQuestion } from './input-files';

type Values = Readonly<Record<string, string | number | null>>;

/** @param rows a question per row of a file. A file without the column of time or of series is one series as it stands. */
export function seriesQuestions(
  { time, series }: ForecastPlan,
  { inputs }: ModelInfo,
  rows: readonly FileQuestion[],
): FileQuestion[] {
  const values = rows.flatMap(({ input }) => (input.kind === 'values' ? [input.values] : []));
  const names = values.map((one) => textOf(one, series));
  const codes = codesOf(names);
  const times = codesOf(values.map((one) => textOf(one, time)));
  const { keys } = orderOfTexts(times);
  const order = orderSteps(time === null ? keys.map(() => 0) : keys, codes.codes);
  const questions: FileQuestion[] = [];
  for (let place = 0; place < order.rows.length; place = order.ends[place] ?? order.rows.length) {
    const own = Array.from(order.rows.subarray(place, order.ends[place]), (row) => values[row] ?? {});
    const file = rows[0]?.label['file'] ?? '';
    const name = names[order.rows[place] ?? 0] ?? '';
    const columns = [...inputs.map(({ column }) => column), ...(time === null ? [] : [time])];
    const lines = columns.map((column): [string, string] => [column, linesOf(own, column)]);
    const label = series === null || name === '' ? { file } : { file, [series]: name };
    questions.push({ label, input: { kind: 'values', values: Object.fromEntries(lines) } });
  }
  return questions;
}

/** One step a line; what is missing says so, as an empty last line would be none. */
function linesOf(rows: readonly Values[], column: string): string {
  return rows.map((row) => String(row[column] ?? 'NA').replaceAll('\n', ' ')).join('\n');
}

function textOf(values: Values, column: string | null): string {
  return column === null ? '' : String(values[column] ?? '');
}

function codesOf(texts: readonly string[]): { readonly codes: Int32Array; readonly names: string[] } {
  const names = [...new Set(texts)].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const places = new Map(names.map((name, place) => [name, place]));
  return { codes: Int32Array.from(texts, (text) => places.get(text) ?? -1), names };
}
