/** Moves the threshold of a model of anomalies, and what the test rows say at it. */
import { orderedScores, scores, type AnomalyPredictions } from '../catalog';
import { CodedError, type Evaluation, type Score } from '../contract';
import { transaction } from '../storage/database';
import { evaluatedRows, getEvaluation, replaceEvaluation } from '../storage/evaluations';
import type { Library } from '../storage/library';
import { getRun, setTestMetrics } from '../storage/runs';

/**
 * Kept with the model, so that every later prediction goes by it.
 * @throws CodedError `not-found`; `model-without-threshold` where the run looks for no anomalies or was not measured
 */
export function setThreshold({ db }: Library, runId: string, threshold: number): Evaluation {
  const run = getRun(db, runId);
  const evaluation = getEvaluation(db, runId);
  if (!evaluation?.anomaly) throw new CodedError('model-without-threshold', { run: run.name });
  const moved = { ...evaluation, anomaly: { ...evaluation.anomaly, threshold } };
  const { actual, outputs } = evaluatedRows(db, runId);
  const rows: AnomalyPredictions = {
    ...{ kind: 'anomalies', threshold, errors: Float64Array.from(outputs) },
    anomalous: Uint8Array.from(actual, (mark) => (mark === 1 ? 1 : 0)),
  };
  const next = { ...moved, scores: scoresAt(evaluation.scores, rows) };
  transaction(db, () => {
    replaceEvaluation(db, next);
    const figures = Object.fromEntries(next.scores.map(({ id, value }) => [id, value]));
    setTestMetrics(db, runId, { ...run.test, ...figures });
  });
  return next;
}

/** Those that no threshold moves stay; the others are counted anew, where the rows have them. */
function scoresAt(before: readonly Score[], rows: AnomalyPredictions): Score[] {
  const ones = new Int32Array(rows.errors.length).fill(1);
  const counted = orderedScores.flatMap((definition): Score[] => {
    if (definition.target !== 'reconstruction' || !definition.interval) return [];
    const { id } = definition;
    const value = definition.statistic(rows)(ones);
    const baseline = before.find((score) => score.id === id)?.baseline ?? null;
    return Number.isFinite(value) ? [{ id, value, interval: definition.interval(rows), baseline }] : [];
  });
  return [...before.filter(({ id }) => !isMoved(id)), ...counted];
}

function isMoved(id: string): boolean {
  if (!scores.has(id)) return false;
  const definition = scores.get(id);
  return definition.target === 'reconstruction' && definition.interval !== undefined;
}
