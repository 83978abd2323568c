/** The comparison must name every difference and nothing else. */
import { describe, expect, test } from 'vitest';
import { settingDefaults } from '../../../src-main/contract';
import { configurationDifferences, type Configuration } from './configuration-difference';

const base: Configuration = {
  data: {
    versionId: 'v1',
    task: 'image-classification',
    target: 'digit',
    types: {},
    split: { kind: 'random', seed: 1, validation: 0.1, test: 0.2, stratified: true },
  },
  network: {
    layers: [
      { id: 'dense-1', type: 'dense', fields: { units: 128, activation: 'relu' } },
      { id: 'dense-2', type: 'dense', fields: { units: 10, activation: 'linear' } },
    ],
  },
  settings: {
    loss: 'cross-entropy',
    optimizer: { type: 'adam', fields: { beta1: 0.9 } },
    learningRate: 0.001,
    batchSize: 128,
    epochs: 10,
    earlyStopping: { enabled: false, patience: 3, restoreBest: true },
    seed: 1,
    measureTest: false,
    ...settingDefaults,
  },
};
const changed = (change: (configuration: Configuration) => void) => {
  const copy = structuredClone(base);
  change(copy);
  return copy;
};

describe('configurationDifferences', () => {
  test('equal configurations differ in nothing', () => {
    expect(configurationDifferences([base, structuredClone(base), structuredClone(base)])).toEqual([]);
  });

  test('names each changed value of data, network and settings, in this order', () => {
    const other = changed((copy) => {
      copy.settings.learningRate = 0.01;
      copy.settings.earlyStopping.enabled = true;
      copy.network.layers[0]!.fields.units = 256;
      if (copy.data.split.kind === 'random') copy.data.split.seed = 2;
    });
    expect(configurationDifferences([base, other])).toEqual([
      { path: 'data.split.seed', values: [1, 2] },
      { path: 'network.1.units', values: [128, 256] },
      { path: 'settings.learningRate', values: [0.001, 0.01] },
      { path: 'settings.earlyStopping.enabled', values: [false, true] },
    ]);
  });

  test('other inputs of a layer are told by the places of the layers, not their ids', () => {
    const joined = (id: string) =>
      changed((copy) => copy.network.layers.push({ id, type: 'add', fields: {}, inputs: ['dense-2', 'dense-1'] }));
    expect(configurationDifferences([joined('add-1'), joined('add-2')])).toEqual([]);
    const data = changed((copy) => copy.network.layers.splice(1, 1, { ...base.network.layers[1]!, inputs: ['@data'] }));
    expect(configurationDifferences([base, data])).toEqual([{ path: 'network.2.inputs', values: [null, '@data'] }]);
  });

  test('augmentations are told by their kind, wherever they stand', () => {
    const flip = { type: 'flip', fields: {} };
    const one = changed((copy) => (copy.settings.augmentation = [flip, { type: 'rotate', fields: { degrees: 5 } }]));
    const other = changed((copy) => (copy.settings.augmentation = [{ type: 'rotate', fields: { degrees: 9 } }, flip]));
    expect(configurationDifferences([one, other, base])).toEqual([
      { path: 'settings.augmentation.flip', values: [true, true, null] },
      { path: 'settings.augmentation.rotate', values: [true, true, null] },
      { path: 'settings.augmentation.rotate.degrees', values: [5, 9, null] },
    ]);
  });

  test('a further layer is missing in the others', () => {
    const deeper = changed((copy) => {
      copy.network.layers.push({ id: 'dense-3', type: 'dense', fields: { units: 5, activation: 'linear' } });
    });
    expect(configurationDifferences([base, deeper, base])).toEqual([
      { path: 'network.3.type', values: [null, 'dense', null] },
      { path: 'network.3.units', values: [null, 5, null] },
      { path: 'network.3.activation', values: [null, 'linear', null] },
    ]);
  });

  test('another optimizer brings its own fields', () => {
    const sgd = changed((copy) => {
      copy.settings.optimizer = { type: 'sgd', fields: { momentum: 0.9 } };
    });
    expect(configurationDifferences([base, sgd]).map((difference) => difference.path)).toEqual([
      'settings.optimizer.type',
      'settings.optimizer.fields.beta1',
      'settings.optimizer.fields.momentum',
    ]);
  });

  test('the name of a layer alone is no difference', () => {
    const renamed = changed((copy) => {
      copy.network.layers[0]!.id = 'first';
    });
    expect(configurationDifferences([base, renamed])).toEqual([]);
  });

  test('layers are ordered as numbers', () => {
    const long = changed((copy) => {
      copy.network.layers = Array.from({ length: 12 }, (_, index) => ({
        id: `dense-${index + 1}`,
        type: 'dense',
        fields: { units: 8 },
      }));
    });
    const other = structuredClone(long);
    other.network.layers.forEach((layer) => (layer.fields.units = 9));
    const places = configurationDifferences([long, other]).map((difference) => difference.path.split('.')[1]);
    expect(places).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']);
  });
});
