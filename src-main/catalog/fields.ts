/**
 * The one vocabulary of fields. A definition lists its fields; forms, defaults, validation, the terminal's `--set` and
 * documentation are all made from that list.
 */
import { z } from 'zod';
import { CodedError, type FieldValue, type FieldValues, type Text } from '../contract';

interface Described {
  readonly label: Text;
  /** One sentence for someone who has not met the term. */
  readonly help: Text;
  /** Shown only when a person asks for all fields. */
  readonly advanced?: boolean;
}

export interface IntegerField extends Described {
  readonly kind: 'integer';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}
export interface NumberField extends Described {
  readonly kind: 'number';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  /** How a slider or stepper moves. */
  readonly scale: 'linear' | 'log';
}
export interface ChoiceField<Value extends string = string> extends Described {
  readonly kind: 'choice';
  readonly default: Value;
  readonly options: readonly { readonly value: Value; readonly label: Text }[];
}
export interface ToggleField extends Described {
  readonly kind: 'toggle';
  readonly default: boolean;
}
/** The name of a column of the data; the empty text for none. */
export interface ColumnField extends Described {
  readonly kind: 'column';
  readonly default: '';
  /** What it means that none is chosen. */
  readonly none: Text;
}
export type Field = IntegerField | NumberField | ChoiceField | ToggleField | ColumnField;
export type Fields = Readonly<Record<string, Field>>;

/** The values that a list of fields admits, typed by it. */
export type ValuesOf<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends ChoiceField<infer Value>
    ? Value
    : F[Name] extends ToggleField
      ? boolean
      : F[Name] extends ColumnField
        ? string
        : number;
};

export const integer = (field: Omit<IntegerField, 'kind'>): IntegerField => ({ kind: 'integer', ...field });
export const number = (field: Omit<NumberField, 'kind'>): NumberField => ({ kind: 'number', ...field });
export const toggle = (field: Omit<ToggleField, 'kind'>): ToggleField => ({ kind: 'toggle', ...field });
export const column = (field: Omit<ColumnField, 'kind' | 'default'>): ColumnField => {
  return { kind: 'column', default: '', ...field };
};
export const choice = <Value extends string>(field: Omit<ChoiceField<Value>, 'kind'>): ChoiceField<Value> => ({
  kind: 'choice',
  ...field,
});

function schemaOfField(field: Field): z.ZodType<FieldValue> {
  switch (field.kind) {
    case 'integer':
      return z.number().int().min(field.minimum).max(field.maximum);
    case 'number':
      return z.number().min(field.minimum).max(field.maximum);
    case 'toggle':
      return z.boolean();
    case 'column':
      return z.string();
    case 'choice':
      return z.enum(field.options.map((option) => option.value));
  }
}

/** What is wrong with one value of one field, for showing beside it; null if nothing is. */
export function fieldProblem(field: Field, value: unknown): Text | null {
  if (schemaOfField(field).safeParse(value).success) return null;
  switch (field.kind) {
    case 'integer':
      return {
        en: `must be a whole number from ${field.minimum} to ${field.maximum}`,
        zh: `须为 ${field.minimum} 到 ${field.maximum} 的整数`,
      };
    case 'number':
      return {
        en: `must be a number from ${field.minimum} to ${field.maximum}`,
        zh: `须为 ${field.minimum} 到 ${field.maximum} 的数`,
      };
    case 'toggle':
      return { en: 'must be on or off', zh: '须为开或关' };
    case 'column':
      return { en: 'must be the name of a column', zh: '须为列名' };
    case 'choice': {
      const known = field.options.map((option) => option.value).join(', ');
      return { en: `must be one of ${known}`, zh: `须为以下之一：${known}` };
    }
  }
}

export function defaultsOf<F extends Fields>(fields: F): ValuesOf<F> {
  // The mapped type cannot follow Object.fromEntries; each value is its own field's default.
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default])) as ValuesOf<F>;
}

/**
 * Completes values with defaults and checks each one.
 * @param where names the owner for the error ("Layer 2 (dense)").
 * @throws CodedError `field-invalid` for an unknown field or a value out of range.
 */
export function parseFields<F extends Fields>(fields: F, values: FieldValues, where: string): ValuesOf<F> {
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(fields, name)) {
      const known = Object.keys(fields).join(', ');
      throw new CodedError('field-invalid', { where, field: name, detail: `is unknown; known: ${known}` });
    }
  }
  const complete = { ...defaultsOf(fields), ...values };
  for (const [name, field] of Object.entries(fields)) {
    const problem = fieldProblem(field, complete[name]);
    if (problem) throw new CodedError('field-invalid', { where, field: name, detail: problem.en });
  }
  return complete;
}
