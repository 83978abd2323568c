/** One comparison of a query, such as `lr < 0.01`: what was written is read by the field's kind, and becomes a test of runs. */
import type { TextParameters } from '../../contract';
import { distance, type RunContext, type RunField, type RunValue } from '../run-fields';
import { QueryError, type QueryProblem } from './problem';
import type { RunMatch } from './query';
import type { Sign, Token } from './tokens';

export interface Comparison {
  readonly field: RunField;
  /** As it was written. */
  readonly name: Token;
  readonly sign: Token & { readonly text: string };
  readonly value: Token;
}

const day = 86_400_000;
const order: Partial<Record<Sign, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** @throws QueryError where the value does not fit the field */
export function comparisonMatch(comparison: Comparison): RunMatch {
  const { field, value, sign } = comparison;
  const written = value.text.trim();
  if (value.kind === 'word' && /^(none|无)$/i.test(written)) return missing(comparison);
  switch (field.kind) {
    case 'number':
    case 'share':
      return figures(comparison, numberOf(written), 'value-number');
    case 'duration':
      return figures(comparison, durationOf(written), 'value-duration');
    case 'time':
      return times(comparison, written);
    case 'toggle':
      return toggles(comparison, written);
    case 'tags':
    case 'text':
    case 'choice':
      if (order[sign.text as Sign]) throw unfit(comparison);
      return field.kind === 'choice' && sign.text !== '~' ? choices(comparison, written) : texts(comparison, written);
  }
}

function missing({ field, sign, ...rest }: Comparison): RunMatch {
  const isEmpty = (value: RunValue) => value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (sign.text === '=') return (run, context) => isEmpty(field.read(run, context));
  if (sign.text === '!=') return (run, context) => !isEmpty(field.read(run, context));
  throw unfit({ field, sign, ...rest });
}

function figures(comparison: Comparison, wanted: number | null, code: QueryProblem['code']): RunMatch {
  const { field, sign } = comparison;
  if (wanted === null) throw problem(code, comparison, []);
  const holds = order[sign.text as Sign];
  if (holds) return numeric(field, (value) => value !== null && holds(value, wanted));
  // Settings are kept as they were written; a figure is the same where all digits that were written are.
  const same = (value: number) => value === wanted || Math.abs(value - wanted) <= Math.abs(wanted) * 1e-9;
  if (sign.text === '=') return numeric(field, (value) => value !== null && same(value));
  if (sign.text === '!=') return numeric(field, (value) => value === null || !same(value));
  throw unfit(comparison);
}

function numeric(field: RunField, holds: (value: number | null) => boolean): RunMatch {
  return (run, context) => {
    const value = field.read(run, context);
    return holds(typeof value === 'number' ? value : null);
  };
}

/** A day is all of its hours: `= 2026-01-31` holds in all of them, `> 2026-01-31` after the last. */
function times(comparison: Comparison, written: string): RunMatch {
  const { field, sign } = comparison;
  const span = spanOf(written);
  if (!span) throw problem('value-time', comparison, ['today', '7d']);
  const test = {
    '<': (time: number, [from]: Span) => time < from,
    '<=': (time: number, [, to]: Span) => time < to,
    '>': (time: number, [from, to]: Span) => (from === to ? time > from : time >= to),
    '>=': (time: number, [from]: Span) => time >= from,
    '=': (time: number, [from, to]: Span) => time >= from && time < to,
    '!=': (time: number, [from, to]: Span) => time < from || time >= to,
  }[sign.text as Exclude<Sign, '~'>] as ((time: number, span: Span) => boolean) | undefined;
  if (!test) throw unfit(comparison);
  return (run, context) => {
    const time = field.read(run, context);
    return typeof time === 'number' && test(time, span(context));
  };
}

function toggles(comparison: Comparison, written: string): RunMatch {
  const { field, sign } = comparison;
  const wanted = /^(yes|true|on|1|是)$/i.test(written) ? true : /^(no|false|off|0|否)$/i.test(written) ? false : null;
  if (wanted === null) throw problem('value-toggle', comparison, ['yes', 'no']);
  if (sign.text !== '=' && sign.text !== '!=') throw unfit(comparison);
  return (run, context) => (field.read(run, context) === wanted) === (sign.text === '=');
}

function choices(comparison: Comparison, written: string): RunMatch {
  const known = (comparison.field.options ?? []).flatMap(({ value, label }) => [value, label.en, label.zh]);
  const wanted = written.toLowerCase();
  const at = known.findIndex((value) => value.toLowerCase() === wanted);
  if (at < 0) throw problem('value-choice', comparison, nearest(comparison.field, wanted));
  return equality(comparison, comparison.field.options?.[Math.floor(at / 3)]?.value.toLowerCase() ?? wanted);
}

function nearest({ options = [] }: RunField, wanted: string): string[] {
  const far = (value: string) => (value.startsWith(wanted) ? 0 : distance(wanted, value));
  return options
    .map(({ value }) => value)
    .sort((a, b) => far(a) - far(b))
    .slice(0, 5);
}

function texts(comparison: Comparison, written: string): RunMatch {
  const { field } = comparison;
  const wanted = written.toLowerCase();
  if (comparison.sign.text !== '~') return equality(comparison, wanted);
  return (run, context) => textsOf(field.read(run, context)).some((text) => text.includes(wanted));
}

/** A run without a value differs from every value. */
function equality({ field, sign }: Comparison, wanted: string): RunMatch {
  return (run, context) => textsOf(field.read(run, context)).includes(wanted) === (sign.text === '=');
}

function textsOf(value: RunValue): readonly string[] {
  if (value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((one) => String(one).toLowerCase());
}

/** `0.01`, `1e-3`, `90%`, `1,000`, `50k`, `1.5M`; null where it is no number. */
function numberOf(written: string): number | null {
  const [, digits, unit = ''] = /^([-+]?(?:\d[\d,_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?)(%|k|m)?$/i.exec(written) ?? [];
  if (digits === undefined) return null;
  const number = Number(digits.replace(/[,_]/g, ''));
  const scale = { '%': 0.01, k: 1e3, m: 1e6 }[unit.toLowerCase()] ?? 1;
  return Number.isFinite(number) ? number * scale : null;
}

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `90`, `90s`, `1h30m` in seconds. */
function durationOf(written: string): number | null {
  if (/^\d+(\.\d+)?$/.test(written)) return Number(written);
  if (!/^(\d+(\.\d+)?[smhdw])+$/i.test(written)) return null;
  const parts = written.matchAll(/(\d+(?:\.\d+)?)([smhdw])/gi);
  return [...parts].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (seconds[unit?.toLowerCase() ?? ''] ?? 0),
    0,
  );
}

/** From a moment up to another, without that; the same twice for one moment. */
type Span = readonly [number, number];

function spanOf(written: string): ((context: RunContext) => Span) | null {
  const ago = /^\d+(\.\d+)?[smhdw]/i.test(written) ? durationOf(written) : null;
  if (ago !== null) return ({ now }) => [now - ago * 1000, now - ago * 1000];
  const back = { today: 0, 今天: 0, yesterday: 1, 昨天: 1 }[written.toLowerCase()];
  if (back !== undefined) return ({ now }) => dayOf(new Date(now - back * day));
  const [, year, month, date, hour, minute] =
    /^(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2}))?)?$/.exec(written) ?? [];
  if (!year || !month) return null;
  const start = new Date(Number(year), Number(month) - 1, Number(date ?? 1), Number(hour ?? 0), Number(minute ?? 0));
  // 31 February would become a day of March.
  if (start.getMonth() !== Number(month) - 1 || start.getDate() !== Number(date ?? 1)) return null;
  if (hour !== undefined) return () => [start.getTime(), start.getTime() + 60_000];
  if (date !== undefined) return () => dayOf(start);
  return () => [start.getTime(), new Date(start.getFullYear(), start.getMonth() + 1, 1).getTime()];
}

function dayOf(date: Date): Span {
  const [year, month, at] = [date.getFullYear(), date.getMonth(), date.getDate()];
  return [new Date(year, month, at).getTime(), new Date(year, month, at + 1).getTime()];
}

function unfit(comparison: Comparison): QueryError {
  const { field, sign, name } = comparison;
  const fits: readonly Sign[] =
    field.kind === 'toggle'
      ? ['=', '!=']
      : field.kind === 'text' || field.kind === 'choice' || field.kind === 'tags'
        ? ['=', '!=', '~']
        : ['<', '<=', '>', '>=', '=', '!='];
  const parameters = { sign: sign.text, name: name.text };
  return new QueryError({ code: 'sign-unfit', parameters, from: sign.from, to: sign.to, suggestions: fits });
}

function problem(code: QueryProblem['code'], { name, value }: Comparison, suggestions: readonly string[]): QueryError {
  const parameters: TextParameters = { name: name.text, value: value.text };
  return new QueryError({ code, parameters, from: value.from, to: value.to, suggestions });
}
