/** What a search makes of a configuration: which fields it may change, what a trial is, which plan can be begun, which is best. */
import { describe, expect, test } from 'vitest';
import type { NetworkSpec, SearchPlan, Trial } from '../../contract';
import { checkNetwork, requireValidSettings, samplers, tasks } from '../index';
import { sobolPoint } from '../sampling/sobol';
import { applyTrial, type SearchConfiguration } from './apply';
import { requireValidPlan } from './check-plan';
import { mainEffects } from './fanova';
import { searchImportance } from './importance';
import { bestTrial, hypervolume, paretoFront } from './pareto';
import { proposePlan, type SearchFacts } from './propose';
import { searchableFields } from './space';

const network: NetworkSpec = {
  layers: [
    { id: 'dense-1', type: 'dense', fields: { units: 16 } },
    { id: 'dropout-1', type: 'dropout', fields: { rate: 0.2 } },
    { id: 'dense-2', type: 'dense', fields: { units: 3, activation: 'linear' } },
  ],
};
const target = { kind: 'classes' as const, classes: ['a', 'b', 'c'] };

function configurationOf(task = 'table-classification'): SearchConfiguration {
  return {
    data: {
      ...{ versionId: 'v', task, target: 'kind', types: {} },
      split: { kind: 'random', seed: 1, stratified: true, validation: 0.2, test: 0.2 } as never,
      steps: { 'a.b': [{ type: 'impute', fields: { value: 2 } }] },
    },
    network,
    settings: tasks.get(task).defaultSettings(target, 1000),
  };
}

const facts: SearchFacts = {
  inputShape: [7],
  target,
  codes: null,
  counts: { training: 1000, validation: 250, test: 250 },
};

function planOf(changes: Partial<SearchPlan> = {}): SearchPlan {
  return { ...proposePlan(configurationOf(), facts, null), ...changes };
}

function trialOf(number: number, value: number | null, changes: Partial<Trial> = {}): Trial {
  const curve = value === null ? [] : [value];
  return { number, state: 'finished', values: {}, curve, value, measures: {}, seconds: 1, error: null, ...changes };
}

describe('values of a trial', () => {
  const before = configurationOf();

  test('reach every kind of field, and leave what they were put into as it was', () => {
    const after = applyTrial(before, {
      'settings.learningRate': 0.02,
      'settings.clipping.kind': 'norm',
      'optimizer.momentum': 0.5,
      optimizer: 'sgd',
      'schedule.warmUp': 0.2,
      schedule: 'warm-up-cosine',
      'layer.dense-1.units': 40,
      'augmentation.mixup.alpha': 0.3,
      'augmentation.mixup': true,
      'step.a.b.1.value': 5,
    });
    expect(after.settings).toMatchObject({
      learningRate: 0.02,
      clipping: { kind: 'norm' },
      optimizer: { type: 'sgd', fields: { momentum: 0.5 } },
      schedule: { type: 'warm-up-cosine', fields: { warmUp: 0.2 } },
      augmentation: [{ type: 'mixup', fields: { alpha: 0.3 } }],
    });
    expect(after.network.layers[0]?.fields).toEqual({ units: 40 });
    expect(after.data.steps).toEqual({ 'a.b': [{ type: 'impute', fields: { value: 5 } }] });
    expect(before).toEqual(configurationOf());
  });

  test('a layer stands as often as is said, and what took from it takes from the last', () => {
    const branched: NetworkSpec = {
      layers: [
        { id: 'stem', type: 'dense', fields: { units: 8 } },
        { id: 'deep', type: 'dense', fields: { units: 8 } },
        { id: 'sum', type: 'add', fields: {}, inputs: ['deep', 'stem'] },
        { id: 'out', type: 'dense', fields: { units: 3, activation: 'linear' } },
      ],
      groups: [{ id: '@group-1', name: 'Body', layers: ['deep'] }],
    };
    const shown = (count: number) => {
      const { network: made } = applyTrial({ ...before, network: branched }, { 'layer.deep#repeat': count });
      expect(checkNetwork(made, [7], 3).valid).toBe(true);
      return [made.layers.map(({ id, inputs }) => (inputs ? `${id}(${inputs.join()})` : id)), made.groups?.[0]?.layers];
    };
    expect(shown(1)).toEqual([['stem', 'deep', 'sum(deep,stem)', 'out'], ['deep']]);
    expect(shown(3)).toEqual([
      ['stem', 'deep', 'deep-2', 'deep-3', 'sum(deep-3,stem)', 'out'],
      ['deep', 'deep-2', 'deep-3'],
    ]);
    expect(shown(0)).toEqual([['stem', 'sum(stem,stem)', 'out'], []]);
  });

  test('a layer that is left out of a branch leaves the branch where it began', () => {
    const layers = [
      { id: 'one', type: 'dense', fields: { units: 8 } },
      { id: 'two', type: 'dense', fields: { units: 8 } },
      { id: 'aside', type: 'dense', fields: { units: 8 }, inputs: ['one'] },
      { id: 'out', type: 'dense', fields: { units: 3 } },
    ];
    const { network: made } = applyTrial({ ...before, network: { layers } }, { 'layer.aside#repeat': 0 });
    expect(made.layers.at(-1)).toMatchObject({ id: 'out', inputs: ['one'] });
  });

  test.each([
    ['settings.seed', 3],
    ['settings.batchSize', 0],
    ['optimizer', 'nobody'],
    ['optimizer.momentum', 0.5],
    ['layer.nobody.units', 3],
    ['layer.dense-1.units', 2.5],
    ['layer.dense-1#repeat', 11],
    ['augmentation.rotate', true],
    ['augmentation.mixup.alpha', 0.2],
    ['step.c.1.value', 1],
    ['loss', 'mean-squared-error'],
    ['nonsense', 1],
  ])('%s cannot be %s, and it is said where', (path, value) => {
    expect(() => applyTrial(before, { [path]: value })).toThrow(/^field-invalid: /);
  });
});

describe('fields that can be searched', () => {
  test.each(tasks.all)('of $id: each suggestion lies within its limits and can be applied', (task) => {
    const own = configurationOf();
    const isClasses = task.target === 'classes';
    const settings = task.defaultSettings(isClasses ? target : { kind: 'number', unit: null }, 1000);
    const configuration = { ...own, data: { ...own.data, task: task.id }, settings };
    const fields = searchableFields(configuration);
    expect(new Set(fields.map(({ path }) => path)).size).toBe(fields.length);
    for (const { path, suggested, limits, when } of fields) {
      const ends = suggested.kind === 'choice' ? suggested.values : [suggested.minimum, suggested.maximum];
      if (suggested.kind !== 'choice' && limits.kind !== 'choice') {
        expect(suggested.minimum, path).toBeLessThan(suggested.maximum);
        expect(suggested.minimum, path).toBeGreaterThanOrEqual(limits.minimum);
        expect(suggested.maximum, path).toBeLessThanOrEqual(limits.maximum);
      }
      for (const value of ends) {
        const condition = when?.values[0];
        const owner = when && condition !== undefined ? { [when.path]: condition } : {};
        const applied = applyTrial(configuration, { ...owner, [path]: value });
        expect(() => {
          requireValidSettings(applied.settings, task.id);
        }).not.toThrow();
      }
    }
  });

  test('the answers of the last layer, the seed and the number of epochs are none of them', () => {
    const paths = searchableFields(configurationOf()).map(({ path }) => path);
    expect(paths).toContain('layer.dense-1.units');
    expect(paths).toContain('step.a.b.1.strategy');
    for (const path of ['layer.dense-2.units', 'layer.dense-2#repeat', 'settings.seed', 'settings.epochs']) {
      expect(paths).not.toContain(path);
    }
  });
});

describe('a plan', () => {
  const rate = { kind: 'number', minimum: 1e-4, maximum: 0.1, scale: 'log' } as const;
  const optimizer = { path: 'optimizer', range: { kind: 'choice' as const, values: ['adam', 'sgd'] } };
  const momentum = {
    path: 'optimizer.momentum',
    range: { kind: 'number', minimum: 0, maximum: 0.9, scale: 'linear' },
  } as const;
  const isSgd = { path: 'optimizer', values: ['sgd'] };

  test.each([
    ['without parameters', { parameters: [] }],
    ['without a budget', { budget: { minutes: null, trials: null } }],
    [
      'with a field twice',
      {
        parameters: [
          { path: 'settings.learningRate', range: rate },
          { path: 'settings.learningRate', range: rate },
        ],
      },
    ],
    [
      'with a range the wrong way',
      { parameters: [{ path: 'settings.learningRate', range: { ...rate, minimum: 0.2 } }] },
    ],
    [
      'with a range beyond the field',
      { parameters: [{ path: 'layer.dropout-1.rate', range: { ...rate, maximum: 2 } }] },
    ],
    ['with a logarithm of 0', { parameters: [{ path: 'layer.dense-1.l2', range: { ...rate, minimum: 0 } }] }],
    ['with a condition on what comes later', { parameters: [{ ...momentum, when: isSgd }, optimizer] }],
    ['with a field that some choices do not have', { parameters: [optimizer, momentum] }],
    ['with a field that the configuration does not have', { parameters: [momentum] }],
    ['by a metric of another task', { metric: 'mean-absolute-error' }],
    ['for two objectives with a pruner that knows one', { second: 'parameters' as const }],
  ])('%s is refused', (_, changes) => {
    expect(() => {
      requireValidPlan(planOf(changes));
    }).toThrow(/^field-invalid: /);
  });

  test('with a field under the choice that has it can be begun', () => {
    expect(() => {
      requireValidPlan(planOf({ parameters: [optimizer, { ...momentum, when: isSgd }] }));
    }).not.toThrow();
  });

  test.each(tasks.all.flatMap(({ id }) => [null, 10].map((minutes) => ({ id, minutes }))))(
    'for $id in $minutes minutes can be begun, and its trials be built',
    ({ id, minutes }) => {
      const task = tasks.get(id);
      const isText = task.input === 'text';
      const isPlane = task.input === 'picture' || task.input === 'sound';
      const inputShape = isPlane
        ? [28, 28, 1]
        : task.input === 'steps' || task.input === 'series'
          ? [24, 2]
          : isText
            ? [20]
            : [7];
      const codes = isText || task.input === 'ratings' ? 100 : null;
      const own =
        task.target === 'classes'
          ? target
          : task.target === 'number'
            ? { kind: 'number' as const, unit: null }
            : {
                ...{ kind: 'reconstruction' as const, size: inputShape.reduce((a, b) => a * b, 1), known: null },
              };
      const known: SearchFacts = {
        ...facts,
        inputShape: task.input === 'ratings' ? [2] : inputShape,
        target: own,
        codes,
      };
      const data = { codes, rows: 1000 };
      const base = configurationOf();
      const plan = proposePlan(
        {
          data: { ...base.data, task: id, steps: undefined },
          network: task.defaultNetwork(known.inputShape, own, data),
          settings: task.defaultSettings(own, 1000),
        },
        known,
        minutes,
      );
      requireValidPlan(plan);
      expect(plan.parameters.length).toBeGreaterThan(1);
      const asked = {
        parameters: plan.parameters,
        trials: [],
        seed: 1,
        better: 'higher' as const,
        epochs: 10,
        second: null,
      };
      for (let number = 1; number <= 8; number++) {
        const values = samplers.get('random').next({ ...asked, number, fits: () => true, fields: {} });
        const trial = applyTrial(plan, values ?? {});
        requireValidSettings(trial.settings, id);
        const checked = checkNetwork(trial.network, known.inputShape, task.outputs(own), codes);
        expect(checked.layers.flatMap(({ problem }) => problem?.problem.en ?? [])).toEqual([]);
      }
    },
  );
});

describe('the answer of a search', () => {
  const trials = [
    trialOf(1, 0.8, { measures: { parameters: 100 } }),
    trialOf(2, 0.9, { measures: { parameters: 500 } }),
    trialOf(3, 0.9, { measures: { parameters: 400 } }),
    trialOf(4, 0.95, { measures: { parameters: 5000 }, state: 'pruned' }),
    trialOf(5, 0.99, { measures: { parameters: 50 }, state: 'failed' }),
    trialOf(6, null, { measures: { parameters: 10 } }),
  ];
  const plan = { metric: 'accuracy', limits: [], second: 'parameters' as const };

  test('is the best that did not fail, within the limits', () => {
    expect(bestTrial(plan, trials)?.number).toBe(4);
    expect(bestTrial({ ...plan, limits: [{ measure: 'parameters', most: 1000 }] }, trials)?.number).toBe(2);
    expect(bestTrial({ ...plan, limits: [{ measure: 'parameters', most: 1 }] }, trials)).toBeNull();
    expect(bestTrial({ ...plan, metric: 'loss' }, trials)?.number).toBe(1);
  });

  test('is a front of what nothing beats in both, where two things are wanted', () => {
    expect(paretoFront(plan, trials).map(({ number }) => number)).toEqual([4, 3, 1]);
    expect(paretoFront({ ...plan, second: null }, trials).map(({ number }) => number)).toEqual([4]);
  });

  test('the area that a front dominates is that of its boxes together', () => {
    // (5 − 1)(5 − 3) + (5 − 2)(3 − 1) = 14; what is dominated or outside adds nothing.
    expect(
      hypervolume(
        [
          [1, 3],
          [2, 1],
          [2, 4],
          [6, 0],
        ],
        [5, 5],
      ),
    ).toBe(14);
  });
});

describe('importance', () => {
  const axes = [{ choices: null }, { choices: null }, { choices: 3 }];
  const points = Array.from({ length: 200 }, (_, at) => {
    const [x, y, z] = [0, 1, 2].map((dimension) => sobolPoint(at, dimension));
    return Float64Array.of(x!, y!, Math.floor(z! * 3));
  });
  const figure = ([x, y, kind]: Float64Array, together: number) =>
    3 * x! ** 2 + y! + kind! / 2 + together * 4 * (x! - 0.5) * (y! - 0.5);

  test.each([
    // Variances of 3x², y and the choice: 0.8, 1/12, 1/6; of the product of both alone 1/9. From the same points Optuna's
    // forest says 0.81, 0.01, 0.10, and 0.88, 0.01, 0.05.
    [0, [0.762, 0.079, 0.159]],
    [1, [0.689, 0.072, 0.144]],
  ])('is the share of the variance of each by itself (with %d of both together)', (together, exact) => {
    const shares = mainEffects(
      axes,
      points,
      points.map((point) => figure(point, together)),
    );
    for (const [at, share] of shares.entries()) {
      expect(Math.abs(share - exact[at]!)).toBeLessThan(0.06);
    }
  });

  test('of a search names the direction, and compares trials that were ended early with others after as many epochs', () => {
    const parameters = [
      { path: 'settings.learningRate', range: { kind: 'number', minimum: 1e-4, maximum: 1e-1, scale: 'log' } },
      { path: 'layer.dropout-1.rate', range: { kind: 'number', minimum: 0, maximum: 0.5, scale: 'linear' } },
    ] as const;
    const trials = points.slice(0, 60).map((point, at) => {
      const first = 0.5 + 0.4 * point[0]! + 0.02 * point[1]!;
      const isPruned = at % 3 > 0;
      const curve = isPruned ? [first] : [first, 0.99, 1];
      const values = { 'settings.learningRate': 10 ** (-4 + 3 * point[0]!), 'layer.dropout-1.rate': point[1]! / 2 };
      return trialOf(at + 1, curve.at(-1)!, { curve, values, state: isPruned ? 'pruned' : 'finished' });
    });
    const [first, second] = searchImportance({ parameters: [...parameters], metric: 'accuracy' }, trials);
    expect(first).toMatchObject({ path: 'settings.learningRate', direction: 1 });
    expect(first!.share).toBeGreaterThan(0.9);
    expect(second!.share).toBeLessThan(0.05);
    expect(searchImportance({ parameters: [...parameters], metric: 'accuracy' }, trials.slice(0, 4))).toEqual([]);
  });
});
