/** `--set` reaches the settings that are groups of their own, and names what it does not know. */
import { expect, test } from 'vitest';
import { startingSettings } from '../catalog';
import { assign, parseAugmentation } from './assignments';

const configuration = {
  settings: startingSettings('cross-entropy', { batchSize: 32, epochs: 4 }),
  split: { kind: 'random', seed: 1, validation: 0.2, test: 0.2, stratified: true } as const,
  network: { layers: [] },
};

test('schedule, clipping and class weights are set like other settings', () => {
  const { settings } = assign(configuration, [
    'schedule.fields.end=0.1',
    'schedule.type=cosine',
    'clipping.kind=norm',
    'clipping.limit=0.5',
    'classWeights=balanced',
  ]);
  expect(settings.schedule).toEqual({ type: 'cosine', fields: { end: 0.1 } });
  expect(settings.clipping).toEqual({ kind: 'norm', limit: 0.5 });
  expect(settings.classWeights).toBe('balanced');
});

test.each(['clipping.kind=hard', 'clipping.limit=0', 'classWeights=heavy', 'schedule.speed=1'])(
  '%s is refused',
  (set) => {
    expect(() => assign(configuration, [set])).toThrow(set.split('=')[0]);
  },
);

test('an augmentation is its kind with the fields that are not its defaults', () => {
  expect(parseAugmentation('flip')).toEqual({ type: 'flip', fields: {} });
  expect(parseAugmentation('flip:direction=vertical,probability=0.25')).toEqual({
    type: 'flip',
    fields: { direction: 'vertical', probability: 0.25 },
  });
  for (const wrong of ['', ':a=1', 'flip:direction', 'flip:probability=null']) {
    expect(() => parseAugmentation(wrong)).toThrow('--augment');
  }
});
