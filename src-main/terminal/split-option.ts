/** `--split kind:name=value,…`: another split of a project's rows, over the shares and the seed of the one it has. */
import { CodedError, splitSchema, type GivenPart, type Split } from '../contract';

const FORM =
  'is not of the form random|grouped|ordered|given[:column=…,validation=0.15,test=0.15,seed=1,stratified=true,own-validation=true,alike=exact|near,duplicates=together|left-out,values=VALUE>PART;…]';
const NAMES = [
  'column',
  'validation',
  'test',
  'seed',
  'stratified',
  'alike',
  'duplicates',
  'values',
  'own-validation',
] as const;

/** For `--help` of commands that take it. */
export const splitOption = [
  '--split <kind[:name=value,…]>',
  'how rows are divided: random, grouped:column=…, ordered[:column=…], given[:column=…]; with validation=, test=, seed=',
] as const;

/**
 * @param base the split that gives what is not written: seed, shares.
 * @throws CodedError `argument-invalid`; whether the data has the column is found out when the split is made
 */
export function parseSplit(text: string, base: Split): Split {
  const [kind = '', ...rest] = text.split(':');
  const written = pairs(rest.join(':'), text);
  const share = (name: 'validation' | 'test', other: number) => number(written.get(name)) ?? other;
  const common = {
    seed: number(written.get('seed')) ?? ('seed' in base ? base.seed : 1),
    stratified: written.has('stratified')
      ? written.get('stratified') === 'true'
      : !('stratified' in base) || base.stratified,
  };
  const validation = share('validation', base.validation);
  const test = share('test', ('test' in base ? base.test : undefined) ?? 0.15);
  const column = written.get('column');
  const action = written.get('duplicates');
  const duplicates = action === undefined ? {} : { duplicates: { action, alike: written.get('alike') ?? 'near' } };
  const made: Record<string, object> = {
    random: { ...common, validation, test },
    grouped: { ...common, column, validation, test },
    ordered: { column: column ?? null, validation, test },
    given: {
      ...common,
      validation,
      ...(column === undefined ? ownOf(base, written, test) : { column }),
      ...(written.has('values') ? { values: partsByValue(written.get('values') ?? '') } : {}),
    },
  };
  if (!Object.hasOwn(made, kind)) throw invalid(text, FORM);
  const parsed = splitSchema.safeParse({ kind, ...made[kind], ...duplicates });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(text, `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`);
}

/** What only a split by the data's files has: it stays as it is where it is the one that is there, and is not written. */
function ownOf(base: Split, written: ReadonlyMap<string, string>, test: number): Partial<Split> {
  const isKept = base.kind === 'given' && base.column === undefined;
  const asked = written.get('own-validation');
  const ownValidation = asked === undefined ? !isKept || base.ownValidation : asked === 'true';
  const isDrawn = !isKept || base.test !== undefined || written.has('test');
  return { ...(ownValidation ? { ownValidation } : {}), ...(isDrawn ? { test } : {}) };
}

/** Names may hold commas and equal signs, so a value goes on to the next known name. */
function pairs(text: string, whole: string): Map<string, string> {
  const found = new Map<string, string>();
  if (text === '') return found;
  const starts = [...text.matchAll(new RegExp(`(?:^|,)(${NAMES.join('|')})=`, 'g'))];
  if (starts[0]?.index !== 0) throw invalid(whole, FORM);
  for (const [place, start] of starts.entries()) {
    const end = starts[place + 1]?.index ?? text.length;
    found.set(start[1] ?? '', text.slice(start.index + start[0].length, end));
  }
  return found;
}

function number(text: string | undefined): number | null {
  return text === undefined ? null : text.trim() === '' ? Number.NaN : Number(text);
}

/** `a>training;b>test` */
function partsByValue(text: string): Record<string, GivenPart> {
  return Object.fromEntries(
    text.split(';').map((pair) => {
      const at = pair.lastIndexOf('>');
      return [pair.slice(0, at < 0 ? pair.length : at), pair.slice(at + 1) as GivenPart];
    }),
  );
}

function invalid(text: string, detail: string): CodedError {
  return new CodedError('argument-invalid', { name: `--split ${text}`, detail });
}

/** A split in one line: `grouped by "patient", validation 15 %, test 15 %, seed 1, stratified`. */
export function splitText(split: Split): string {
  const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;
  const parts = [`${headOf(split)} validation ${percent(split.validation)}`];
  if ('test' in split && split.test !== undefined) parts.push(`test ${percent(split.test)}`);
  if (split.kind !== 'ordered') parts.push(`seed ${split.seed}`, ...(split.stratified ? ['stratified'] : []));
  if (split.duplicates) {
    const { alike, action } = split.duplicates;
    parts.push(`${alike} duplicates ${action === 'together' ? 'kept together' : 'left out'}`);
  }
  return parts.join(', ');
}

function headOf(split: Split): string {
  switch (split.kind) {
    case 'random':
      return 'random,';
    case 'grouped':
      return `grouped by "${split.column}",`;
    case 'ordered':
      return split.column === null ? 'in the order of the rows,' : `ordered by "${split.column}",`;
    case 'given':
      if (split.column !== undefined) return `as "${split.column}" gives it,`;
      return split.ownValidation ? 'as the data gives it; of what it names none:' : 'as the data gives test rows,';
  }
}
