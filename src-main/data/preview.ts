/** What each step of a column makes of some rows, and how the training rows spread before and after it. */
import { applyStep, parseFields, presentOf, steps, type StepValues } from '../catalog';
import {
  CodedError,
  mostShown,
  type DatasetVersion,
  type FittedStep,
  type StepStage,
  type ValueSpread,
} from '../contract';
import { findColumn, readColumns } from './columns';
import type { Cell } from './duckdb';
import { fitColumn, type InputChoices } from './fit';
import type { LibraryPaths } from './paths';
import { chainOf, readTraining, valuesOf } from './step-rows';
import { TRAINING } from './split';
import { divideRows, type DividedRows } from './target';

/** Training rows over which a spread is counted. */
const MOST_COUNTED = 10_000;
/** Rows shown where none was asked for. */
const SHOWN = 6;
const BINS = 20;

/**
 * @param asked row indices; empty for a few training rows, one with a gap among them where there is one.
 * @returns stages: what came in, then one per step. Without steps, as for a column that is no input, what came in alone.
 * @throws CodedError `column-missing`, `column-without-steps` for pictures and the target, `row-missing`; as `divideRows`
 *   and `requireValidSteps`
 */
export async function previewSteps(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  columnName: string,
  asked: readonly number[],
): Promise<{ rows: number[]; stages: StepStage[] }> {
  const { column, index } = findColumn(version, columnName);
  if (column.image || columnName === setup.target) throw new CodedError('column-without-steps', { column: columnName });
  const missing = asked.find((row) => row >= version.rowCount);
  if (missing !== undefined) {
    throw new CodedError('row-missing', { row: missing, dataset: version.datasetName, last: version.rowCount - 1 });
  }
  const divided = await divideRows(library, version, setup);
  const recipe = await fitColumn(library, version, setup, divided, column);
  const type = recipe?.kind === 'steps' ? recipe.type : recipe?.kind === 'standardize' ? 'number' : 'category';
  const training = await readTraining(library, version, divided, { column: columnName, type });
  const rows = asked.length > 0 ? [...asked] : chooseRows(training, divided);
  const cells = await cellsOf(library, version, index, rows);
  const chain = recipe && recipe.kind !== 'pixels' ? chainOf(recipe) : [];
  return { rows, stages: stagesOf(chain, valuesOf(type, cells), sampleOf(training)) };
}

/** Rows evenly over the training rows; the last gives way to one with a gap. */
function chooseRows(training: StepValues, { parts }: DividedRows): number[] {
  const all: number[] = [];
  for (const [row, part] of parts.entries()) if (part === TRAINING) all.push(row);
  const count = Math.min(SHOWN, all.length);
  const places = Array.from({ length: count }, (_, at) => Math.floor((at * all.length) / count));
  const gap =
    training.kind === 'numbers'
      ? training.values.findIndex(Number.isNaN)
      : training.codes.findIndex((code) => code < 0);
  if (gap >= 0 && !places.includes(gap)) places[count - 1] = gap;
  return places.sort((one, other) => one - other).map((place) => all[place] ?? 0);
}

async function cellsOf(
  library: LibraryPaths,
  version: DatasetVersion,
  index: number,
  rows: readonly number[],
): Promise<Cell[]> {
  const where = `WHERE _index IN (${rows.join(', ')})`;
  const [indices = [], cells = []] = await readColumns(library, version.id, ['_index', index], where);
  const places = new Map(indices.map((row, at) => [row, at]));
  return rows.map((row) => cells[places.get(row) ?? -1] ?? null);
}

/** Every n-th row, so that large data answers as fast. */
function sampleOf(values: StepValues): StepValues {
  const count = values.kind === 'numbers' ? values.values.length : values.codes.length;
  const every = Math.ceil(count / MOST_COUNTED);
  if (every <= 1) return values;
  const isKept = (_: number, row: number) => row % every === 0;
  if (values.kind === 'numbers') return { ...values, values: values.values.filter(isKept) };
  return { ...values, codes: values.codes.filter(isKept) };
}

function stagesOf(chain: readonly FittedStep[], shown: StepValues, sample: StepValues): StepStage[] {
  let [rows, counted] = [shown, sample];
  const stages = [stageOf(rows, counted, { names: [], learnt: null })];
  for (const step of chain) {
    [rows, counted] = [applyStep(step, rows), applyStep(step, counted)];
    stages.push(stageOf(rows, counted, aboutStep(step)));
  }
  return stages;
}

function aboutStep({ type, fields, fitted }: FittedStep): Pick<StepStage, 'names' | 'learnt'> {
  const { label, fields: known, outputs, learnt } = steps.get(type);
  const complete = parseFields(known, fields, label.en);
  return {
    names: [...(outputs?.(fitted, complete) ?? [])].slice(0, mostShown),
    learnt: learnt?.(fitted, complete) ?? null,
  };
}

function stageOf(rows: StepValues, counted: StepValues, about: Pick<StepStage, 'names' | 'learnt'>): StepStage {
  if (rows.kind === 'texts') {
    const texts = Array.from(rows.codes, (code) => [rows.names[code] ?? null]);
    return { ...about, width: 1, rows: texts, spread: null };
  }
  const width = rows.width + (rows.missing ? 1 : 0);
  const count = rows.values.length / Math.max(1, rows.width);
  const cells = Array.from({ length: count }, (_, row) => {
    const own: (number | null)[] = Array.from(rows.values.subarray(row * rows.width, (row + 1) * rows.width));
    if (rows.missing) own.push(rows.missing[row] ?? 0);
    return own.slice(0, mostShown).map((value) => (Number.isNaN(value) ? null : value));
  });
  return { ...about, width, rows: cells, spread: spreadOf(counted) };
}

function spreadOf(values: StepValues): ValueSpread | null {
  if (values.kind === 'texts') return null;
  if (values.width !== 1) {
    const count = Math.max(1, values.values.length / Math.max(1, values.width));
    const sums = Array.from({ length: Math.min(values.width, 100) }, (_, part) => {
      return presentOf(values, part).reduce((sum, value) => sum + value, 0) / count;
    });
    return { kind: 'means', values: sums };
  }
  const present = presentOf(values, 0);
  if (present.length === 0) return null;
  const [low, high] = [present.reduce((a, b) => Math.min(a, b)), present.reduce((a, b) => Math.max(a, b))];
  const counts = new Array<number>(high > low ? BINS : 1).fill(0);
  for (const value of present) {
    const bin = high > low ? Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS)) : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { kind: 'bins', low, high, counts };
}
