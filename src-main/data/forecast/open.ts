/** A version of time steps as training takes it: windows over standardized steps, and by how much the level before them is wrong. */
import { presentOf, spread } from '../../catalog';
import { CodedError, type DataSetup, type DatasetVersion, type ForecastPlan, type Target } from '../../contract';
import { findColumn, type SetupChoices } from '../columns';
import { exampleSize } from '../encode';
import { fitColumn, widthOf } from '../fit';
import type { LibraryPaths } from '../paths';
import { rowsOf, tableRows } from '../prepare';
import type { FittedData, InputRecipe, Preparation } from '../prepared';
import { TEST, TRAINING, VALIDATION } from '../split';
import { keepTraining } from '../step-rows';
import { divideRows, type DividedRows } from '../target';
import { readWeights } from '../weights';
import { ForecastRows } from './forecast-rows';
import { carriedForward, type StepOrder } from './order';
import { readForecast, type ForecastSource } from './read';
import { levelOf, WindowedRows, type WindowSteps } from './windows';

export interface OpenedForecast extends FittedData {
  readonly inputs: WindowedRows;
  readonly forecast: ForecastRows;
  close(): Promise<void>;
}

/** @throws CodedError as `divideRows`, `readForecast`, `fitColumn` and `readWeights`; `split-without-training` */
export async function openForecast(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: DataSetup,
): Promise<OpenedForecast> {
  const divided = await divideRows(library, version, setup);
  const source = await readForecast(library, version, setup, divided);
  const parts = { parts: source.parts };
  const training = rowsOf(parts, TRAINING);
  if (training.length === 0) throw new CodedError('split-without-training');
  const { preparation, mean } = await fitSteps(library, version, setup, divided, source.plan);
  const known = carriedForward(source.values, source.order, mean);
  const steps = await readSteps(library, version, preparation, source.order, known);
  const { inputShape, target } = preparation;
  const inputs = new WindowedRows(steps, source.order.places, source.plan.window);
  return {
    ...{ preparation, inputShape, target, inputs, scale: 1, normalization: null },
    targets: differencesOf(source, known, preparation.targetScale.standardDeviation),
    targetWidth: source.plan.horizon,
    weights: await readWeights(library, version, setup, divided),
    parts: { training, validation: rowsOf(parts, VALIDATION), test: rowsOf(parts, TEST) },
    forecast: new ForecastRows(source, known),
    close: () => inputs.close(),
  };
}

/** How a forecast's target is written down. */
export function forecastTarget({ horizon }: Pick<ForecastPlan, 'horizon'>): Target {
  return { kind: 'number', unit: null, steps: horizon };
}

/**
 * The recipes of the target and the covariates, learnt from training rows alone.
 * @returns also the target's mean, for steps before its first value.
 * @throws CodedError as `fitColumn`
 */
export async function fitSteps(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: SetupChoices,
  rows: DividedRows,
  plan: ForecastPlan,
): Promise<{ readonly preparation: Preparation; readonly mean: number }> {
  const training = keepTraining(rows.parts, rows.numbers.slice());
  const own = spread(presentOf({ kind: 'numbers', width: 1, values: training, missing: null }, 0));
  const recipes: InputRecipe[] = [{ kind: 'standardize', column: setup.target, ...own, hasMissing: false }];
  for (const name of plan.covariates) {
    const recipe = await fitColumn(library, version, setup, rows, findColumn(version, name).column);
    if (!recipe || widthOf(recipe) === 0)
      throw new CodedError('forecast-column-unfit', { column: name, purpose: 'covariate' });
    recipes.push(recipe);
  }
  const channels = recipes.reduce((sum, recipe) => sum + widthOf(recipe), 0);
  const preparation: Preparation = {
    ...{ v: 3, inputs: recipes, inputShape: [plan.window, channels], target: forecastTarget(plan) },
    targetColumn: setup.target,
    // What is learnt is a difference: 0 is no change.
    targetScale: { mean: 0, standardDeviation: own.standardDeviation },
    forecast: plan,
  };
  return { preparation, mean: own.mean };
}

/** One step as a preparation of its own, so that columns are encoded like those of any table. */
export function preparationOfSteps(preparation: Preparation): Preparation {
  return { ...preparation, inputShape: [preparation.inputShape[1] ?? 1] };
}

/** The steps of a version in their order. @param known the target by place, without gaps. */
export async function readSteps(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
  { places }: StepOrder,
  known: Float64Array,
): Promise<WindowSteps> {
  const perStep = preparationOfSteps(preparation);
  const channels = exampleSize(perStep);
  const values = new Float32Array(version.rowCount * channels);
  let row = 0;
  for await (const piece of tableRows(library, version, perStep)) {
    for (let from = 0; from < piece.length; from += channels, row++) {
      values.set(piece.subarray(from, from + channels), (places[row] ?? 0) * channels);
    }
  }
  standardizeTarget(values, channels, preparation, known);
  return { values, channels };
}

/** The target goes in without gaps. */
export function standardizeTarget(
  values: Float32Array,
  channels: number,
  { inputs: [target] }: Preparation,
  known: Float64Array,
): void {
  if (target?.kind !== 'standardize') throw new Error('A forecast reads its target first');
  for (let place = 0; place < known.length; place++) {
    values[place * channels] = ((known[place] ?? 0) - target.mean) / target.standardDeviation;
  }
}

/** `rows × horizon`: by how much the level before is wrong, in standard deviations; NaN where there is no window. */
function differencesOf(
  { order, parts, plan, values }: ForecastSource,
  known: Float64Array,
  deviation: number,
): Float32Array {
  const { horizon } = plan;
  const all = new Float32Array(parts.length * horizon).fill(NaN);
  for (let row = 0; row < parts.length; row++) {
    if (parts[row] !== TRAINING && parts[row] !== VALIDATION && parts[row] !== TEST) continue;
    const place = order.places[row] ?? 0;
    const level = levelOf(known, place, plan);
    for (let step = 0; step < horizon; step++) {
      all[row * horizon + step] = ((values[place + 1 + step] ?? NaN) - (level[step] ?? NaN)) / deviation;
    }
  }
  return all;
}
