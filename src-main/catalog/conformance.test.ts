/** What every definition must hold, without TensorFlow: words in both languages, valid defaults, one id each. */
import { describe, expect, test } from 'vitest';
import { networkSpecSchema, type Column, type Shape, type Target, type Text } from '../contract';
import {
  augmentations,
  blockNameOf,
  blocks,
  cautions,
  checkNetwork,
  defaultsOf,
  diagnoses,
  fieldProblem,
  findings,
  layers,
  losses,
  metrics,
  namedLayers,
  optimizers,
  orderedScores,
  offeredPresets,
  presetIds,
  presetOf,
  presetWords,
  requireValidSettings,
  schedules,
  scores,
  settingsFields,
  settingsValues,
  spectrograms,
  startingSettings,
  steps,
  tasks,
  withSetting,
  type Fields,
  type TaskDefinition,
} from './index';

const choices = { layers, blocks, optimizers, schedules, augmentations, steps, losses, metrics, scores, tasks };
const kinds = { ...choices, findings, cautions, diagnoses, spectrograms };
const all = Object.entries(kinds).flatMap(([kind, registry]) =>
  registry.all.map((definition) => ({ kind, id: definition.id, definition })),
);
const chinese = /[\u4e00-\u9fff]/;

/** Both languages are there, and an explanation in Chinese is in Chinese. */
function expectWords(text: Text, explained: boolean) {
  expect(text.en.trim()).not.toBe('');
  expect(text.zh.trim()).not.toBe('');
  if (explained) expect(text.zh).toMatch(chinese);
  expect(`${text.en}${text.zh}`).not.toMatch(/[!！]/);
}

function expectFields(fields: Fields) {
  for (const field of Object.values(fields)) {
    expectWords(field.label, false);
    expectWords(field.help, true);
    expect(fieldProblem(field, field.default)).toBeNull();
    if (field.kind === 'choice') for (const option of field.options) expectWords(option.label, false);
  }
}

test('ids are unique within their kind and fit for storing', () => {
  for (const registry of Object.values(kinds)) {
    const ids = registry.all.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  }
});

test.each(all)('$kind $id speaks both languages', ({ definition }) => {
  expectWords(definition.label, false);
  expectWords(definition.help, true);
});

test.each([...layers.all, ...optimizers.all, ...schedules.all])('$id has a formula and valid fields', (definition) => {
  expect(definition.formula).not.toBe('');
  expectFields(definition.fields);
});

test.each(blocks.all)('block $id has valid fields, and its layers say what they came with', (block) => {
  expectFields(block.fields);
  const specs = block.layers(defaultsOf(block.fields), block.example.input);
  if ('problem' in specs) throw new Error(specs.problem.en);
  for (const { id } of namedLayers(specs, `${block.id}-12`, 'dense-1')) {
    expect(blockNameOf(id, blocks.has)).toBe(`${block.id}-12`);
  }
  for (const { id } of layers.all) expect(blockNameOf(`${id}-12`, blocks.has)).toBeNull();
});

test.each(augmentations.all)('augmentation $id has valid fields', ({ fields }) => expectFields(fields));

test.each(losses.all)('loss $id has a formula', ({ formula }) => expect(formula).not.toBe(''));

test.each(layers.all)('layer $id gives a shape and a summary for its example', (definition) => {
  const values = defaultsOf(definition.fields);
  for (const name of definition.inputNames ?? []) expectWords(name, true);
  expect(definition.inputNames ?? definition.example.inputs).toHaveLength(definition.example.inputs.length);
  expect(definition.outputShape(values, definition.example.inputs)).not.toHaveProperty('problem');
  expectWords(definition.summary(values), false);
});

describe('settings', () => {
  test('are fields with valid defaults in both languages', () => expectFields(settingsFields));

  test('are changed one by one and checked', () => {
    const settings = startingSettings('cross-entropy', { batchSize: 128, epochs: 10 });
    expect(withSetting(settings, 'earlyStopping.patience', 9).earlyStopping.patience).toBe(9);
    expect(withSetting(settings, 'epochs', 3).epochs).toBe(3);
    expect(Object.keys(settingsValues(settings))).toEqual(Object.keys(settingsFields));
    expect(() => withSetting(settings, 'epochs', 0)).toThrow('whole number');
    expect(() => withSetting(settings, '__proto__', 1)).toThrow('unknown');
    expect(() => requireValidSettings({ ...settings, loss: 'mean-squared-error' }, 'image-classification')).toThrow(
      'loss',
    );
    const regression = { ...settings, loss: 'mean-squared-error', classWeights: 'balanced' as const };
    expect(() => requireValidSettings(regression, 'table-regression')).toThrow('classWeights');
    const ranked = { ...settings, anomalyScore: 'neighbours' as const };
    expect(() => requireValidSettings(ranked, 'image-classification')).toThrow('anomalyScore');
    const schedule = { type: 'cosine', fields: { end: 2 } };
    expect(() => requireValidSettings({ ...settings, schedule }, 'image-classification')).toThrow('end');
    const augmented = (type: string, fields = {}) => ({ ...settings, augmentation: [{ type, fields }] });
    expect(() => requireValidSettings(augmented('flip'), 'image-classification')).not.toThrow();
    expect(() => requireValidSettings(augmented('flip'), 'table-classification')).toThrow('pictures only');
    expect(() => requireValidSettings(augmented('value-dropout'), 'image-classification')).toThrow('tables only');
    for (const task of tasks.all) {
      const check = expect(() => requireValidSettings({ ...augmented('mixup'), loss: task.losses[0] ?? '' }, task.id));
      if (['text', 'ratings', 'steps', 'series'].includes(task.input)) check.toThrow('pictures, sounds, tables only');
      else check.not.toThrow();
    }
    expect(() => requireValidSettings(augmented('word-dropout'), 'text-classification')).not.toThrow();
    expect(() => requireValidSettings(augmented('word-dropout'), 'table-classification')).toThrow(
      'texts, ratings only',
    );
    expect(() => requireValidSettings(augmented('melt'), 'image-classification')).toThrow('melt');
    expect(() => requireValidSettings(augmented('rotate', { degrees: 999 }), 'image-classification')).toThrow(
      'degrees',
    );
    expect(withSetting(settings, 'clipping.kind', 'norm').clipping).toEqual({ kind: 'norm', limit: 1 });
    const optimizer = { type: 'sgd', fields: { momentum: 2 } };
    expect(() => requireValidSettings({ ...settings, optimizer }, 'image-classification')).toThrow('momentum');
  });
});

describe('tasks', () => {
  const targets: Record<Target['kind'], Target> = {
    classes: { kind: 'classes', classes: ['a', 'b', 'c'] },
    number: { kind: 'number', unit: null },
    reconstruction: { kind: 'reconstruction', size: 784, known: null },
  };
  /** Of a reconstruction the example itself. */
  const targetFor = ({ target }: TaskDefinition, shape: Shape): Target =>
    target === 'reconstruction'
      ? { kind: target, size: shape.reduce((product, side) => product * side, 1), known: null }
      : targets[target];
  /** Shapes that data of each kind may have; the first is an ordinary one. */
  const inputShapes: Record<TaskDefinition['input'], Shape[]> = {
    picture: [
      [28, 28, 1],
      [8, 8, 1],
      [8, 8, 3],
      [1, 1, 1],
      [5, 200, 3],
      [32, 32, 3],
      [64, 64, 1],
      [96, 64, 3],
      [224, 224, 3],
      [512, 512, 3],
    ],
    sound: [
      [98, 40, 1],
      [10, 40, 1],
      [1, 40, 1],
      [500, 80, 1],
      [62, 64, 1],
    ],
    table: [[7], [1], [2], [100], [1000]],
    text: [[200], [5], [1], [1000]],
    ratings: [[12], [2], [3], [60]],
    steps: [
      [24, 1],
      [1, 1],
      [3, 5],
      [365, 2],
    ],
    series: [
      [150, 1],
      [16, 1],
      [1000, 1],
    ],
  };
  const factsOf = ({ input }: TaskDefinition) => ({
    codes: input === 'text' || input === 'ratings' ? 5001 : null,
    rows: 1000,
  });

  test.each(tasks.all)('$id starts with a network and settings that can be trained', (task) => {
    const ordinary = targets[task.target];
    for (const shape of inputShapes[task.input]) {
      const target = targetFor(task, shape);
      const network = task.defaultNetwork(shape, target, factsOf(task));
      expect(presetOf(task, network, shape, target, factsOf(task))).not.toBeNull();
    }
    for (const rows of [300, 60000]) {
      const settings = task.defaultSettings(ordinary, rows);
      expect(() => requireValidSettings(settings, task.id)).not.toThrow();
      expect(settings.loss).toBe(task.losses[0]);
    }
    for (const id of task.losses) expect(losses.get(id).target).toBe(task.target);
    for (const id of task.metrics) expect(metrics.get(id).target).toBe(task.target);
    expect(orderedScores.map((score) => score.target)).toContain(task.target);
  });

  const shaped = tasks.all.flatMap((task) => inputShapes[task.input].map((shape) => ({ task, shape })));
  test.each(shaped)('the presets of $task.id can be trained on $shape and say what they are', ({ task, shape }) => {
    const target = targetFor(task, shape);
    const facts = factsOf(task);
    for (const { id, network } of offeredPresets(task, shape, target, facts)) {
      const checked = checkNetwork(network, shape, task.outputs(target), facts.codes);
      expect(checked.layers.flatMap(({ problem }) => problem ?? [])).toEqual([]);
      expect(presetOf(task, networkSpecSchema.parse(network), shape, target, facts)?.id).toBe(id);
    }
  });

  test.each(tasks.all)('the presets of $id ask for more arithmetic from one to the next', (task) => {
    const [shape = []] = inputShapes[task.input];
    const costs = presetIds.map((id) => {
      return checkNetwork(task.presets[id](shape, targetFor(task, shape), factsOf(task)), shape, 3).multiplyAdds;
    });
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
  });

  test('presets speak both languages', () => {
    const named = tasks.all.flatMap(({ namedPresets = [] }) => namedPresets);
    for (const { label, help } of [...Object.values(presetWords), ...named]) {
      expectWords(label, false);
      expectWords(help, true);
    }
  });

  const column = (name: string, type: Column['type']) => ({ name, type }) as Column;
  test.each([
    ['image-classification', [column('image', 'image')], column('label', 'category'), true],
    ['image-classification', [column('x', 'number')], column('label', 'category'), false],
    ['table-classification', [column('x', 'number')], column('label', 'category'), true],
    ['table-classification', [column('note', 'text')], column('label', 'category'), true],
    ['table-classification', [column('note', 'ignored')], column('label', 'category'), false],
    ['table-classification', [column('image', 'image')], column('label', 'category'), false],
    ['table-regression', [column('x', 'category')], column('y', 'number'), true],
    ['table-regression', [column('x', 'category')], column('y', 'category'), false],
    ['table-regression', [], column('y', 'number'), false],
  ])('%s knows which columns it fits (%#)', (id, inputs, target, fits) => {
    expect(tasks.get(id).fits([...inputs, target], target)).toBe(fits);
  });
});

test('a picture network of 784-256-128-10 has 235,146 parameters', () => {
  const target: Target = { kind: 'classes', classes: Array.from('0123456789') };
  const network = tasks.get('image-classification').defaultNetwork([28, 28, 1], target, { codes: null, rows: 1000 });
  expect(checkNetwork(network, [28, 28, 1], 10).trainable).toBe(235146);
});

describe('shapes that do not fit are explained with a repair', () => {
  const outcome = (id: string, fields: object, input: number[]) => {
    const definition = layers.get(id);
    return definition.outputShape({ ...defaultsOf(definition.fields), ...fields }, [input]);
  };
  test('dense after a picture', () => {
    expect(outcome('dense', {}, [4, 4, 1])).toMatchObject({ repair: { insertBefore: 'flatten' } });
  });
  test('a window larger than the picture', () => {
    expect(outcome('conv2d', { kernelSize: 5 }, [4, 4, 1])).toMatchObject({ repair: { set: { padding: 'same' } } });
    expect(outcome('max-pooling2d', { poolSize: 5 }, [4, 4, 1])).toMatchObject({
      repair: { set: { padding: 'same' } },
    });
    expect(outcome('conv2d', { kernelSize: 5, padding: 'same' }, [4, 4, 1])).toEqual([4, 4, 32]);
  });
  test.each(['lstm', 'gru', 'simple-rnn'])('a picture in %s enters as its rows', (id) => {
    expect(outcome(id, {}, [28, 28, 1])).toMatchObject({ repair: { insertBefore: 'reshape' } });
    expect(outcome('reshape', {}, [28, 28, 1])).toEqual([28, 28]);
    expect(outcome(id, { units: 5 }, [28, 28])).toEqual([5]);
    expect(outcome(id, { units: 5, everyStep: true }, [28, 28])).toEqual([28, 5]);
  });
  test('values that cannot be cut into equal steps', () => {
    expect(outcome('reshape', { steps: 5 }, [28])).toMatchObject({ repair: { set: { steps: 0 } } });
    expect(outcome('reshape', { steps: 7 }, [28])).toEqual([7, 4]);
  });
  test('a convolution of a row', () => {
    expect(outcome('conv2d', {}, [16])).toHaveProperty('problem');
    expect(outcome('max-pooling2d', {}, [16])).toHaveProperty('problem');
  });
});
