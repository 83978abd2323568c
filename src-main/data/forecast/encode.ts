/** Steps to forecast from, as a person gives them or as a version has them → the window of each, and the level it is added to. */
import { readTime } from '../../catalog';
import {
  CodedError,
  stepsNeeded,
  type DatasetVersion,
  type DataSetup,
  type ForecastPlan,
  type PredictionInput,
} from '../../contract';
import { cellNumber } from '../columns';
import type { Cell } from '../duckdb';
import { encodeCells } from '../encode';
import { isMissingText } from '../missing';
import type { LibraryPaths } from '../paths';
import type { InputRecipe, Preparation } from '../prepared';
import { typeOf } from '../step-rows';
import { divideRows } from '../target';
import { carriedForward } from './order';
import { preparationOfSteps, readSteps, standardizeTarget } from './open';
import { readForecast } from './read';
import { ForecastRows } from './forecast-rows';
import { levelOf, WindowedRows } from './windows';

export interface EncodedWindows {
  /** `rows × window × channels`. */
  readonly inputs: Float32Array;
  readonly rows: number;
  /** `rows × horizon`, to be added to what the network says. */
  readonly level: Float32Array;
  /** By row, when the last known step was, as `timing` of the plan reads it; NaN where nobody said. */
  readonly times: Float64Array;
}

/** @throws CodedError `input-not-values`, `input-not-number`, `forecast-too-few-steps` */
export function encodeSteps(preparation: Preparation, inputs: readonly PredictionInput[]): EncodedWindows {
  const plan = planIn(preparation);
  const size = preparation.inputShape.reduce((product, side) => product * side, 1);
  const windows = new Float32Array(inputs.length * size);
  const level = new Float32Array(inputs.length * plan.horizon);
  const times = Float64Array.from(inputs, (input) => lastTime(plan, input));
  for (const [at, input] of inputs.entries()) {
    const columns = preparation.inputs.map((recipe) => cellsOf(preparation, recipe, input, at + 1));
    const steps = stepsNeeded(plan);
    const perStep = preparationOfSteps(preparation);
    const channels = perStep.inputShape[0] ?? 1;
    const values = encodeCells(perStep, columns, steps);
    const target = Float64Array.from(columns[0] ?? [], (cell) => cellNumber(cell) ?? NaN);
    const mean = preparation.inputs[0]?.kind === 'standardize' ? preparation.inputs[0].mean : 0;
    const known = carriedForward(target, { starts: new Int32Array(steps) }, mean);
    standardizeTarget(values, channels, preparation, known);
    const last = Int32Array.of(steps - 1);
    const places = Int32Array.from({ length: steps }, (_, place) => place);
    windows.set(new WindowedRows({ values, channels }, places, plan.window).take(last), at * size);
    level.set(levelOf(known, steps - 1, plan), at * plan.horizon);
  }
  return { inputs: windows, rows: inputs.length, level, times };
}

/**
 * Windows that end with rows of a version.
 * @throws CodedError `row-missing`; `forecast-too-few-steps` where a row has too few before it; as `divideRows`
 */
export async function encodeStepRows(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: DataSetup,
  preparation: Preparation,
  rows: readonly number[],
): Promise<EncodedWindows> {
  const plan = planIn(preparation);
  const divided = await divideRows(library, version, setup);
  const source = await readForecast(library, version, { ...setup, forecast: plan }, divided);
  const { order, values } = source;
  const needed = stepsNeeded(plan);
  for (const [at, row] of rows.entries()) {
    const place = order.places[row];
    if (place === undefined) {
      throw new CodedError('row-missing', { row, dataset: version.datasetName, last: version.rowCount - 1 });
    }
    const found = place + 1 - (order.starts[place] ?? 0);
    if (found < needed) {
      throw new CodedError('forecast-too-few-steps', { number: at + 1, column: setup.target, found, needed });
    }
  }
  const mean = preparation.inputs[0]?.kind === 'standardize' ? preparation.inputs[0].mean : 0;
  const known = carriedForward(values, order, mean);
  const steps = await readSteps(library, version, preparation, order, known);
  const asked = Int32Array.from(rows);
  const inputs = new WindowedRows(steps, order.places, plan.window).take(asked);
  const forecast = new ForecastRows(source, known);
  const times = Float64Array.from(rows, (row) => forecast.time(row));
  return { inputs, rows: rows.length, level: forecast.level(asked), times };
}

/** What the last line of the column of time says. */
function lastTime({ time, timing }: ForecastPlan, input: PredictionInput): number {
  if (!timing || time === null || input.kind !== 'values' || !Object.hasOwn(input.values, time)) return NaN;
  const lines = String(input.values[time] ?? '')
    .trimEnd()
    .split('\n');
  return readTime(timing, lines.at(-1) ?? '') ?? NaN;
}

function planIn({ forecast }: Preparation) {
  if (!forecast) throw new Error('The model is no forecast');
  return forecast;
}

/** The last steps of a column; a text holds one a line, or numbers with spaces or commas between them. */
function cellsOf(preparation: Preparation, recipe: InputRecipe, input: PredictionInput, number: number): Cell[] {
  const columns = preparation.inputs.map(({ column }) => column).join(', ');
  if (input.kind !== 'values') throw new CodedError('input-not-values', { number, columns });
  const { column } = recipe;
  const given = Object.hasOwn(input.values, column) ? input.values[column] : null;
  const text = String(given ?? '').replace(/\s+$/, '');
  const cells = (text.includes('\n') ? text.split('\n') : text.trim().split(/[\s,;]+/)).map((cell) => cell.trim());
  const found = text === '' ? 0 : cells.length;
  const needed = stepsNeeded(planIn(preparation));
  if (found < needed) throw new CodedError('forecast-too-few-steps', { number, column, found, needed });
  return cells.slice(-needed).map((cell) => {
    if (isMissingText(cell)) return null;
    if (typeOf(recipe) !== 'number') return cell;
    const value = cellNumber(cell);
    if (value === null || !Number.isFinite(value))
      throw new CodedError('input-not-number', { number, value: cell, column });
    return value;
  });
}
