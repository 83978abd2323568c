/** Scores of reconstruction errors against values by hand and scikit-learn's. */
import { expect, test } from 'vitest';
import type { AnomalyPredictions } from '../../catalog';
import { scoreAnomalies } from './score-anomalies';

function predictions(errors: number[], anomalous: number[], threshold: number): AnomalyPredictions {
  return { kind: 'anomalies', errors: Float64Array.from(errors), anomalous: Uint8Array.from(anomalous), threshold };
}

// sklearn.metrics.roc_auc_score and average_precision_score of these are both 0.91666….
const rows = predictions([0.1, 0.4, 0.35, 0.8, 0.2, 0.9, 0.3], [0, 0, 1, 1, 0, 1, 0], 0.38);

test('areas, what the threshold finds and flags, and the ordinary error', () => {
  const none = { ...rows, errors: rows.errors.map(() => 1) };
  const scores = new Map(scoreAnomalies(rows, none).map((score) => [score.id, score]));
  expect([...scores.keys()]).toEqual([
    'roc-auc',
    'pr-auc',
    'reconstruction-error',
    'anomaly-recall',
    'anomaly-precision',
    'false-alarms',
  ]);
  // Of 3 · 4 pairs one is ranked wrong: 0.4 before 0.35.
  expect(scores.get('roc-auc')).toMatchObject({ value: 11 / 12, baseline: 0.5 });
  // Steps of recall at places 1, 2 and 4: (1/1 + 2/2 + 3/4) / 3.
  expect(scores.get('pr-auc')!.value).toBeCloseTo(11 / 12, 12);
  expect(scores.get('reconstruction-error')!.value).toBeCloseTo((0.1 + 0.4 + 0.2 + 0.3) / 4, 12);
  expect(scores.get('anomaly-recall')!.value).toBeCloseTo(2 / 3, 12);
  expect(scores.get('anomaly-precision')!.value).toBeCloseTo(2 / 3, 12);
  // Wilson's interval of 1 in 4.
  expect(scores.get('false-alarms')).toMatchObject({
    value: 0.25,
    interval: { low: expect.closeTo(0.0456, 3), high: expect.closeTo(0.6994, 3) },
  });
});

test('where no anomaly is known only the errors are scored', () => {
  const unknown = predictions([1, 2, 3, 4], [0, 0, 0, 0], 3.5);
  expect(scoreAnomalies(unknown, unknown).map(({ id, value }) => [id, value])).toEqual([
    ['reconstruction-error', 2.5],
    ['false-alarms', 0.25],
  ]);
});
