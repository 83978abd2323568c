/** The end of a training: the saved model on the test rows, its scores beside the baseline's, kept with every prediction. */
import { beatsBaseline, type Predictions } from '../../catalog';
import type { Evaluation, MetricValues, Run, Score, Target } from '../../contract';
import type { PreparedData } from '../../data/prepared';
import { evaluateRows, type Evaluated, type FinishedModel } from '../../engine/evaluate';
import { FitControl } from '../../engine/fit-control';
import type { Measures } from '../../engine/measure';
import { baselineOf } from '../../engine/scoring/baseline';
import { curvesOf } from '../../engine/scoring/score-curves';
import { scoreRows } from '../../engine/scoring/score-rows';
import type { LoadedTensorFlow } from '../../engine/tf';
import { transaction } from '../../storage/database';
import { saveEvaluation, type EvaluatedRows } from '../../storage/evaluations';
import { setTestMetrics } from '../../storage/runs';
import type { JobContext } from '../definition';
import { measureAnomalies } from './measure-anomalies';
import { measureForecast } from './measure-forecast';
import { measureRatings, type MeasuredRatings } from './measure-ratings';
import { rounded, type RunRecord } from './run-record';
import { openSavedModel } from './saved-model';
import type { TrainedPart } from './trained-part';

interface Tested {
  readonly run: Run;
  readonly context: JobContext;
  readonly record: RunRecord;
  readonly prepared: PreparedData;
  readonly part: TrainedPart;
  readonly loaded: LoadedTensorFlow;
  readonly measures: Measures;
}

/** The saved model on the test rows, not the weights that happen to be in memory. Nothing without test rows. */
export async function measureTest(tested: Tested): Promise<void> {
  const { run, context, prepared, part, loaded, measures } = tested;
  const { test } = prepared.parts;
  if (prepared.target.kind === 'reconstruction') return testAnomalies(tested);
  if (test.length === 0) return;
  const { finished } = openSavedModel(loaded.tf, context, run.id, part.isRest ? 'rest' : 'whole');
  try {
    // A person who stops wants what there is, so the measuring itself only ends by a cancel.
    const control = new FitControl(context.signal);
    const result = await evaluateRows(finished, measures, part.data, prepared.target, test, control);
    keep(tested, await measured(tested, finished, result, control), result);
  } finally {
    finished.model.dispose();
  }
}

/** Of anomalies the threshold is measured too, so that there is something to keep without test rows as well. */
async function testAnomalies(tested: Tested): Promise<void> {
  const { run, context, prepared, loaded, record } = tested;
  const { finished } = openSavedModel(loaded.tf, context, run.id);
  try {
    const { indices, actual, outputs, ...measured } = await measureAnomalies(
      finished,
      prepared,
      run.settings.anomalyScore,
      new FitControl(context.signal),
    );
    const evaluation: Evaluation = {
      ...{ runId: run.id, part: 'test', rows: indices.length, target: prepared.target, confusion: [], ranking: null },
      ...measured,
    };
    const { db } = context.library;
    transaction(db, () => {
      saveEvaluation(db, evaluation, { indices, actual, outputs });
      setTestMetrics(db, run.id, figuresOf(measured.metrics, measured.scores));
    });
    const [main] = measured.scores;
    if (main) log(record, indices.length, { metric: main.id, metrics: measured.metrics, scores: measured.scores });
  } finally {
    finished.model.dispose();
  }
}

/** What is kept of the test rows: scores beside a baseline, curves, and each row's number or class with the outputs for it. */
type Measured = Pick<Evaluation, 'scores' | 'baseline' | 'curves' | 'ranking'> & Omit<EvaluatedRows, 'indices'>;

async function measured(
  { run, context, prepared, part }: Tested,
  finished: FinishedModel,
  result: Evaluated,
  control: FitControl,
): Promise<Measured> {
  const { test } = prepared.parts;
  if (prepared.forecast) {
    return { ...(await measureForecast(context.library, run, prepared.forecast, result, test)), ranking: null };
  }
  const ratings = part.isRest ? null : await measureRatings(finished, prepared, control);
  const { actual, outputs } = result;
  return { ...scoresOf(prepared, result, test, ratings), ranking: ratings?.ranking ?? null, actual, outputs };
}

function keep(
  { run, context, record, prepared, measures }: Tested,
  { actual, outputs, actualSteps, ...scored }: Measured,
  result: Evaluated,
): void {
  const { test } = prepared.parts;
  const evaluation: Evaluation = {
    ...{ runId: run.id, part: 'test', rows: test.length, target: prepared.target },
    ...{ metrics: result.metrics, confusion: result.confusion, ...scored },
  };
  const { db } = context.library;
  transaction(db, () => {
    saveEvaluation(db, evaluation, { indices: test, actual, outputs, ...(actualSteps ? { actualSteps } : {}) });
    setTestMetrics(db, run.id, figuresOf(result.metrics, scored.scores));
  });
  const { metrics } = result;
  log(record, test.length, { metric: measures.metrics[0]?.id ?? 'loss', metrics, scores: scored.scores });
}

/** What predictions of the test rows are worth, beside the baseline. @param test their row indices */
export function scoresOf(
  { target, targets, parts, preparation }: PreparedData,
  result: Pick<Evaluated, 'actual' | 'outputs'>,
  test: Int32Array,
  ratings: MeasuredRatings | null = null,
): Pick<Evaluation, 'scores' | 'baseline' | 'curves'> {
  const baseline = ratings?.baseline ?? baselineOf(target, targets, parts.training, preparation.targetScale);
  const predictions = predictionsOf(target, result);
  return {
    scores: [...scoreRows(predictions, baseline, ratings?.answers), ...(ratings?.scores ?? [])],
    baseline,
    curves: curvesOf(predictions, target.kind === 'classes' ? target.classes : [], test),
  };
}

function predictionsOf(target: Target, { actual, outputs }: Pick<Evaluated, 'actual' | 'outputs'>): Predictions {
  if (target.kind === 'number') return { kind: 'number', actual, outputs };
  const classes = target.kind === 'classes' ? target.classes.length : 0;
  return { kind: 'classes', classes, actual: Int32Array.from(actual), outputs };
}

/** What lists and comparisons of runs read: every figure by its id, the baseline's behind its prefix. */
function figuresOf(metrics: MetricValues, scores: readonly Score[]): MetricValues {
  const own = scores.map(({ id, value }) => [id, value] as const);
  const constant = scores.flatMap(({ id, baseline }) =>
    baseline === null ? [] : [[`baseline.${id}`, baseline] as const],
  );
  return { ...metrics, ...Object.fromEntries([...own, ...constant]) };
}

interface Told {
  /** The task's main one. */
  readonly metric: string;
  readonly metrics: MetricValues;
  readonly scores: readonly Score[];
}

function log(record: RunRecord, rows: number, { metric, metrics, scores }: Told): void {
  const score = scores.find(({ id }) => id === metric);
  const parameters = { rows, metric, value: rounded(score?.value ?? metrics[metric] ?? NaN) };
  if (!score || score.baseline === null) {
    record.log('tested', parameters);
    return;
  }
  const beside = { ...parameters, baseline: rounded(score.baseline) };
  record.log('tested-beside-baseline', beside);
  if (beatsBaseline(score) === false) record.log('baseline-not-beaten', beside, 'warning');
}
