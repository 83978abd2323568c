/**
 * References: SciPy 1 and statsmodels 0.14 (`scipy.stats.bootstrap(…, paired=True, n_resamples=200000, method='percentile')`,
 * `scipy.stats.ttest_ind(…, equal_var=False)`, `statsmodels … mcnemar(…, exact=True)`, `multipletests(…, 'holm')`), and
 * published examples: Agresti's approval ratings (Categorical Data Analysis, table 10.1), Fagerland, Lydersen and Laake's
 * airway hyper-responsiveness (2013, table 1), R's `sleep` (Student 1908).
 */
import { describe, expect, test } from 'vitest';
import type { NetworkSpec } from '../../contract';
import { definition as rmse } from '../scores/root-mean-squared-error';
import { meanOf } from '../score-parts';
import { rankingOf, rocArea } from '../ranking';
import { quantileT, twoSidedT } from './distributions';
import { holm } from './holm';
import { importanceOf } from './importance';
import { mcNemar } from './mcnemar';
import { differenceOf, percentileInterval, planResampling, resample } from './paired-bootstrap';
import { furtherSeeds, runsAlike, seedGroups } from './seed-groups';
import { spreadOf, welch } from './welch';

const places = Array.from({ length: 400 }, (_, place) => place);

describe('paired bootstrap, as SciPy', () => {
  test('of shares of right answers', () => {
    const first = Float64Array.from(places, (i) => ((i * 7) % 10 < 8 ? 1 : 0));
    const second = Float64Array.from(places, (i) => ((i * 3) % 11 < 9 ? 1 : 0));
    const [a, b] = resample(400, [meanOf(first), meanOf(second)], planResampling(800)) as [Float64Array, Float64Array];
    expect(a).toHaveLength(10_000);
    const difference = differenceOf(a, b);
    // 10,000 resamples set each end within 0.0007 (one standard deviation), and a row is 0.0025.
    expect(Math.abs((difference?.low ?? NaN) + 0.0375)).toBeLessThan(0.004);
    expect(Math.abs((difference?.high ?? NaN) - 0.0725)).toBeLessThan(0.004);
    expect(difference?.p).toBeGreaterThan(0.4);
    expect(percentileInterval(a)?.low).toBeCloseTo(0.76, 2);
  });

  test('of root mean squared errors', () => {
    const of = (outputs: Float32Array) => rmse.statistic({ kind: 'number', actual: new Float32Array(400), outputs });
    const statistics = [
      of(Float32Array.from(places, (i) => Math.sin(i) * 3)),
      of(Float32Array.from(places, (i) => Math.cos(i * 1.7) * 2.7)),
    ];
    const [a, b] = resample(400, statistics, planResampling(800)) as [Float64Array, Float64Array];
    const difference = differenceOf(a, b);
    expect(Math.abs((difference?.low ?? NaN) + 0.30568)).toBeLessThan(0.006);
    expect(Math.abs((difference?.high ?? NaN) + 0.10757)).toBeLessThan(0.006);
    expect(difference?.p).toBeLessThan(0.001);
  });

  test('of areas under ROC curves', () => {
    const rows = places.slice(0, 200);
    const isOne = (i: number) => (i * 13) % 7 < 3;
    const of = (score: (i: number) => number) => {
      const outputs = Float32Array.from(rows.flatMap((i) => [-score(i), score(i)]));
      const actual = Int32Array.from(rows, (i) => (isOne(i) ? 1 : 0));
      return rocArea(rankingOf({ kind: 'classes', classes: 2, actual, outputs }, 1));
    };
    const statistics = [
      of((i) => Math.sin(i) + (isOne(i) ? 0.8 : 0)),
      of((i) => Math.cos(2 * i) + (isOne(i) ? 1.6 : 0)),
    ];
    const [a, b] = resample(200, statistics, planResampling(800)) as [Float64Array, Float64Array];
    const difference = differenceOf(a, b);
    expect(Math.abs((difference?.low ?? NaN) - 0.0978)).toBeLessThan(0.005);
    expect(Math.abs((difference?.high ?? NaN) - 0.2387)).toBeLessThan(0.005);
  });

  test('the same answers are no difference, and many rows take fewer resamples', () => {
    const same = new Float64Array(50).fill(0.5);
    expect(differenceOf(same, same)).toEqual({ low: 0, high: 0, p: 1 });
    expect(differenceOf(same, new Float64Array(50).fill(NaN))).toBeNull();
    expect(planResampling(20_000).resamples).toBe(10_000);
    expect(planResampling(2_000_000).resamples).toBe(2000);
  });
});

test.each([
  // Agresti: 150 and 86 changed their mind; statsmodels' exact p, and 2·cdf − pmf by SciPy.
  [150, 86, 3.7159361395713866e-5, 2.893389517615428e-5],
  // Fagerland et al. publish 0.070 and 0.039.
  [1, 7, 0.0703125, 0.0390625],
  [5, 5, 1, 1],
  [0, 3, 0.25, 0.125],
  [420, 510, 0.003495855627144322, 0.0031605985147635453],
  [0, 0, 1, 1],
])('McNemar of %i and %i', (onlyFirst, onlySecond, exact, midP) => {
  const found = mcNemar(onlyFirst, onlySecond);
  expect(Math.abs(found.exact / exact - 1)).toBeLessThan(1e-9);
  expect(Math.abs(found.midP / midP - 1)).toBeLessThan(1e-9);
});

test("Holm's adjusted p values, as statsmodels", () => {
  for (const [at, p] of holm([0.01, 0.04, 0.03, 0.005, 0.6]).entries()) {
    expect(p).toBeCloseTo([0.04, 0.09, 0.09, 0.025, 0.6][at] ?? NaN, 12);
  }
});

describe('Welch', () => {
  test("R's sleep: t.test gives 0.0794, −3.365 to 0.205 with 17.776 degrees of freedom", () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const difference = welch(second, first);
    expect(difference?.value).toBeCloseTo(-1.58, 10);
    expect(difference?.low).toBeCloseTo(-3.3654832307117104, 9);
    expect(difference?.high).toBeCloseTo(0.20548323071171137, 9);
    expect(difference?.p).toBeCloseTo(0.0793941401873583, 10);
    expect(difference?.freedom).toBeCloseTo(17.776473516178488, 9);
  });

  test('few values, unlike in number', () => {
    const difference = welch([0.91, 0.93, 0.92], [0.95, 0.94, 0.97, 0.96, 0.955]);
    expect(difference?.low).toBeCloseTo(0.015092575882601336, 9);
    expect(difference?.high).toBeCloseTo(0.05490742411739828, 9);
    expect(difference?.p).toBeCloseTo(0.006625078845778044, 9);
  });

  test('says nothing of single values, or where nothing varies', () => {
    expect(welch([1], [1, 2])).toBeNull();
    expect(welch([1, 1], [2, 2])).toBeNull();
    expect(spreadOf([0.5])).toMatchObject({ count: 1, mean: 0.5, standardDeviation: null });
    expect(spreadOf([1, 2, 3])).toMatchObject({ mean: 2, standardDeviation: 1, minimum: 1, maximum: 3 });
  });

  test.each([
    [2, 1, 0.2951672353008665],
    [0.5, 2.7, 0.6549470619957614],
    [3.3, 17.776, 0.00403394469887785],
    [40, 5, 1.8411962171772954e-7],
  ])('P(|T| ≥ %d) with %d degrees of freedom, and back', (t, freedom, p) => {
    expect(Math.abs(twoSidedT(t, freedom) / p - 1)).toBeLessThan(1e-9);
    expect(quantileT(p, freedom)).toBeCloseTo(t, 6);
  });
});

describe('runs that differ by their seed alone', () => {
  const network = (id: string, units: number): NetworkSpec => ({ layers: [{ id, type: 'dense', fields: { units } }] });
  const run = (id: string, seed: number, units = 4, learningRate = 0.1) =>
    ({
      id,
      data: { versionId: 'v', task: 't' },
      network: network(id, units),
      settings: { seed, learningRate, optimizer: { type: 'sgd' } },
    }) as never;

  test('are one group, whatever their layers are called', () => {
    const runs = [run('a', 1), run('b', 2), run('c', 1, 8), run('d', 3, 4, 0.2), run('e', 9)] as { id: string }[];
    expect(seedGroups(runs as never).map((group) => group.map(({ id }: { id: string }) => id))).toEqual([
      ['a', 'b', 'e'],
      ['c'],
      ['d'],
    ]);
  });

  test('are found among all others', () => {
    const runs = [run('a', 1), run('b', 2, 8), run('c', 3)] as { id: string }[];
    expect(runsAlike(runs[0] as never, runs as never).map(({ id }: { id: string }) => id)).toEqual(['a', 'c']);
  });

  test('further seeds are new ones', () => {
    expect(furtherSeeds([42, 43, 7], 3)).toEqual([44, 45, 46]);
    expect(furtherSeeds([0xffffffff, 1], 2)).toEqual([0, 2]);
  });
});

describe('importance of settings', () => {
  test('is Spearman’s ρ for numbers, with ties, as scipy.stats.spearmanr', () => {
    const settings = [
      { id: 'a', values: [1, 2, 3, 4, 5, 6, 7, 8] },
      { id: 'b', values: [8, 7, 6, 5, 4, 3, 2, 1] },
    ];
    const found = importanceOf(settings, [2, 1, 4, 3, 7, 5, 8, 6]);
    expect(found.map(({ id, direction }) => [id, direction])).toEqual([
      ['a', 1],
      ['b', -1],
    ]);
    expect(found[0]?.strength).toBeCloseTo(0.8333333333333335, 12);
    // 0.0102 by the t approximation, twice by Holm.
    expect(Math.abs((found[0]?.p ?? 1) - 0.0204)).toBeLessThan(0.015);
    const tied = importanceOf([{ id: 'a', values: [1, 2, 2, 4, 5, 6, 7, 8] }], [2, 1, 4, 3, 7, 5, 8, 8]);
    expect(tied[0]?.strength).toBeCloseTo(0.8915662650602408, 12);
  });

  test('is the correlation ratio of ranks for choices: Kruskal and Wallis’ H is (n − 1) η²', () => {
    const values = ['x', 'x', 'x', 'y', 'y', 'y', 'y'];
    const [one] = importanceOf([{ id: 'kind', values }], [1, 5, 3, 7, 9, 8, 2]);
    // scipy.stats.kruskal([1, 5, 3], [7, 9, 8, 2]) = 2.0, p 0.157 by χ².
    expect(6 * (one?.strength ?? NaN) ** 2).toBeCloseTo(2, 9);
    expect(one?.direction).toBe(0);
    expect(one?.p).toBeGreaterThan(0.1);
  });

  test('of many runs p is that of t and of F, as scipy.stats.spearmanr and f_oneway of ranks', () => {
    const runs = Array.from({ length: 40 }, (_, i) => i);
    const numbers = runs.map((i) => Math.sin(i * 3));
    const figures = runs.map((i) => 0.5 * Math.sin(i * 3) + Math.cos(i * 7));
    expect(importanceOf([{ id: 'a', values: numbers }], figures)[0]?.p).toBeCloseTo(0.0037745262271264195, 12);
    const kinds = [{ id: 'b', values: runs.map((i) => `kind ${i % 3}`) }];
    const lifted = figures.map((figure, i) => figure + 0.6 * (i % 3));
    expect(importanceOf(kinds, lifted)[0]?.p).toBeCloseTo(0.006118865995076446, 12);
  });

  test('says nothing of few runs, or of a setting that does not vary', () => {
    expect(importanceOf([{ id: 'a', values: [1, 2, 3] }], [1, 2, 3])).toEqual([]);
    expect(importanceOf([{ id: 'a', values: [1, 1, 1, 1, 1, 1, 1] }], [1, 2, 3, 4, 5, 6, 7])).toEqual([]);
  });
});
