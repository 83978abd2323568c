/** What a version is as series under a setup: its steps in order, how far a window reaches, and the part of each window. */
import { tasks, timingOf } from '../../catalog';
import {
  CodedError,
  stepsNeeded,
  type DataSetup,
  type DatasetVersion,
  type ForecastChoices,
  type ForecastFacts,
  type ForecastPlan,
  type Timing,
} from '../../contract';
import { findColumn, readCodes, readNumbers, type SetupChoices } from '../columns';
import { readOrderKeys, type OrderKeys } from '../order-keys';
import { isInPart, partName, partNames, TRAINING } from '../part-codes';
import type { LibraryPaths } from '../paths';
import type { DividedRows } from '../target';
import { carriedForward, inOrder, orderSteps, type StepOrder } from './order';
import { seasonOf } from './season';
import { windowParts } from './windows';

export interface ForecastSource {
  readonly plan: ForecastPlan;
  readonly order: StepOrder;
  /** The target by place, NaN where missing. */
  readonly values: Float64Array;
  /** When each row was, as its column says (`OrderKeys`); null without one. */
  readonly times: Float64Array | null;
  /** The part of each row, and of the window that ends with it, by row. */
  readonly rowParts: Uint8Array;
  readonly parts: Uint8Array;
}

/** Whether the rows of a setup's task are time steps. */
export function isForecast({ task }: Pick<DataSetup, 'task'>): boolean {
  return tasks.has(task) && tasks.get(task).input === 'steps';
}

const nothingChosen: ForecastChoices = {
  ...{ time: null, series: null, covariates: [] },
  ...{ window: null, horizon: null, season: null },
};

/** @throws CodedError `forecast-column-unfit`, `forecast-split-unordered`, `forecast-part-short` */
export async function readForecast(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: SetupChoices,
  { parts: rowParts }: Pick<DividedRows, 'parts'>,
): Promise<ForecastSource> {
  const choices = setup.forecast ?? nothingChosen;
  requireColumns(version, setup, choices);
  const indexOf = (column: string) => findColumn(version, column).index;
  const { time, series } = choices;
  const keys = time === null ? null : await readOrderKeys(library, version, indexOf(time));
  const codes = series === null ? null : (await readCodes(library, version, indexOf(series))).codes;
  const order = orderSteps(keys?.keys ?? rowParts.map(() => 0), codes);
  requireOrder(order, rowParts);
  const values = inOrder(await readNumbers(library, version, indexOf(setup.target)), order);
  const examples = time === null ? [] : findColumn(version, time).column.examples;
  const plan = { ...planOf(choices, { order, values, rowParts }), timing: keys && timingIn(keys, order, examples) };
  const parts = windowParts(order, rowParts, values, plan);
  const source = { plan, order, values, times: keys?.keys ?? null, rowParts, parts };
  requireWindows(source);
  return source;
}

export function factsOf({ plan, order, parts }: ForecastSource): ForecastFacts {
  const windows = { training: 0, validation: 0, test: 0 };
  for (const code of parts) {
    const part = partName(code);
    if (part) windows[part] += 1;
  }
  return { plan, series: order.seriesCount, windows };
}

function requireColumns(version: DatasetVersion, { target }: SetupChoices, choices: ForecastChoices): void {
  const { time, series, covariates } = choices;
  const uses = [
    ...(time === null ? [] : [{ column: time, purpose: 'time' }]),
    ...(series === null ? [] : [{ column: series, purpose: 'series' }]),
    ...covariates.map((column) => ({ column, purpose: 'covariate' })),
  ];
  for (const { column, purpose } of uses) {
    const isMedia = ['image', 'audio'].includes(findColumn(version, column).column.type);
    if (column === target || isMedia) throw new CodedError('forecast-column-unfit', { column, purpose });
  }
}

/** @returns null where texts are ordered by their characters. */
function timingIn(
  { keys, kind, dayOrder }: OrderKeys,
  { rows, ends }: StepOrder,
  examples: readonly string[],
): Timing | null {
  if (kind === 'place') return null;
  const series: Float64Array[] = [];
  for (let place = 0; place < rows.length; place = ends[place] ?? rows.length) {
    const own = Float64Array.from(rows.subarray(place, ends[place]), (row) => keys[row] ?? NaN);
    series.push(own.filter((time) => !Number.isNaN(time)));
  }
  return timingOf(series, kind === 'number' ? null : examples, dayOrder);
}

/** Within each series training comes first and the test last, whatever kind of split says so. */
function requireOrder({ rows, starts }: StepOrder, parts: Uint8Array): void {
  let latest = TRAINING;
  for (let place = 0; place < rows.length; place++) {
    if (starts[place] === place) latest = TRAINING;
    const part = parts[rows[place] ?? 0] ?? TRAINING;
    if (!isInPart(part)) continue;
    if (part < latest) {
      throw new CodedError('forecast-split-unordered', {
        earlier: partName(part) ?? '',
        later: partName(latest) ?? '',
      });
    }
    latest = part;
  }
}

/** Share of the shortest part that is forecast at once; the rest is for windows to begin at. */
const MOST_AHEAD = 0.6;

/** Steps of a season that is taken for a window and a horizon; longer ones have too many for a first try. */
const SHORT_SEASON = 48;

function planOf(
  choices: ForecastChoices,
  { order, values, rowParts }: Pick<ForecastSource, 'order' | 'values' | 'rowParts'>,
): ForecastPlan {
  const lengths = longestStretches(order, rowParts);
  const [training = 0] = lengths;
  const shortest = Math.min(...lengths.filter((length) => length > 0));
  const season =
    choices.season ??
    seasonOf(carriedForward(trainingSteps(order, values, rowParts), { starts: new Int32Array(1) }, 0));
  const isShort = season > 1 && season <= SHORT_SEASON;
  const ahead = choices.horizon ?? Math.max(1, Math.min(isShort ? season : 7, Math.floor(MOST_AHEAD * shortest)));
  const back = choices.window ?? Math.max(1, Math.min(isShort ? 2 * season : 28, Math.floor(training / 4)));
  return { ...choices, season, horizon: ahead, window: back };
}

/** By part the most rows of one series that it has. */
function longestStretches({ rows, starts }: StepOrder, parts: Uint8Array): number[] {
  const longest = partNames.map(() => 0);
  const counts = partNames.map(() => 0);
  for (let place = 0; place < rows.length; place++) {
    if (starts[place] === place) counts.fill(0);
    const part = parts[rows[place] ?? 0] ?? TRAINING;
    if (!isInPart(part)) continue;
    counts[part] = (counts[part] ?? 0) + 1;
    longest[part] = Math.max(longest[part] ?? 0, counts[part] ?? 0);
  }
  return longest;
}

/** The training steps of the longest series. */
function trainingSteps({ rows, starts, ends }: StepOrder, values: Float64Array, parts: Uint8Array): Float64Array {
  let start = 0;
  for (let place = 0; place < rows.length; place = ends[place] ?? rows.length) {
    if ((ends[place] ?? 0) - place > (ends[start] ?? 0) - (starts[start] ?? 0)) start = place;
  }
  return values.slice(start, ends[start]).filter((_, at) => parts[rows[start + at] ?? 0] === TRAINING);
}

function requireWindows(source: ForecastSource): void {
  const { plan, order, rowParts } = source;
  const { windows } = factsOf(source);
  for (const [code, length] of longestStretches(order, rowParts).entries()) {
    const part = partName(code);
    if (!part || length === 0 || windows[part] > 0) continue;
    const needed = plan.horizon + (code === TRAINING ? stepsNeeded(plan) : 0);
    const { window, horizon } = plan;
    throw new CodedError('forecast-part-short', {
      part,
      window: Math.max(window, plan.season),
      horizon,
      needed,
      found: length,
    });
  }
}
