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
export function initializerOf(config: KerasConfig): FieldValues {
  const value = own(config, 'kernel_initializer');
  const name = isObject(value) ? own(value, 'class_name') : undefined;
  const known = typeof name === 'string' && Object.hasOwn(initializers, name) ? initializers[name] : undefined;
  return known === undefined ? {} : { initializer: known };
}

/** L1 and L2 of the weights. @throws KerasMismatch for another penalty. */
export function regularizersOf(config: KerasConfig): FieldValues {
  const value = own(config, 'kernel_regularizer');
  if (!isObject(value)) return {};
  const name = own(value, 'class_name');
  if (typeof name !== 'string' || !/^(L1|L2|L1L2)$/i.test(name)) {
    throw new KerasMismatch(`kernel_regularizer is ${shown(name)}; known are L1 and L2`);
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

/** Fields of all layers with weights. */
export function weightsOf(config: KerasConfig): FieldValues {
  return { ...initializerOf(config), ...regularizersOf(config) };
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
