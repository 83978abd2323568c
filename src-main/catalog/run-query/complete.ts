/** What may be written at a place of a query: fields, signs of comparison, values, what joins conditions. */
import type { Text } from '../../contract';
import { metricName, type RunField, type RunFieldNames } from '../run-fields';
import { jointOf, tokensOf, type Sign, type Token } from './tokens';

export interface Completion {
  /** What takes the place of what stands there from `from` to `to`. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly label: Text;
  readonly kind: 'field' | 'sign' | 'value' | 'joint';
}

const most = 12;

const signWords: Readonly<Record<Sign, Text>> = {
  '=': { en: 'is', zh: '等于' },
  '!=': { en: 'is not', zh: '不等于' },
  '~': { en: 'contains', zh: '包含' },
  '<': { en: 'less than', zh: '小于' },
  '<=': { en: 'at most', zh: '不大于' },
  '>': { en: 'more than', zh: '大于' },
  '>=': { en: 'at least', zh: '不小于' },
};
const jointWords: Readonly<Record<string, Text>> = {
  and: { en: 'and: both hold', zh: '且：两者都成立' },
  or: { en: 'or: one of them holds', zh: '或：其一成立' },
};

/**
 * @param at place of the cursor.
 * @param valuesOf values that a field has among the runs at hand, the most frequent first.
 */
export function completeRunQuery(
  query: string,
  at: number,
  names: RunFieldNames,
  valuesOf: (field: RunField) => readonly string[],
): readonly Completion[] {
  const tokens = tokensOf(query);
  const touched = tokens.findIndex((token) => token.from < at && at <= token.to && token.kind !== 'close');
  const own = touched >= 0 ? tokens[touched] : undefined;
  const typed = own && (own.kind === 'word' || own.kind === 'quoted') ? own : undefined;
  const before = tokens.filter((token) => token.to <= at && token !== typed);
  const place = typed ? { from: typed.from, to: typed.to } : { from: at, to: at };
  const start = typed ? query.slice(typed.from, at).replace(/^["']/, '').toLowerCase() : '';
  const last = before.at(-1);
  if (last?.kind === 'sign') return values(names.find(before.at(-2)?.text ?? ''), start, place, valuesOf);
  const atField = !last || last.kind === 'open' || jointOf(last) !== null;
  const field = last?.kind === 'word' ? names.find(last.text) : null;
  if (field && !typed && !isValue(before)) return signsOf(field, place);
  if (typed || atField) return fields(names, start, place);
  return Object.entries(jointWords).map(([text, label]) => ({ text, label, kind: 'joint', ...place }));
}

/** Whether the last word is what something is compared with. */
function isValue(before: readonly Token[]): boolean {
  return before.at(-2)?.kind === 'sign';
}

type Place = Pick<Completion, 'from' | 'to'>;

function fields(names: RunFieldNames, start: string, place: Place): Completion[] {
  const wanted = [start, metricName(start)].map(plain);
  const found = names.all.flatMap((field) => {
    const name = [field.key, ...field.names].find((one) => wanted.some((text) => plain(one).startsWith(text)));
    const rank = name ? 0 : inside(field, start) || names.find(start) === field ? 1 : null;
    return rank === null
      ? []
      : [{ rank, text: name ?? field.key, label: field.label, kind: 'field' as const, ...place }];
  });
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ rank: _, ...completion }) => completion);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

function inside({ key, label }: RunField, start: string): boolean {
  return [key, label.en, label.zh].some((text) => text.toLowerCase().includes(start));
}

function signsOf({ kind }: RunField, place: Place): Completion[] {
  const fitting: readonly Sign[] =
    kind === 'toggle'
      ? ['=']
      : ['text', 'choice', 'tags'].includes(kind)
        ? ['=', '!=', '~']
        : ['<', '<=', '>', '>=', '='];
  return fitting.map((text) => ({ text, label: signWords[text], kind: 'sign', ...place }));
}

function values(
  field: RunField | null,
  start: string,
  place: Place,
  valuesOf: (field: RunField) => readonly string[],
): Completion[] {
  if (!field) return [];
  const words = new Map<string, Text>((field.options ?? []).map(({ value, label }) => [value, label]));
  const offered =
    field.kind === 'toggle'
      ? ['yes', 'no']
      : field.kind === 'time'
        ? ['today', 'yesterday', '7d', '30d']
        : valuesOf(field);
  return offered
    .filter((value) => value.toLowerCase().includes(start))
    .slice(0, most)
    .map((value) => ({ text: quoted(value), label: words.get(value) ?? { en: '', zh: '' }, kind: 'value', ...place }));
}

/** A value as it is written in a query. */
export function quoted(value: string): string {
  if (/^[^\s<>=~!()"'（）]+$/u.test(value) && !/^(and|or|not|none)$/i.test(value)) return value;
  return value.includes('"') ? `'${value}'` : `"${value}"`;
}
