/** The settings of Keras's layers, as its JSON has them, in the words of the catalog's fields. */
import type { FieldValues } from '../contract';
import type { KerasConfig } from './definitions';

/** Something that a layer here can't do; whoever reads the file says at which layer. */
export class KerasMismatch extends Error {
  override readonly name = 'KerasMismatch';
}

export function own(config: KerasConfig, key: string): unknown {
  return Object.hasOwn(config, key) ? config[key] : undefined;
}

function isObject(value: unknown): value is KerasConfig {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Settings inside settings. @throws KerasMismatch where it is not an object. */
export function objectOf(config: KerasConfig, key: string): KerasConfig {
  const value = own(config, key);
  if (!isObject(value)) throw new KerasMismatch(`${key} is ${shown(value)} and not a set of settings`);
  return value;
}

/** What is shown of a value in an error. */
const shown = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 80);

/** @throws KerasMismatch where it is not a number. */
export function numberOf(config: KerasConfig, key: string): number {
  const value = own(config, key);
  if (typeof value !== 'number') throw new KerasMismatch(`${key} is ${shown(value)} and not a number`);
  return value;
}

/** @param standard where it is absent. @throws KerasMismatch where it is not a word. */
export function wordOf(config: KerasConfig, key: string, standard: string): string {
  const value = own(config, key) ?? standard;
  if (typeof value !== 'string') throw new KerasMismatch(`${key} is ${shown(value)} and not a word`);
  return value;
}

/** A number, or as many equal ones as the layer has sides. @throws KerasMismatch */
export function sideOf(config: KerasConfig, key: string): number {
  const value = own(config, key);
  const sides: readonly unknown[] = Array.isArray(value) ? value : [value];
  const [side] = sides;
  if (typeof side !== 'number') throw new KerasMismatch(`${key} is ${shown(value)} and not a number`);
  if (sides.some((other) => other !== side))
    throw new KerasMismatch(`${key} is ${shown(value)}; only squares are known`);
  return side;
}

/** @throws KerasMismatch unless the setting is absent or one of these. */
export function expectOneOf(config: KerasConfig, key: string, known: readonly unknown[]): void {
  const value = own(config, key);
  if (value === undefined || value === null) return;
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (parts.some((part) => !known.includes(part))) {
    throw new KerasMismatch(`${key} is ${shown(value)}; known is ${known.map(shown).join(', ')}`);
  }
}

const activationNames: Readonly<Record<string, string>> = { silu: 'swish' };

/** The name of an activation; Keras's own where ours differs. The field says whether it is known. */
export function activationOf(config: KerasConfig, key = 'activation'): FieldValues {
  const value = own(config, key);
  if (value === undefined || value === null) return { activation: 'linear' };
  if (typeof value !== 'string') throw new KerasMismatch(`${key} is ${shown(value)} and not a name`);
  return { activation: activationNames[value] ?? value };
}

const initializers: Readonly<Record<string, string>> = {
  GlorotUniform: 'glorot-uniform',
  GlorotNormal: 'glorot-normal',
  HeUniform: 'he-uniform',
  HeNormal: 'he-normal',
  LecunNormal: 'lecun-normal',
  Zeros: 'zeros',
};

/** How weights begin, where it is a way that is known here; else the layer's default, as they are learnt anyway. */
function initializerOf(config: KerasConfig, of: string): FieldValues {
  const value = own(config, `${of}_initializer`);
  const name = isObject(value) ? own(value, 'class_name') : undefined;
  const known = typeof name === 'string' && Object.hasOwn(initializers, name) ? initializers[name] : undefined;
  return known === undefined ? {} : { initializer: known };
}

/** L1 and L2 of the weights. @param of whose. @throws KerasMismatch for another penalty. */
export function regularizersOf(config: KerasConfig, of = 'kernel'): FieldValues {
  const value = own(config, `${of}_regularizer`);
  if (!isObject(value)) return {};
  const name = own(value, 'class_name');
  if (typeof name !== 'string' || !/^(L1|L2|L1L2)$/i.test(name)) {
    throw new KerasMismatch(`${of}_regularizer is ${shown(name)}; known are L1 and L2`);
  }
  const settings = own(value, 'config');
  const amounts = isObject(settings) ? settings : {};
  return Object.fromEntries(
    ['l1', 'l2'].flatMap((key) => {
      const amount = own(amounts, key);
      return typeof amount === 'number' ? [[key, amount]] : [];
    }),
  );
}

/** Fields of all layers with weights. @param of whose, as Keras names them. @throws KerasMismatch */
export function weightsOf(config: KerasConfig, of = 'kernel'): FieldValues {
  return { ...initializerOf(config, of), ...regularizersOf(config, of) };
}

/** Fields of windows that move over pictures. @throws KerasMismatch */
export function windowOf(config: KerasConfig): FieldValues {
  expectOneOf(config, 'dilation_rate', [1]);
  expectOneOf(config, 'groups', [1]);
  expectOneOf(config, 'data_format', ['channels_last']);
  return {
    kernelSize: sideOf(config, 'kernel_size'),
    stride: sideOf(config, 'strides'),
    padding: own(config, 'padding') === 'same' ? 'same' : 'valid',
  };
}

/** Fields of pooling, whose windows lie side by side. @throws KerasMismatch */
export function poolOf(config: KerasConfig): FieldValues {
  const poolSize = sideOf(config, 'pool_size');
  expectOneOf(config, 'strides', [poolSize]);
  expectOneOf(config, 'data_format', ['channels_last']);
  return { poolSize, padding: own(config, 'padding') === 'same' ? 'same' : 'valid' };
}

/** Pooling of a whole sequence or picture has no fields. @throws KerasMismatch */
export function globalPoolOf(config: KerasConfig): FieldValues {
  expectOneOf(config, 'data_format', ['channels_last']);
  expectOneOf(config, 'keepdims', [false]);
  return {};
}

/** One number for both ends, or one for each. @throws KerasMismatch */
export function endsOf(value: unknown, key: string): { before: number; after: number } {
  const ends: readonly unknown[] = Array.isArray(value) ? value : [value, value];
  const [before, after] = ends;
  if (ends.length === 2 && typeof before === 'number' && typeof after === 'number') return { before, after };
  throw new KerasMismatch(`${key} is ${shown(value)} and not a number or two`);
}

/** What is added to or cut off a picture, as much at either end of a side. @throws KerasMismatch */
export function frameOf(config: KerasConfig, key: string): FieldValues {
  const value = own(config, key);
  const sides = (Array.isArray(value) ? value : [value, value]).map((side: unknown) => endsOf(side, key));
  const [vertical, horizontal] = sides;
  if (sides.length !== 2 || sides.some(({ before, after }) => before !== after)) {
    throw new KerasMismatch(`${key} is ${shown(value)}; only as much at both ends of a side is known`);
  }
  return { vertical: vertical?.before ?? 0, horizontal: horizontal?.before ?? 0 };
}

/** What multi-head attention is called with, in its order. */
export const attentionInputs = ['query', 'value', 'key'] as const;

/**
 * Fields of multi-head attention. That keys have no bias here changes nothing: it adds the same to all scores of a query.
 * @param config with what the layer was called with. @throws KerasMismatch
 */
export function attentionOf(config: KerasConfig): FieldValues {
  const headSize = numberOf(config, 'key_dim');
  expectOneOf(config, 'value_dim', [headSize]);
  expectOneOf(config, 'use_bias', [true]);
  expectOneOf(config, 'output_shape', []);
  expectOneOf(config, 'attention_axes', [1]);
  expectOneOf(config, 'use_gate', [false]);
  expectOneOf(config, 'return_attention_scores', [false]);
  return {
    heads: numberOf(config, 'num_heads'),
    headSize,
    dropout: own(config, 'dropout') === undefined ? 0 : numberOf(config, 'dropout'),
    causal: own(config, 'use_causal_mask') === true,
  };
}

/** Fields of the recurrent layers. @throws KerasMismatch */
export function recurrentOf(config: KerasConfig): FieldValues {
  expectOneOf(config, 'go_backwards', [false]);
  expectOneOf(config, 'stateful', [false]);
  expectOneOf(config, 'recurrent_activation', ['sigmoid']);
  return {
    units: numberOf(config, 'units'),
    everyStep: own(config, 'return_sequences') === true,
    ...weightsOf(config),
  };
}
