/**
 * Runs with what their saved models said of the same test rows, in the same order. A run that was tested on other rows, of
 * another version or for another target is left out, with the reason.
 */
import type { AnomalyPredictions, Predictions } from '../../catalog';
import type { Evaluation, Run, Target, TestComparison, UnfitReason } from '../../contract';
import type { Database } from '../../storage/database';
import { evaluatedRows, getEvaluation, type EvaluatedRows } from '../../storage/evaluations';
import { getRun } from '../../storage/runs';

/** With fewer rows in common nothing is compared. */
const fewestRows = 10;

interface Tested {
  readonly run: Run;
  readonly evaluation: Evaluation;
  readonly rows: EvaluatedRows;
}

export interface ComparedRun {
  readonly runId: string;
  readonly predictions: Predictions | AnomalyPredictions;
}

export interface ComparedRuns {
  readonly runs: readonly ComparedRun[];
  /** Of the task. */
  readonly task: string | null;
  readonly target: Target | null;
  /** Of the rows that all have, in the dataset. */
  readonly indices: Int32Array;
  /** Class index or number of each, of forecasts the first step ahead; NaN or -1 where unknown. */
  readonly actual: Float32Array;
  /** Of forecasts; null for all else. */
  readonly steps: TestComparison['steps'];
  readonly isPart: boolean;
  readonly unfit: readonly { readonly runId: string; readonly reason: UnfitReason }[];
}

/** @throws CodedError `not-found` for a run that isn't there */
export function openComparedRuns(db: Database, runIds: readonly string[]): ComparedRuns {
  const unfit: { runId: string; reason: UnfitReason }[] = [];
  const fit: Tested[] = [];
  let common: Int32Array = new Int32Array();
  for (const runId of runIds) {
    const one = readTested(db, runId);
    const [reference] = fit;
    const reason = one === null ? 'not-tested' : (unknownRows(one) ?? (reference ? mismatch(reference, one) : null));
    const shared = one && reference ? inBoth(common, one.rows.indices) : one?.rows.indices.toSorted();
    if (one && shared && reason === null && shared.length >= fewestRows) {
      common = shared;
      fit.push(one);
    } else unfit.push({ runId, reason: reason ?? 'few-rows' });
  }
  return align(fit, common, unfit);
}

function readTested(db: Database, runId: string): Tested | null {
  const run = getRun(db, runId);
  const evaluation = getEvaluation(db, runId);
  if (!evaluation || evaluation.rows === 0) return null;
  return { run, evaluation, rows: evaluatedRows(db, runId) };
}

/** Null where somebody has said what the rows are. */
function unknownRows({ evaluation, rows }: Tested): UnfitReason | null {
  return evaluation.target.kind === 'reconstruction' && rows.actual.some(Number.isNaN) ? 'unknown-rows' : null;
}

/** Null where the two can be held against each other. */
function mismatch(a: Tested, b: Tested): UnfitReason | null {
  if (a.run.data.versionId !== b.run.data.versionId) return 'other-version';
  const known = ({ run, evaluation: { target } }: Tested) => {
    if (target.kind === 'classes') return JSON.stringify([run.data.target, target.kind, target.classes]);
    return JSON.stringify([run.data.target, target.kind, target.kind === 'reconstruction' ? target.known : null]);
  };
  if (known(a) !== known(b)) return 'other-target';
  const actual = new Map(Array.from(a.rows.indices, (index, place) => [index, a.rows.actual[place]]));
  const isAlike = b.rows.indices.every(
    (index, place) => !actual.has(index) || Object.is(actual.get(index), b.rows.actual[place]),
  );
  return isAlike ? null : 'other-values';
}

function inBoth(a: Int32Array, b: Int32Array): Int32Array {
  const there = new Set(b);
  return a.filter((index) => there.has(index));
}

function align(fit: readonly Tested[], common: Int32Array, unfit: ComparedRuns['unfit']): ComparedRuns {
  const [reference] = fit;
  if (!reference) {
    const none = { runs: [], task: null, target: null, indices: common, steps: null, isPart: false, unfit };
    return { ...none, actual: new Float32Array() };
  }
  const { evaluation, run } = reference;
  const actual = pick(reference.rows.actual, placesOf(reference, common), 1);
  const steps = stepsOf(fit);
  return {
    runs: fit.map((one) => ({ runId: one.run.id, predictions: predictionsOf(one, common, actual, steps) })),
    ...{ task: run.data.task, target: evaluation.target, indices: common, actual, steps, unfit },
    isPart: fit.some(({ rows }) => rows.indices.length !== common.length),
  };
}

/** Those ahead that all runs say, and whose truth was kept for each. */
function stepsOf(fit: readonly Tested[]): ComparedRuns['steps'] {
  const ahead = fit.map(({ evaluation: { target } }) => (target.kind === 'number' ? (target.steps ?? 1) : 1));
  const of = Math.max(...ahead);
  if (of === 1) return null;
  return { compared: fit.every(({ rows }) => rows.actualSteps) ? Math.min(...ahead) : 1, of };
}

function placesOf({ rows }: Tested, common: Int32Array): Int32Array {
  const places = new Map(Array.from(rows.indices, (index, place) => [index, place]));
  return common.map((index) => places.get(index) ?? -1);
}

/** @returns the first `width` values of each place, of which each row has `perRow`. */
function pick(values: Float32Array, places: Int32Array, width: number, perRow = width): Float32Array {
  const picked = new Float32Array(places.length * width);
  for (const [at, place] of places.entries()) {
    picked.set(values.subarray(place * perRow, place * perRow + width), at * width);
  }
  return picked;
}

function predictionsOf(
  one: Tested,
  common: Int32Array,
  actual: Float32Array,
  steps: ComparedRuns['steps'],
): ComparedRun['predictions'] {
  const { evaluation, rows } = one;
  const { target } = evaluation;
  const perRow = rows.outputs.length / rows.indices.length;
  const places = placesOf(one, common);
  if (target.kind === 'classes') {
    const classes = target.classes.length;
    const outputs = pick(rows.outputs, places, classes, perRow);
    return { kind: 'classes', classes, actual: Int32Array.from(actual), outputs };
  }
  const width = steps?.compared ?? 1;
  const outputs = pick(rows.outputs, places, width, perRow);
  if (target.kind === 'number') {
    if (width === 1 || !rows.actualSteps) return { kind: 'number', actual, outputs };
    // What MASE divides by is not kept of each row: it is not offered.
    const forecast = { steps: width, scales: new Float64Array(common.length).fill(NaN) };
    return { kind: 'number', actual: pick(rows.actualSteps, places, width, perRow), outputs, forecast };
  }
  const errors = Float64Array.from(outputs);
  return {
    ...{ kind: 'anomalies', errors },
    // Of rows that are ranked by distances, reconstruction errors are not kept: they are not offered.
    ...(evaluation.anomaly?.score === 'neighbours' ? { reconstruction: errors.map(() => NaN) } : {}),
    anomalous: Uint8Array.from(actual, (mark) => (mark === 1 ? 1 : 0)),
    threshold: evaluation.anomaly?.threshold ?? NaN,
  };
}
