/**
 * Which of several runs is better on the test rows that all of them have: each score of theirs against the reference's on the
 * same resampled rows, and of right and wrong answers McNemar's test.
 */
import {
  differenceOf,
  holm,
  mcNemar,
  orderedScores,
  percentileInterval,
  planResampling,
  resample,
  scores,
  tasks,
  type Statistic,
} from '../../catalog';
import { mostMatrixClasses, type ComparedPair, type TestComparison } from '../../contract';
import { anomalyStatistic } from '../../engine/scoring/score-anomalies';
import { answersOfRun, type RunAnswers } from './answers';
import type { ComparedRun, ComparedRuns } from './compared-runs';

/** Below this a difference is no longer taken for chance. */
const level = 0.05;

/** @param asked a score's id; another one of these where these rows don't have it. */
export function compareTests(compared: ComparedRuns, asked: string | null): TestComparison {
  const { runs, target, indices, isPart, steps, unfit } = compared;
  const possible = possibleScores(compared);
  const score = chosenScore(compared, possible, asked);
  const common = {
    ...{ score, scores: possible, reference: runs[0]?.runId ?? null, rows: indices.length, isPart },
    ...{ steps, classes: target?.kind === 'classes' ? target.classes : [], unfit: [...unfit] },
  };
  if (score === null) return { ...common, resamples: 0, seed: 0, runs: [], pairs: [] };
  const answers = runs.map((run) => answersOfRun(run, compared));
  const statistics = runs.map((run) => statisticOf(score, run) ?? (() => NaN));
  const plan = planResampling(indices.length * runs.length * costOf(score, compared), blockOf(compared));
  const drawn = resample(indices.length, statistics, plan);
  const ones = new Int32Array(indices.length).fill(1);
  const values = statistics.map((statistic) => statistic(ones));
  return {
    ...common,
    ...{ resamples: plan.resamples, seed: plan.seed },
    runs: runs.map(({ runId, predictions }, at) => {
      const interval = percentileInterval(drawn[at] ?? new Float64Array());
      const confusion = predictions.kind === 'classes' ? confusionOf(predictions, answers[at]) : [];
      return { runId, value: values[at] ?? NaN, low: interval?.low ?? null, high: interval?.high ?? null, confusion };
    }),
    pairs: pairsOf(runs, { score, values, drawn, answers }),
  };
}

/**
 * Forecasts of neighbouring rows err alike, and foretell the same steps: as many are drawn together as the cube root of them all
 * (Künsch 1989), or as they share steps, but never more than a quarter, which would draw the same rows over and over.
 */
function blockOf({ steps, indices }: ComparedRuns): number {
  if (steps === null) return 1;
  const most = Math.floor(indices.length / 4);
  return Math.max(1, Math.min(most, Math.max(Math.round(Math.cbrt(indices.length)), steps.compared)));
}

/** Values of a row that a score turns over; what ranks rows by each class jumps about among them, which costs several times as much. */
function costOf(score: string, { target }: ComparedRuns): number {
  const classes = target?.kind === 'classes' ? target.classes.length : 1;
  if (score.endsWith('-auc')) return 4 * classes;
  return ['accuracy', 'log-loss'].includes(score) ? 1 : classes;
}

/** Null for a score of another kind of target, or that these predictions do not have. */
function statisticOf(id: string, { predictions }: ComparedRun): Statistic | null {
  if (predictions.kind === 'anomalies') return anomalyStatistic(id, predictions);
  const score = scores.get(id);
  if (score.target === 'classes' && predictions.kind === 'classes') return score.statistic(predictions);
  return score.target === 'number' && predictions.kind === 'number' ? score.statistic(predictions) : null;
}

/** Scores that every run has on these rows. Where resampling alone changes a score (`basic`), differences of it say little. */
function possibleScores({ runs, indices, actual }: ComparedRuns): string[] {
  if (runs.length === 0) return [];
  const ones = new Int32Array(indices.length).fill(1);
  const isKnown = actual.every((value) => !Number.isNaN(value));
  const isOffered = (id: string, { predictions }: ComparedRun) =>
    (predictions.kind !== 'anomalies' || isKnown) &&
    Number.isFinite(statisticOf(id, { runId: '', predictions })?.(ones));
  return orderedScores
    .filter(({ id, resampled }) => resampled === 'percentile' && runs.every((run) => isOffered(id, run)))
    .map(({ id }) => id);
}

/**
 * The asked one, else the task's first metric, else the first in the catalog's order. How well ordinary rows are given back says
 * little of how well anomalies are found.
 */
function chosenScore({ task, target }: ComparedRuns, possible: readonly string[], asked: string | null): string | null {
  const isMeasured = task !== null && tasks.has(task) && target?.kind !== 'reconstruction';
  const metric = isMeasured ? tasks.get(task).metrics[0] : undefined;
  return [asked, metric].find((id) => id !== undefined && id !== null && possible.includes(id)) ?? possible[0] ?? null;
}

interface Scored {
  readonly score: string;
  readonly values: readonly number[];
  readonly drawn: readonly Float64Array[];
  readonly answers: readonly RunAnswers[];
}

function pairsOf(runs: readonly ComparedRun[], { score, values, drawn, answers }: Scored): ComparedPair[] {
  const none = new Float64Array();
  const others = runs.slice(1).map(({ runId }, at) => {
    const place = at + 1;
    const resampled = differenceOf(drawn[0] ?? none, drawn[place] ?? none);
    return { runId, place, resampled, difference: (values[place] ?? NaN) - (values[0] ?? NaN) };
  });
  const adjusted = holm(others.map(({ resampled }) => resampled?.p ?? 1));
  const isHigherBetter = scores.get(score).better === 'higher';
  return others.map(({ runId, place, resampled, difference }, at) => {
    const p = adjusted[at] ?? 1;
    const isTie = resampled === null || p >= level || difference === 0;
    const { low = null, high = null } = resampled ?? {};
    return {
      ...{ runId, difference, low, high, p: resampled?.p ?? null, adjusted: resampled ? p : null },
      verdict: isTie ? 'tie' : difference > 0 === isHigherBetter ? 'better' : 'worse',
      agreement: agreementOf(answers[0], answers[place]),
    };
  });
}

function agreementOf(first: RunAnswers | undefined, second: RunAnswers | undefined): ComparedPair['agreement'] {
  if (!first?.right || !second?.right) return null;
  let [both, onlyReference, onlyOther, neither] = [0, 0, 0, 0];
  for (const [row, right] of first.right.entries()) {
    if (right === 1 && second.right[row] === 1) both++;
    else if (right === 1) onlyReference++;
    else if (second.right[row] === 1) onlyOther++;
    else neither++;
  }
  return { both, onlyReference, onlyOther, neither, ...mcNemar(onlyReference, onlyOther) };
}

function confusionOf(
  { actual, classes }: { readonly actual: Int32Array; readonly classes: number },
  answers: RunAnswers | undefined,
): number[][] {
  if (classes > mostMatrixClasses) return [];
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  for (const [row, own] of actual.entries()) {
    const said = answers?.said[row] ?? -1;
    const line = counts[own];
    if (line && said in line) line[said] = (line[said] ?? 0) + 1;
  }
  return counts;
}
