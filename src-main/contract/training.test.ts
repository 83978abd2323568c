/** Settings saved before some of them existed are still read, and mean what they meant. */
import { expect, test } from 'vitest';
import { settingDefaults, trainingSettingsSchema } from './index';

const old = {
  loss: 'cross-entropy',
  optimizer: { type: 'adam', fields: {} },
  learningRate: 0.001,
  batchSize: 32,
  epochs: 5,
  earlyStopping: { enabled: false, patience: 3, restoreBest: true },
  seed: 1,
  measureTest: false,
};

test('what older records lack is read as off', () => {
  expect(trainingSettingsSchema.parse(old)).toEqual({ ...old, ...settingDefaults });
  expect(settingDefaults).toEqual({
    clipping: { kind: 'none', limit: 1 },
    schedule: { type: 'constant', fields: {} },
    classWeights: 'none',
    precision: 'float32',
    watch: { stopping: 'loss', best: 'main', minimumChange: 0 },
    augmentation: [],
    keepEvery: 0,
    anomalyScore: 'error',
  });
});

test('what is given is kept, and checked', () => {
  const clipping = { kind: 'norm', limit: 2 };
  expect(trainingSettingsSchema.parse({ ...old, clipping }).clipping).toEqual(clipping);
  expect(trainingSettingsSchema.safeParse({ ...old, clipping: { kind: 'norm', limit: 0 } }).success).toBe(false);
  expect(trainingSettingsSchema.safeParse({ ...old, classWeights: 'heavy' }).success).toBe(false);
});
