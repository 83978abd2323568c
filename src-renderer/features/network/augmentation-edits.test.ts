/** Augmentations are chosen in their order, one of a kind, and left out again. */
import { expect, test } from 'vitest';
import { augmentations } from '../../../src-main/catalog';
import { offeredFor, withAugmentation, withAugmentationField } from './augmentation-edits';

test('every one of the catalog is offered somewhere, what moves pixels first and what mixes examples last', () => {
  const pictures = offeredFor('picture');
  const everywhere = new Set(
    [...pictures, ...offeredFor('table'), ...offeredFor('sound'), ...offeredFor('text')].map(({ id }) => id),
  );
  expect(everywhere).toEqual(new Set(augmentations.all.map(({ id }) => id)));
  const kinds = pictures.map(({ kind }) => kind);
  expect(kinds.lastIndexOf('geometry')).toBeLessThan(kinds.indexOf('pixels'));
  expect(kinds.lastIndexOf('pixels')).toBeLessThan(kinds.indexOf('examples'));
});

test('sounds are offered what can be done to their spectrograms', () => {
  expect(offeredFor('sound').map(({ id }) => id)).toEqual(['spec-augment', 'spectrogram-noise', 'time-shift', 'mixup']);
});

test('texts are offered hidden words', () => {
  expect(offeredFor('text').map(({ id }) => id)).toEqual(['word-dropout']);
});

test('a table is offered what can be done to tables', () => {
  expect(offeredFor('table').map(({ id }) => id)).toEqual(['value-dropout', 'mixup']);
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
