/** Outputs of a forecast as people read them: added to the level before, scored beside the season before, and some of them as lines. */
import type { NumberPredictions } from '../../catalog';
import type { DatasetVersion, Evaluation, ForecastWindow, Run } from '../../contract';
import { findColumn, readColumns } from '../../data/columns';
import type { ForecastRows } from '../../data/forecast/forecast-rows';
import type { Evaluated } from '../../engine/evaluate';
import { scoreForecasts } from '../../engine/scoring/score-forecasts';
import { getVersion } from '../../storage/datasets';
import type { Library } from '../../storage/library';

/** Windows that are kept to be looked at, and steps before them. */
const mostWindows = 24;
const mostHistory = 120;

export interface MeasuredForecast extends Pick<Evaluation, 'scores' | 'baseline' | 'curves'> {
  /** `rows × horizon` in the person's unit. */
  readonly outputs: Float32Array;
  /** `rows × horizon`, what came after each row. */
  readonly actualSteps: Float32Array;
  /** The first of them. */
  readonly actual: Float32Array;
}

/** @param differences what the network says, in the person's unit. @param rows the windows' last known rows. */
export async function measureForecast(
  library: Library,
  { data }: Run,
  forecast: ForecastRows,
  { outputs: differences }: Pick<Evaluated, 'outputs'>,
  rows: Int32Array,
): Promise<MeasuredForecast> {
  const { horizon, season } = forecast.plan;
  const [actual, seasonal, naive] = [forecast.actual(rows), forecast.seasonal(rows), forecast.naive(rows)];
  const level = forecast.level(rows);
  const outputs = differences.map((value, at) => value + (level[at] ?? NaN));
  const scales = forecast.scales(rows);
  const predictions: NumberPredictions = { kind: 'number', actual, outputs, forecast: { steps: horizon, scales } };
  const shown = evenly(rows.length, mostWindows);
  const labels = await labelsOf(
    library,
    getVersion(library.db, data.versionId),
    forecast,
    shown.map((at) => rows[at] ?? 0),
  );
  const windows = shown.map((at, place): ForecastWindow => {
    const piece = (values: Float32Array) => Array.from(values.subarray(at * horizon, (at + 1) * horizon));
    const index = rows[at] ?? 0;
    const steps = Math.min(mostHistory, Math.max(forecast.plan.window, 2 * season));
    const times = forecast.times(index, steps);
    return {
      ...{ index, time: null, series: null, ...labels[place], ...(times ? { times } : {}) },
      history: forecast.history(index, steps),
      ...{ actual: piece(actual), predicted: piece(outputs), seasonal: piece(seasonal), naive: piece(naive) },
    };
  });
  return {
    outputs,
    actualSteps: actual,
    actual: Float32Array.from(rows, (_, at) => actual[at * horizon] ?? NaN),
    scores: scoreForecasts(predictions, { seasonal, naive }),
    baseline: { kind: 'seasonal-naive', season },
    curves: { kind: 'forecast', season, windows },
  };
}

/** Places from the first to the last, at most so many. */
function evenly(count: number, most: number): number[] {
  const shown = Math.min(count, most);
  return Array.from({ length: shown }, (_, at) =>
    shown === 1 ? count - 1 : Math.round((at * (count - 1)) / (shown - 1)),
  );
}

async function labelsOf(
  library: Library,
  version: DatasetVersion,
  { plan }: ForecastRows,
  rows: readonly number[],
): Promise<Pick<ForecastWindow, 'time' | 'series'>[]> {
  const columns = [plan.time, plan.series].flatMap((name) => (name === null ? [] : [findColumn(version, name).index]));
  if (columns.length === 0 || rows.length === 0) return [];
  const where = `WHERE _index IN (${rows.join(', ')})`;
  const [indices = [], ...cells] = await readColumns(library, version.id, ['_index', ...columns], where);
  const places = new Map(indices.map((index, at) => [Number(index), at]));
  return rows.map((row) => {
    const texts = cells.map((values) => String(values[places.get(row) ?? -1] ?? ''));
    const time = plan.time === null ? null : (texts[0] ?? null);
    return { time, series: plan.series === null ? null : (texts.at(-1) ?? null) };
  });
}
