/** Thresholds and shares against values by hand and NumPy's percentile. */
import { expect, test } from 'vitest';
import { knowsAnomalies, proposeOrdinary } from './anomaly-choices';
import { bestThreshold, keptErrors, proposeThreshold, quantileOf, shareAbove } from './thresholds';

test('quantiles are those of numpy.percentile', () => {
  const sorted = [1, 2, 4, 8, 16];
  // np.percentile([1, 2, 4, 8, 16], [0, 50, 90, 99, 100])
  expect([0, 0.5, 0.9, 0.99, 1].map((share) => quantileOf(sorted, share))).toEqual([
    1,
    4,
    expect.closeTo(12.8, 10),
    expect.closeTo(15.68, 10),
    16,
  ]);
});

test('the best F1 lies between two errors, equal ones are flagged together', () => {
  // Flagging 9, 8 and 7 finds all three anomalies with one false alarm less than flagging both 5s too: F1 = 1.
  expect(bestThreshold([1, 2, 5, 5], [7, 8, 9])).toBe(6);
  // An ordinary 8 as large as an anomaly: F1 is 2·2/(3+2) with it, 2·1/(1+2) without.
  expect(bestThreshold([1, 2, 8], [8, 9])).toBe(5);
});

test('anomalies that count less move the threshold up', () => {
  const [ordinary, anomalous] = [
    [1, 2, 3, 4, 5, 6],
    [4.5, 5.5, 9],
  ];
  expect(bestThreshold(ordinary, anomalous)).toBe(4.25);
  expect(bestThreshold(ordinary, anomalous, 0.1)).toBe(7.5);
});

test('without known anomalies the 99th percentile of ordinary errors is proposed', () => {
  const ordinary = Array.from({ length: 101 }, (_, at) => at);
  expect(proposeThreshold(ordinary, [])).toEqual({ threshold: 99, rule: 'percentile' });
  expect(proposeThreshold(ordinary, [500]).rule).toBe('best-f1');
});

test('shares above a threshold, and stored quantiles that keep them', () => {
  const errors = Float64Array.from({ length: 50_000 }, (_, at) => at / 1000);
  const { ordinary, ordinaryErrors } = keptErrors(errors, new Float64Array());
  expect(ordinary).toBe(50_000);
  expect(ordinaryErrors).toHaveLength(2000);
  expect(shareAbove(ordinaryErrors, 40)).toBeCloseTo(0.2, 3);
  expect(shareAbove([1, 2, 3, 4], 2)).toBe(0.5);
  expect(shareAbove([1, 2], 5)).toBe(0);
});

test.each([
  [['normal:90', 'leak:5', 'wear:5'], ['normal']],
  [['0:900', '1:100'], ['0']],
  [['no:3', 'yes:97'], ['no']],
  [['red:5', 'blue:60', 'green:35'], ['blue']],
  [['正常:10', '故障:90'], ['正常']],
])('of %j ordinary is %j', (values, expected) => {
  const counted = values.map((text) => {
    const [value = '', count = ''] = text.split(':');
    return { value, count: Number(count) };
  });
  expect(proposeOrdinary(counted)).toEqual(expected);
});

test('a column knows anomalies by categories or by two numbers', () => {
  expect(knowsAnomalies({ type: 'category', distinct: 5 })).toBe(true);
  expect(knowsAnomalies({ type: 'number', distinct: 2 })).toBe(true);
  expect(knowsAnomalies({ type: 'number', distinct: 300 })).toBe(false);
});
