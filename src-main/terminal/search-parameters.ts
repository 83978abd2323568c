/**
 * What is to be searched, as it is written on a command line: `learningRate=1e-4..1e-1 log`, `optimizer=adam,sgd`,
 * `layer.dense-1.units=8..64 log`, `optimizer.momentum=0..0.9 if optimizer=sgd`; and limits, `parameters=100000`.
 */
import { searchableFields, type SearchableField, type SearchConfiguration } from '../catalog';
import {
  CodedError,
  searchMeasures,
  type FieldValue,
  type SearchMeasure,
  type SearchParameter,
  type SearchPlan,
  type SearchRange,
} from '../contract';

const form = /^\s*([^=\s]+)\s*(?:=\s*(.+?))?(\s+log)?(?:\s+if\s+([^=\s]+)\s*=\s*(\S+))?\s*$/;
const rangeForm = /^(\S+?)\.\.(\S+)$/;

/** A name alone is searched over what is worth trying around its value. @throws CodedError `argument-invalid` */
export function parseParameter(text: string, configuration: SearchConfiguration): SearchParameter {
  const [, name = '', written, log, owner, values] = form.exec(text) ?? [];
  if (name === '') throw invalid(text, 'is not of the form name=from..to, or name=one,other');
  const field = fieldOf(text, name, configuration);
  const range = written === undefined ? field.suggested : rangeOf(text, written, log !== undefined, field);
  const when = owner === undefined ? field.when : conditionOf(owner, values ?? '', configuration);
  return { path: field.path, range, ...(when ? { when } : {}) };
}

/** @throws CodedError `argument-invalid` */
export function parseLimit(text: string): SearchPlan['limits'][number] {
  const [, name = '', written = ''] = /^([a-z]+)=(\S+)$/.exec(text) ?? [];
  const measure = searchMeasures.find((one): one is SearchMeasure => one === name);
  const most = Number(written);
  if (measure && written !== '' && most > 0) return { measure, most };
  throw new CodedError('argument-invalid', {
    name: `--limit ${text}`,
    detail: `is not of the form ${searchMeasures.join('|')}=most`,
  });
}

/** By its path, or a setting by its name. */
function fieldOf(text: string, name: string, configuration: SearchConfiguration): SearchableField {
  const fields = searchableFields(configuration);
  const found = fields.find(({ path }) => path === name) ?? fields.find(({ path }) => path === `settings.${name}`);
  if (found) return found;
  const known = fields.map(({ path }) => path.replace(/^settings\./, '')).join(', ');
  throw invalid(text, `is no field that can be searched; known: ${known}`);
}

function rangeOf(text: string, written: string, log: boolean, { limits }: SearchableField): SearchRange {
  const ends = rangeForm.exec(written);
  if (!ends) return { kind: 'choice', values: written.split(',').map(valueOf) };
  if (limits.kind === 'choice') throw invalid(text, 'has choices, not a range');
  const [minimum, maximum] = [Number(ends[1]), Number(ends[2])];
  if (!Number.isFinite(minimum) || !Number.isFinite(maximum)) throw invalid(text, 'does not run from number to number');
  return { kind: limits.kind, minimum, maximum, scale: log ? 'log' : 'linear' };
}

function conditionOf(
  owner: string,
  values: string,
  configuration: SearchConfiguration,
): NonNullable<SearchParameter['when']> {
  return { path: fieldOf(owner, owner, configuration).path, values: values.split(',').map(valueOf) };
}

function valueOf(text: string): FieldValue {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function invalid(text: string, detail: string): CodedError {
  return new CodedError('argument-invalid', { name: `--parameter ${text}`, detail });
}
