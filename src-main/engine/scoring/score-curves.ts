/** The curves of a saved model's test predictions, thinned to what a chart can show. */
import {
  answersOf,
  calibrationBinsOf,
  rankedClasses,
  rankingOf,
  shareInterval,
  type ClassPredictions,
  type Predictions,
  type Ranking,
} from '../../catalog';
import type { ClassCurve, ScoreCurves } from '../../contract';
import { chosenRows } from './score-rows';

const mostClasses = 8;
const mostPoints = 100;
const mostRows = 500;

/** @param names of the classes. @param indices of the rows in the dataset. */
export function curvesOf(predictions: Predictions, names: readonly string[], indices: Int32Array): ScoreCurves {
  if (predictions.kind === 'number') {
    const rows = Array.from(chosenRows(indices.length, mostRows), (row) => ({
      index: indices[row] ?? 0,
      actual: predictions.actual[row] ?? NaN,
      predicted: predictions.outputs[row] ?? NaN,
    }));
    const known = rows.filter(({ actual, predicted }) => Number.isFinite(actual) && Number.isFinite(predicted));
    return { kind: 'number', rows: known };
  }
  const classes = shownClasses(predictions).map((index) => ({
    label: names[index] ?? '',
    ...curveOf(rankingOf(predictions, index)),
  }));
  return { kind: 'classes', classes, reliability: reliabilityOf(predictions) };
}

/** The most frequent ones of those that some row has, in the order of the classes. */
function shownClasses(predictions: ClassPredictions): number[] {
  const counts = new Map<number, number>();
  for (const one of predictions.actual) counts.set(one, (counts.get(one) ?? 0) + 1);
  const there = rankedClasses(predictions).filter((one) => counts.has(one));
  const ranked = there.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return ranked.slice(0, mostClasses).sort((a, b) => a - b);
}

/** The two curves of one class against the rest. */
export function curveOf({ order, ends, positive }: Ranking): Omit<ClassCurve, 'label'> {
  const positives = positive.reduce((sum, one) => sum + one, 0);
  const negatives = order.length - positives;
  const roc: [number, number][] = [[0, 0]];
  const precisionRecall: [number, number][] = [];
  let [hits, place] = [0, 0];
  for (const end of ends) {
    for (; place < end; place++) hits += positive[order[place] ?? 0] ?? 0;
    if (negatives > 0) roc.push([(end - hits) / negatives, hits / positives]);
    precisionRecall.push([hits / positives, hits / end]);
  }
  return { roc: rounded(thinned(roc)), precisionRecall: rounded(thinned(precisionRecall)) };
}

/** Corners that lie on a straight line go first, then points are taken at even distances along the curve; ends stay. */
function thinned(points: [number, number][]): [number, number][] {
  const corners = points.filter(([x, y], at) => {
    const [before, after] = [points[at - 1], points[at + 1]];
    if (!before || !after) return true;
    return Math.abs((x - before[0]) * (after[1] - y) - (y - before[1]) * (after[0] - x)) > 1e-12;
  });
  const length = (at: number) => {
    const [here, before] = [corners[at], corners[at - 1]];
    return here && before ? Math.abs(here[0] - before[0]) + Math.abs(here[1] - before[1]) : 0;
  };
  const whole = corners.reduce((sum, _, at) => sum + length(at), 0);
  let [travelled, taken] = [0, -1];
  return corners.filter((_, at) => {
    travelled += length(at);
    const stretch = Math.floor((travelled / whole) * (mostPoints - 2));
    const isKept = at === 0 || at === corners.length - 1 || stretch > taken;
    if (isKept) taken = stretch;
    return isKept;
  });
}

/** To what a chart can show, so that what is stored stays short. */
function rounded(points: readonly [number, number][]): [number, number][] {
  return points.map(([x, y]) => [Number(x.toFixed(5)), Number(y.toFixed(5))]);
}

function reliabilityOf(predictions: ClassPredictions) {
  const ones = new Int32Array(predictions.actual.length).fill(1);
  return calibrationBinsOf(answersOf(predictions), ones).flatMap(({ rows, confidence, right }) => {
    const interval = shareInterval(right / rows, rows);
    return interval ? [{ rows, confidence: confidence / rows, right: right / rows, ...interval }] : [];
  });
}
