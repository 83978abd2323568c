/**
 * The end of a training that looks for anomalies: errors of the saved model and of the baseline, a threshold for each that
 * validation rows propose, and what both do on the test rows.
 */
import { keptErrors, proposeThreshold, rankingOf, type AnomalyPredictions } from '../../catalog';
import type { AnomalyMeasures, Evaluation, Score, ScoreCurves, TrainingSettings } from '../../contract';
import { ANOMALOUS } from '../../data/anomalies';
import type { PreparedData } from '../../data/prepared';
import type { FinishedModel } from '../../engine/evaluate';
import type { FitControl } from '../../engine/fit-control';
import { keepNeighbours, neighbourDistances } from '../../engine/neighbours';
import { meanExample, reconstructionErrors, type RowErrors } from '../../engine/reconstruction';
import { scoreAnomalies } from '../../engine/scoring/score-anomalies';
import { curveOf } from '../../engine/scoring/score-curves';
import { trainingData } from './training-data';

/** Training rows that stand in for validation rows at most, where there are none. */
const mostStandIns = 10_000;

export interface MeasuredAnomalies extends Pick<Evaluation, 'scores' | 'baseline' | 'curves' | 'metrics'> {
  readonly anomaly: AnomalyMeasures;
  /** All test rows, ascending. */
  readonly indices: Int32Array;
  /** Of each, 1 for a known anomaly, 0 for an ordinary row, NaN where that is not known. */
  readonly actual: Float32Array;
  /** Of each, its error or its distance. */
  readonly outputs: Float32Array;
}

/** What ranks rows, of the network and of the baseline; and their reconstruction errors, where those rank none. */
interface RankedRows extends RowErrors {
  readonly reconstruction?: Float64Array;
}

/**
 * @param score what ranks rows.
 * @throws the control's reason where it is aborted.
 */
export async function measureAnomalies(
  finished: FinishedModel,
  prepared: PreparedData,
  score: TrainingSettings['anomalyScore'],
  control: FitControl,
): Promise<MeasuredAnomalies> {
  const data = trainingData(prepared);
  const { parts, anomalies, target } = prepared;
  const isKnown = target.kind === 'reconstruction' && target.known !== null;
  const mean = await meanExample(finished.tf, data, parts.training, control);
  const neighbours = score === 'neighbours' ? await keepNeighbours(finished, data, parts.training, control) : undefined;
  const measure = async (rows: Int32Array, leftOut = 0): Promise<RankedRows> => {
    const errors = await reconstructionErrors(finished, data, rows, mean, control);
    if (!neighbours) return errors;
    const network = await neighbourDistances(finished, data, rows, neighbours, { control, leftOut });
    return { network, baseline: errors.baseline, reconstruction: errors.network };
  };
  const none = new Int32Array();
  const hasValidation = parts.validation.length > 0;
  const ordinary = hasValidation
    ? await measure(parts.validation)
    : await measure(parts.training.slice(0, mostStandIns), 1);
  const anomalous = await measure(anomalies?.validation ?? none);
  const weight = anomalyWeight(prepared, ordinary.network.length);
  const proposed = (of: keyof RowErrors) => proposeThreshold(ordinary[of].toSorted(), anomalous[of].toSorted(), weight);
  const { threshold, rule } = proposed('network');
  const baselineThreshold = proposed('baseline').threshold;
  const indices = Int32Array.from([...parts.test, ...(anomalies?.test ?? none)]).sort();
  const test = await measure(indices);
  const marks = Uint8Array.from(indices, (row) => (isKnown && prepared.targets[row] === ANOMALOUS ? 1 : 0));
  const { network: errors, baseline, reconstruction } = test;
  const rows: AnomalyPredictions = { kind: 'anomalies', errors, reconstruction, anomalous: marks, threshold };
  const constant = { errors: baseline, reconstruction: baseline, threshold: baselineThreshold };
  const scores = scoreAnomalies(rows, { ...rows, ...constant });
  return {
    anomaly: {
      ...{ score, ...(neighbours ? { neighbours } : {}) },
      ...{ threshold, proposed: threshold, rule, isKnown, baselineThreshold },
      chosenOn: hasValidation ? 'validation' : 'training',
      chosen: keptErrors(ordinary.network.toSorted(), anomalous.network.toSorted()),
      test: keptErrors(...apart(rows)),
    },
    metrics: metricsOf(scores),
    scores,
    baseline: { kind: 'mean-example' },
    curves: isKnown ? curvesOf(rows) : null,
    indices,
    actual: Float32Array.from(marks, (mark) => (isKnown ? mark : NaN)),
    outputs: Float32Array.from(errors),
  };
}

/**
 * What a known anomaly among the rows that choose counts, so that they weigh as much there as among all rows: those of the
 * training rows stand there too.
 * @param ordinary rows that choose beside them.
 */
function anomalyWeight({ parts, anomalies }: PreparedData, ordinary: number): number {
  if (!anomalies || anomalies.validation.length === 0) return 1;
  const all = parts.training.length + parts.validation.length + parts.test.length;
  const share = (anomalies.validation.length + anomalies.test.length) / all;
  return (share * ordinary) / anomalies.validation.length;
}

/** Sorted errors of ordinary and of anomalous rows. */
function apart({ errors, anomalous }: AnomalyPredictions): [ordinary: Float64Array, anomalous: Float64Array] {
  const some = (mark: number) => errors.filter((_, row) => anomalous[row] === mark).sort();
  return [some(0), some(1)];
}

function metricsOf(scores: readonly Score[]): Evaluation['metrics'] {
  const error = scores.find(({ id }) => id === 'reconstruction-error');
  return error ? { [error.id]: error.value } : {};
}

/** Of anomalies against ordinary rows; null where either is missing. */
function curvesOf({ errors, anomalous }: AnomalyPredictions): ScoreCurves | null {
  if (!anomalous.includes(1) || !anomalous.includes(0)) return null;
  const outputs = Float32Array.from(errors);
  const ranking = rankingOf(
    { kind: 'classes', classes: 1, actual: Int32Array.from(anomalous, (one) => one - 1), outputs },
    0,
  );
  return { kind: 'classes', classes: [{ label: 'anomalous', ...curveOf(ranking) }], reliability: [] };
}
