/**
 * `--set path=value`: reaches into settings, the split and the network (`learningRate=0.01`, `optimizer.type=sgd`,
 * `split.validation=0`, `network.layers.1.fields.units=64`). Paths must exist; values are checked by the contract's
 * schemas here and by the catalog when the run is started.
 */
import type { z } from 'zod';
import {
  CodedError,
  fieldValuesSchema,
  networkSpecSchema,
  splitSchema,
  trainingSettingsSchema,
  type FieldValues,
  type NetworkSpec,
  type Split,
  type TrainingSettings,
} from '../contract';

export interface Configuration {
  readonly settings: TrainingSettings;
  readonly split: Split;
  readonly network: NetworkSpec;
}

type Container = Record<string, unknown>;

/** @throws CodedError `argument-invalid` naming the path: unknown, or with a value that does not fit */
export function assign(configuration: Configuration, assignments: readonly string[]): Configuration {
  const root: Container = structuredClone({
    ...configuration.settings,
    split: configuration.split,
    network: configuration.network,
  });
  // An optimizer of another type has other fields: its type is set first and begins with its defaults.
  for (const [path, value] of assignments.map(parseAssignment).sort(typesFirst)) setPath(root, path, value);
  const { split, network, ...settings } = root;
  return {
    settings: check(trainingSettingsSchema, settings, ''),
    split: check(splitSchema, split, 'split.'),
    network: check(networkSpecSchema, network, 'network.'),
  };
}

/** @returns the path and the value: a number, a truth value or null where it reads as one, else text */
function parseAssignment(text: string): [path: string, value: unknown] {
  const at = text.indexOf('=');
  if (at < 1) throw invalid(text, 'is not of the form path=value');
  const raw = text.slice(at + 1);
  if (/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(raw)) return [text.slice(0, at), Number(raw)];
  const words: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
  return [text.slice(0, at), Object.hasOwn(words, raw) ? words[raw] : raw];
}

/**
 * `rotate:degrees=15,…`: an augmentation with the fields that are not to be its defaults.
 * @throws CodedError `argument-invalid`; names and values are checked by the catalog when the run is started
 */
export function parseAugmentation(text: string): TrainingSettings['augmentation'][number] {
  return parseKind(text, `--augment ${text}`);
}

/** `kind:field=value,…`. @param argument names it for the error. @throws CodedError `argument-invalid` */
export function parseKind(text: string, argument: string): { type: string; fields: FieldValues } {
  const colon = text.includes(':') ? text.indexOf(':') : text.length;
  const type = text.slice(0, colon);
  const written = text
    .slice(colon + 1)
    .split(',')
    .filter(Boolean);
  const isWhole = type !== '' && written.every((pair) => pair.indexOf('=') > 0);
  const parsed = isWhole ? fieldValuesSchema.safeParse(Object.fromEntries(written.map(parseAssignment))) : null;
  if (parsed?.success) return { type, fields: parsed.data };
  throw new CodedError('argument-invalid', { name: argument, detail: 'is not of the form kind:field=value' });
}

function typesFirst([a]: [string, unknown], [b]: [string, unknown]): number {
  return Number(b.endsWith('.type')) - Number(a.endsWith('.type'));
}

function setPath(root: Container, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let parent = root;
  for (const [index, key] of keys.entries()) {
    const next = own(parent, key);
    const isContainer = typeof next === 'object' && next !== null;
    if (!isContainer) throw unknown(path, keys.slice(0, index), parent);
    parent = next as Container;
  }
  // Fields left at their defaults are not written down, so new keys are let in there; the catalog knows the names.
  const isFields = keys[keys.length - 1] === 'fields';
  if (!isFields && !Object.hasOwn(parent, last)) throw unknown(path, keys, parent);
  if (['__proto__', 'constructor', 'prototype'].includes(last)) throw unknown(path, keys, parent);
  if (last === 'type' && 'fields' in parent && parent[last] !== value) parent['fields'] = {};
  parent[last] = value;
}

function own(container: Container, key: string): unknown {
  return Object.hasOwn(container, key) ? container[key] : undefined;
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown, prefix: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`${prefix}${issue?.path.map(String).join('.') ?? ''}`, issue?.message ?? 'does not fit');
}

function unknown(path: string, keys: readonly string[], parent: Container): CodedError {
  const known = Object.keys(parent).join(', ');
  const where = keys.length === 0 ? 'known' : `known in ${keys.join('.')}`;
  return invalid(path, `is unknown; ${where}: ${known}`);
}

function invalid(path: string, detail: string): CodedError {
  return new CodedError('argument-invalid', { name: `--set ${path}`, detail });
}
