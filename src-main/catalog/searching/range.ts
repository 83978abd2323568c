/** What a field can be searched over, and what is worth trying around the value that it has, from its definition alone. */
import type { FieldValue, SearchRange, Text } from '../../contract';
import type { Field, IntegerField, NumberField } from '../fields';

/** What a range has to lie within. */
export type SearchLimits =
  | { readonly kind: 'integer' | 'number'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'choice'; readonly values: readonly { readonly value: FieldValue; readonly label: Text }[] };

const switchWords = { on: { en: 'On', zh: '开' }, off: { en: 'Off', zh: '关' } };

/** So many options are proposed of a long list. */
const mostProposed = 6;
/** Whole numbers that reach so far stand for sizes, of which the double is as far off as the half. */
const sizes = 128;

/** @returns null for what is chosen by name, such as a column */
export function limitsOf(field: Field): SearchLimits | null {
  switch (field.kind) {
    case 'integer':
    case 'number':
      return { kind: field.kind, minimum: field.minimum, maximum: field.maximum };
    case 'choice':
      return { kind: 'choice', values: field.options };
    case 'toggle':
      return {
        kind: 'choice',
        values: [
          { value: false, label: switchWords.off },
          { value: true, label: switchWords.on },
        ],
      };
    case 'column':
      return null;
  }
}

/** A range around the current value that lies within the field's limits; the current value is in it where its scale allows. */
export function suggestedRange(field: Exclude<Field, { kind: 'column' }>, current: FieldValue): SearchRange {
  switch (field.kind) {
    case 'integer':
      return integerRange(field, Number(current));
    case 'number':
      return field.scale === 'log' ? logRange(field, Number(current)) : linearRange(field, Number(current));
    case 'toggle':
      return { kind: 'choice', values: [false, true] };
    case 'choice': {
      const all = field.options.map(({ value }) => value);
      if (all.length <= mostProposed) return { kind: 'choice', values: all };
      const first = all.slice(0, mostProposed);
      return { kind: 'choice', values: first.includes(String(current)) ? first : [String(current), ...first.slice(1)] };
    }
  }
}

function integerRange({ minimum, maximum }: IntegerField, current: number): SearchRange {
  const isSize = maximum >= sizes && current >= 4;
  const [low, high] = isSize
    ? [Math.round(current / 4), current * 4]
    : [current - Math.ceil(current / 2), current + Math.max(2, Math.ceil(current / 2))];
  const scale = isSize ? 'log' : 'linear';
  return { kind: 'integer', minimum: Math.max(minimum, low), maximum: Math.min(maximum, high), scale };
}

/** A factor of thirty both ways; from 0, which has no logarithm, the small values of the field. */
function logRange({ minimum, maximum }: NumberField, current: number): SearchRange {
  const [low, high] = current > 0 ? [current / 30, current * 30] : [maximum * 1e-6, maximum * 1e-2];
  return {
    kind: 'number',
    minimum: rounded(Math.max(minimum, low)),
    maximum: rounded(Math.min(maximum, high)),
    scale: 'log',
  };
}

/** From the end that is nearer to three times as far as the value is from it. */
function linearRange({ minimum, maximum }: NumberField, current: number): SearchRange {
  const span = maximum - minimum;
  const isNearEnd = current - minimum > span / 2;
  const reach = 3 * (isNearEnd ? maximum - current : current - minimum) || span / 4;
  const [low, high] = isNearEnd ? [maximum - rounded(reach), maximum] : [minimum, minimum + rounded(reach)];
  const plain = (value: number) => Number(value.toPrecision(6));
  return {
    ...{ kind: 'number', minimum: Math.max(minimum, plain(low)), maximum: Math.min(maximum, plain(high)) },
    scale: 'linear',
  };
}

/** Two figures read easily, and no range needs more. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}
