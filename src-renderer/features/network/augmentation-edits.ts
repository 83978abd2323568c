/** Edits of the chosen augmentations as pure functions. */
import { augmentations, type AugmentationDefinition } from '../../../src-main/catalog';
import type { ChosenAugmentations, FieldValue } from '../../../src-main/contract';

/** In the order in which they are offered and put to work: first what moves pixels, then what changes them. */
export const offered: readonly AugmentationDefinition[] = [
  ...augmentations.all.filter(({ kind }) => kind === 'geometry'),
  ...augmentations.all.filter(({ kind }) => kind === 'pixels'),
];

const placeOf = (type: string) => offered.findIndex(({ id }) => id === type);

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
