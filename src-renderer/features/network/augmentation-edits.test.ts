/** Augmentations are chosen in their order, one of a kind, and left out again. */
import { expect, test } from 'vitest';
import { augmentations } from '../../../src-main/catalog';
import { offered, withAugmentation, withAugmentationField } from './augmentation-edits';

test('every one of the catalog is offered, places before pixels', () => {
  expect(offered.map(({ id }) => id).sort()).toEqual(augmentations.all.map(({ id }) => id).sort());
  const kinds = offered.map(({ kind }) => kind);
  expect(kinds.lastIndexOf('geometry')).toBeLessThan(kinds.indexOf('pixels'));
});

test('each is put at its place, once, and can be left out', () => {
  const noise = withAugmentation([], 'noise', true);
  const both = withAugmentation(noise, 'rotate', true);
  expect(both.map(({ type }) => type)).toEqual(['rotate', 'noise']);
  expect(withAugmentation(both, 'flip', true).map(({ type }) => type)).toEqual(['flip', 'rotate', 'noise']);
  expect(withAugmentation(both, 'noise', true)).toEqual(both);
  expect(withAugmentation(both, 'rotate', false)).toEqual(noise);
});

test('a field is changed in its own alone', () => {
  const both = withAugmentation(withAugmentation([], 'noise', true), 'rotate', true);
  expect(withAugmentationField(both, 'rotate', 'degrees', 30)).toEqual([
    { type: 'rotate', fields: { degrees: 30 } },
    { type: 'noise', fields: {} },
  ]);
});
