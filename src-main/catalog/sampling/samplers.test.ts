/** What samplers promise: values within their ranges and conditions, the same for the same seed, and trials that are learnt from. */
import { describe, expect, test } from 'vitest';
import type { FieldValues, SearchParameter, Trial } from '../../contract';
import { defaultsOf, samplers } from '../index';
import type { SamplerRequest } from '../sampler-definitions';
import { densityOf } from './parzen';
import { rankTrials } from './ranking';
import { mostDimensions, scrambledSobolPoint, sobolPoint } from './sobol';

const number = (
  path: string,
  minimum: number,
  maximum: number,
  scale: 'linear' | 'log' = 'linear',
): SearchParameter => {
  return { path, range: { kind: 'number', minimum, maximum, scale } };
};
const mixed: SearchParameter[] = [
  { path: 'kind', range: { kind: 'choice', values: ['flat', 'deep'] } },
  number('rate', 1e-5, 1, 'log'),
  {
    path: 'depth',
    range: { kind: 'integer', minimum: 1, maximum: 3, scale: 'linear' },
    when: { path: 'kind', values: ['deep'] },
  },
  {
    path: 'width',
    range: { kind: 'integer', minimum: 8, maximum: 512, scale: 'log' },
    when: { path: 'depth', values: [2, 3] },
  },
];

function trialOf(number: number, values: FieldValues, value: number | null, changes: Partial<Trial> = {}): Trial {
  const curve = value === null ? [] : [value];
  return { number, state: 'finished', values, curve, value, measures: {}, seconds: 1, error: null, ...changes };
}

function ask(sampler: string, changes: Partial<SamplerRequest>): FieldValues | null {
  const definition = samplers.get(sampler);
  return definition.next({
    ...{ parameters: mixed, trials: [], number: 1, seed: 7, better: 'lower', epochs: 1, second: null },
    ...{ fits: () => true, fields: defaultsOf(definition.fields) },
    ...changes,
  });
}

/** Trials one after another, each by all before it. */
function search(
  sampler: string,
  count: number,
  figure: (values: FieldValues) => number,
  changes: Partial<SamplerRequest> = {},
) {
  const trials: Trial[] = [];
  for (let number = 1; number <= count; number++) {
    const values = ask(sampler, { ...changes, number, trials });
    if (values === null) break;
    trials.push(trialOf(number, values, figure(values)));
  }
  return trials;
}

describe.each(['random', 'sobol', 'grid', 'tpe'])('%s', (sampler) => {
  const figure = (values: FieldValues) =>
    (Math.log10(Number(values['rate'])) + 3) ** 2 + (values['kind'] === 'deep' ? 0 : 1);

  test('keeps to ranges and conditions', () => {
    const trials = search(sampler, 40, figure);
    const seen = new Set(trials.map(({ values }) => Object.keys(values).join(' ')));
    expect([...seen].sort()).toEqual(['kind rate', 'kind rate depth', 'kind rate depth width']);
    for (const { values } of trials) {
      const { kind, rate, depth, width } = values;
      expect(rate).toBeGreaterThanOrEqual(1e-5);
      expect(rate).toBeLessThanOrEqual(1);
      expect(depth === undefined).toBe(kind === 'flat');
      expect(width === undefined).toBe(kind === 'flat' || depth === 1);
      if (width !== undefined)
        expect([8, 512]).toSatisfy(([low, high]: number[]) => Number(width) >= low! && Number(width) <= high!);
      expect(Number.isInteger(width ?? 8) && Number.isInteger(depth ?? 1)).toBe(true);
    }
  });

  test('gives the same values for the same seed, and others for another', () => {
    const of = (seed: number) => search(sampler, 15, figure, { seed }).map(({ values }) => values);
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
  });
});

describe('Sobol’ points', () => {
  test('are those of scipy.stats.qmc.Sobol(128, scramble=False)', () => {
    const dimensions = [0, 1, 2, 4, 9, 36, 63, 100, 127];
    const of = (index: number) => dimensions.map((dimension) => sobolPoint(index, dimension));
    expect(of(0)).toEqual(dimensions.map(() => 0));
    expect(of(7)).toEqual([0.125, 0.625, 0.375, 0.125, 0.875, 0.375, 0.375, 0.375, 0.375]);
    expect(of(50)).toEqual([0.828125, 0.484375, 0.546875, 0.671875, 0.890625, 0.796875, 0.671875, 0.640625, 0.578125]);
    expect(of(127)).toEqual([
      0.0078125, 0.6640625, 0.5546875, 0.4765625, 0.5390625, 0.2578125, 0.3046875, 0.2578125, 0.9921875,
    ]);
    expect(of(1000)).toEqual([
      0.2197265625, 0.0966796875, 0.5185546875, 0.2802734375, 0.0693359375, 0.8486328125, 0.4462890625, 0.7685546875,
      0.5439453125,
    ]);
    expect(mostDimensions).toBe(128);
  });

  test('scrambled are others for each seed, and each of so many parts of a side still holds one', () => {
    for (const [dimension, seed] of [
      [0, 1],
      [1, 1],
      [77, 5],
    ] as const) {
      const points = Array.from({ length: 64 }, (_, index) => scrambledSobolPoint(index, dimension, seed));
      expect(new Set(points.map((point) => Math.floor(point * 64))).size).toBe(64);
      expect(points).not.toEqual(points.map((_, index) => sobolPoint(index, dimension)));
    }
  });

  test('scrambled fill a plane as evenly: each box of a (0, 6, 2)-net holds one', () => {
    const points = Array.from({ length: 64 }, (_, index) => [0, 1].map((side) => scrambledSobolPoint(index, side, 3)));
    for (let columns = 1; columns <= 64; columns *= 2) {
      const boxes = points.map(([x, y]) => `${Math.floor(x! * columns)} ${Math.floor((y! * 64) / columns)}`);
      expect(new Set(boxes).size).toBe(64);
    }
  });
});

test('a grid is every combination once, conditions in mind, and then nothing', () => {
  const trials = search('grid', 1000, () => 1);
  // Flat: 3 rates. Deep: 3 rates · (1 for the first depth + 2 depths · 3 widths).
  expect(trials).toHaveLength(3 + 3 * (1 + 2 * 3));
  expect(new Set(trials.map(({ values }) => JSON.stringify(values))).size).toBe(trials.length);
  expect(new Set(trials.map(({ values }) => values['rate']))).toEqual(new Set([1e-5, 0.00316228, 1]));
  // Far more combinations than can be listed.
  const wide = Array.from({ length: 60 }, (_, at) => number(`x${at}`, 0, 1));
  expect(Object.keys(ask('grid', { parameters: wide, number: 5 }) ?? {})).toHaveLength(60);
});

describe('TPE', () => {
  const plane = [number('x', -5, 10), number('y', 0, 15)];
  const branin = ({ x, y }: FieldValues) => {
    const [a, b] = [Number(x), Number(y)];
    const curve = b - (5.1 / (4 * Math.PI ** 2)) * a * a + (5 / Math.PI) * a - 6;
    return curve ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10;
  };
  const best = (trials: readonly Trial[]) => Math.min(...trials.map(({ value }) => value ?? Infinity));
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

  test('finds the minimum of Branin’s function sooner than chance', () => {
    const of = (sampler: string) =>
      median(
        Array.from({ length: 20 }, (_, at) => at + 1).map((seed) =>
          best(search(sampler, 60, branin, { parameters: plane, seed })),
        ),
      );
    // The minimum is 0.3979; the medians of `tools/bench/samplers.mjs` after 100 trials are in docs/benchmarks.md.
    expect(of('tpe')).toBeLessThan(0.6);
    expect(of('tpe')).toBeLessThan(of('random'));
  });

  test('does not try the same again while something else is left', () => {
    const choices = [{ path: 'c', range: { kind: 'choice' as const, values: ['a', 'b', 'c', 'd'] } }];
    const trials = search('tpe', 4, ({ c }) => (c === 'a' ? 0 : 1), {
      parameters: choices,
      fields: { startup: 1, candidates: 24 },
    });
    expect(new Set(trials.map(({ values }) => values['c'])).size).toBe(4);
  });

  test('a density is one over the plane, and a probability over whole numbers and choices', () => {
    const some = [
      { x: 1, y: 3 },
      { x: 9, y: 14 },
      { x: -5, y: 0 },
    ];
    const smooth = densityOf(plane, some, { weights: [1, 0.5, 1], priorWeight: 1 });
    let sum = 0;
    const steps = 200;
    for (let i = 0; i < steps; i++) {
      for (let j = 0; j < steps; j++) {
        const values = { x: -5 + (15 * (i + 0.5)) / steps, y: (15 * (j + 0.5)) / steps };
        sum += Math.exp(smooth.logOf(values)) / steps ** 2;
      }
    }
    expect(sum).toBeCloseTo(1, 3);
    const whole: SearchParameter[] = [
      { path: 'depth', range: { kind: 'integer', minimum: 1, maximum: 9, scale: 'log' } },
      { path: 'kind', range: { kind: 'choice', values: ['a', 'b', 'c'] } },
    ];
    const counted = densityOf(whole, [{ depth: 2, kind: 'b' }], { weights: [1], priorWeight: 1 });
    const all = Array.from({ length: 9 }, (_, at) =>
      ['a', 'b', 'c'].map((kind) => Math.exp(counted.logOf({ depth: at + 1, kind }))),
    );
    expect(all.flat().reduce((total, one) => total + one, 0)).toBeCloseTo(1, 5);
  });
});

describe('what is learnt from', () => {
  const question = {
    better: 'higher' as const,
    second: null,
    fits: ({ measures }: Trial) => (measures.parameters ?? 0) < 100,
  };
  const order = (trials: Trial[], changes: object = {}) =>
    rankTrials(trials, { ...question, ...changes }).map((trial) => trial.number);

  test('are whole trials by value, then those ended early by how far they came, then those beyond the limits', () => {
    const trials = [
      trialOf(1, {}, 0.7),
      trialOf(2, {}, 0.9, { measures: { parameters: 500 } }),
      trialOf(3, {}, 0.8),
      trialOf(4, {}, 0.95, { state: 'pruned' }),
      trialOf(5, {}, 0.6, { state: 'pruned', curve: [0.5, 0.6, 0.6] }),
      trialOf(6, {}, 0.99, { state: 'running' }),
      trialOf(7, {}, null, { state: 'failed' }),
    ];
    expect(order(trials)).toEqual([3, 1, 5, 4, 2, 7]);
  });

  test('are the fronts of two objectives, and on a front first what adds most', () => {
    const at = (place: number, value: number, parameters: number) =>
      trialOf(place, {}, value, { measures: { parameters } });
    const trials = [at(1, 0.5, 10), at(2, 0.9, 90), at(3, 0.6, 95), at(4, 0.7, 30), at(5, 0.55, 28)];
    const ranked = order(trials, { second: 'parameters' });
    expect(new Set(ranked.slice(0, 4))).toEqual(new Set([1, 2, 4, 5]));
    expect(ranked[4]).toBe(3);
    expect(ranked[3]).toBe(5);
  });
});
