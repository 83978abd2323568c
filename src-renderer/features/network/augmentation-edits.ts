/** Edits of the chosen augmentations as pure functions. */
import {
  augmentationFits,
  augmentations,
  type AugmentationDefinition,
  type TaskDefinition,
} from '../../../src-main/catalog';
import type { ChosenAugmentations, FieldValue } from '../../../src-main/contract';

/** What moves pixels goes before what changes them, and what mixes examples last. */
const order = ['geometry', 'pixels', 'spectrograms', 'values', 'codes', 'examples'] as const;

/** In the order in which they are offered and put to work. */
const all: readonly AugmentationDefinition[] = order.flatMap((kind) =>
  augmentations.all.filter((definition) => definition.kind === kind),
);

export function offeredFor(input: TaskDefinition['input']): readonly AugmentationDefinition[] {
  return all.filter((definition) => augmentationFits(definition, input));
}

const placeOf = (type: string) => all.findIndex(({ id }) => id === type);

/** Chosen with its defaults at its place in the order, or left out. */
export function withAugmentation(chosen: ChosenAugmentations, type: string, on: boolean): ChosenAugmentations {
  const others = chosen.filter((one) => one.type !== type);
  if (!on) return others;
  const after = others.findIndex((one) => placeOf(one.type) > placeOf(type));
  return others.toSpliced(after < 0 ? others.length : after, 0, { type, fields: {} });
}

export function withAugmentationField(
  chosen: ChosenAugmentations,
  type: string,
  name: string,
  value: FieldValue,
): ChosenAugmentations {
  return chosen.map((one) => (one.type === type ? { ...one, fields: { ...one.fields, [name]: value } } : one));
}
