/** Every score of a saved model's test predictions, with its interval and what the baseline gets on the same rows. */
import { orderedScores, resampledIntervals } from '../../catalog';
import { generator } from '../../catalog/random';
import type { Interval, NumberPredictions, Predictions, Resampled, ScoreDefinition, Statistic } from '../../catalog';
import type { Baseline, Score } from '../../contract';
import { targetsAt } from '../training-data';

/** Of resampling, so that the same predictions have the same intervals. */
const seed = 1979;

/** Values that are resampled at most, so that a thousand resamples take about a second; more rows are sampled first. */
const mostValues = 100_000;
const fewestRows = 1000;

/**
 * @param answers of the baseline for each row, in the person's unit, where it is no constant.
 * @returns the scores of this kind of target that these rows have, in the catalog's order.
 */
export function scoreRows(
  predictions: Predictions,
  baseline: Baseline | null,
  answers: Float32Array | null = null,
): Score[] {
  const measured = orderedScores.flatMap((score) => {
    const value = statisticOf(score, predictions)?.(onesFor(predictions)) ?? NaN;
    return Number.isFinite(value) ? [{ score, value }] : [];
  });
  const intervals = intervalsOf(measured, predictions);
  return measured.map(({ score, value }) => {
    const constant = baseline ? baselineValue(score, predictions, baseline, answers) : NaN;
    return {
      id: score.id,
      value,
      interval: intervals.get(score.id) ?? null,
      baseline: Number.isFinite(constant) ? constant : null,
    };
  });
}

interface Measured {
  readonly score: ScoreDefinition;
  readonly value: number;
}

const onesFor = (predictions: Predictions) => new Int32Array(rowsIn(predictions)).fill(1);

function rowsIn(predictions: Predictions): number {
  return predictions.actual.length / stepsIn(predictions);
}

function stepsIn(predictions: Predictions): number {
  return predictions.kind === 'number' ? (predictions.forecast?.steps ?? 1) : 1;
}

/** Null where the score is of another kind of target. */
function statisticOf(score: ScoreDefinition, predictions: Predictions): Statistic | null {
  if (score.target === 'classes') return predictions.kind === 'classes' ? score.statistic(predictions) : null;
  return score.target === 'number' && predictions.kind === 'number' ? score.statistic(predictions) : null;
}

function intervalsOf(measured: readonly Measured[], predictions: Predictions): Map<string, Interval | null> {
  const intervals = new Map<string, Interval | null>();
  const drawn: (Resampled & { id: string })[] = [];
  const sample = sampleOf(predictions);
  for (const { score, value } of measured) {
    if (score.target === 'classes' && score.interval && predictions.kind === 'classes') {
      intervals.set(score.id, score.interval(predictions, value));
      continue;
    }
    const statistic = statisticOf(score, sample);
    if (statistic) drawn.push({ id: score.id, value, statistic, resampled: score.resampled });
  }
  const rows = rowsIn(sample);
  const share = rows / rowsIn(predictions);
  // Windows that overlap err alike: of forecasts as many are drawn together as share a step.
  const block = Math.max(1, Math.min(rows, Math.round(stepsIn(sample) * share)));
  const found = resampledIntervals(rows, drawn, seed, Math.sqrt(share), block);
  for (const [at, { id }] of drawn.entries()) intervals.set(id, found[at] ?? null);
  return intervals;
}

/** All rows, or where they are too many as many of them at random as can be resampled. */
function sampleOf(predictions: Predictions): Predictions {
  const width = predictions.kind === 'classes' ? predictions.classes : 1;
  const most = Math.max(fewestRows, Math.floor(mostValues / Math.max(10, width)));
  const rows = chosenRows(rowsIn(predictions), most);
  if (rows.length === rowsIn(predictions)) return predictions;
  if (predictions.kind === 'number') return numbersAt(predictions, rows);
  const outputs = new Float32Array(rows.length * width);
  for (const [at, row] of rows.entries()) {
    outputs.set(predictions.outputs.subarray(row * width, (row + 1) * width), at * width);
  }
  const actual = Int32Array.from(rows, (row) => predictions.actual[row] ?? -1);
  return { kind: 'classes', classes: width, actual, outputs };
}

function numbersAt({ actual, outputs, forecast }: NumberPredictions, rows: Int32Array): NumberPredictions {
  const steps = forecast?.steps ?? 1;
  const pick = (values: Float32Array) => targetsAt(values, steps, rows);
  const picked = { kind: 'number' as const, actual: pick(actual), outputs: pick(outputs) };
  if (!forecast) return picked;
  return { ...picked, forecast: { steps, scales: Float64Array.from(rows, (row) => forecast.scales[row] ?? NaN) } };
}

/** The figures of each score with other outputs; NaN where they have none. */
export function valuesWith(predictions: NumberPredictions, outputs: Float32Array): Map<string, number> {
  const values = orderedScores.map((score): [string, number] => {
    const other = { ...predictions, outputs };
    return [score.id, statisticOf(score, other)?.(onesFor(other)) ?? NaN];
  });
  return new Map(values);
}

/** @returns at most `most` of the places 0 … count − 1, drawn without replacement, ascending. */
export function chosenRows(count: number, most: number): Int32Array {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  if (count <= most) return rows;
  const next = generator(seed, count);
  for (let place = 0; place < most; place++) {
    const other = place + Math.floor((next() / 0x1_0000_0000) * (count - place));
    [rows[place], rows[other]] = [rows[other] ?? 0, rows[place] ?? 0];
  }
  return rows.slice(0, most).sort();
}

/** The score of the constant answer on the same rows; NaN where it has none. */
function baselineValue(
  score: ScoreDefinition,
  predictions: Predictions,
  baseline: Baseline,
  answers: Float32Array | null,
): number {
  const { actual } = predictions;
  const ones = onesFor(predictions);
  if (score.target === 'classes' && predictions.kind === 'classes' && baseline.kind === 'majority') {
    if (!score.hasBaseline) return NaN;
    const { classes } = predictions;
    const outputs = new Float32Array(actual.length * classes);
    for (let row = 0; row < actual.length; row++) outputs.set(baseline.shares, row * classes);
    return score.statistic({ ...predictions, outputs })(ones);
  }
  if (score.target === 'number' && predictions.kind === 'number' && answers) {
    return score.statistic({ ...predictions, outputs: answers })(ones);
  }
  if (score.target === 'number' && predictions.kind === 'number' && baseline.kind === 'constant') {
    const outputs = new Float32Array(actual.length).fill(baseline[score.baseline]);
    return score.statistic({ ...predictions, outputs })(ones);
  }
  return NaN;
}
