/** What each step of a column makes of some rows, and how the training rows spread before and after it. */
import { CodedError, type Column, type ColumnType, type DatasetVersion, type StepStage } from '../contract';
import { effectiveType, findColumn, readColumns } from './columns';
import type { Cell } from './duckdb';
import { fitColumn, fitPicturesOf, type InputChoices } from './fit';
import type { LibraryPaths } from './paths';
import { readTrainingPictures, storedPictures } from './picture-recipe';
import { readPictures } from './pictures';
import {
  chainOf,
  readAllSeries,
  readTraining,
  typeOf,
  valuesOf,
  windowIn,
  withWindows,
  type TableValues,
} from './step-rows';
import { stagesOf } from './step-stages';
import { TRAINING } from './split';
import { divideRows, type DividedRows } from './target';

/** Training rows over which a spread is counted, and pictures, of which each holds many values. */
const MOST_COUNTED = 10_000;
const MOST_PICTURES = 50;
/** Rows shown where none was asked for. */
const SHOWN = 6;

interface Preview {
  rows: number[];
  stages: StepStage[];
}

/**
 * @param asked row indices; empty for a few training rows, one with a gap among them where there is one.
 * @returns stages: what came in, then one per step. Without steps, as for a column that is no input, what came in alone.
 * @throws CodedError `column-missing`, `column-without-steps` for the target, `row-missing`; as `divideRows` and
 *   `requireValidSteps`
 */
export async function previewSteps(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  columnName: string,
  asked: readonly number[],
): Promise<Preview> {
  const { column } = findColumn(version, columnName);
  if (columnName === setup.target) throw new CodedError('column-without-steps', { column: columnName });
  const missing = asked.find((row) => row >= version.rowCount);
  if (missing !== undefined) {
    throw new CodedError('row-missing', { row: missing, dataset: version.datasetName, last: version.rowCount - 1 });
  }
  const divided = await divideRows(library, version, setup);
  const preview = column.image ? previewPictures : previewTable;
  return preview(library, version, setup, divided, column, asked);
}

async function previewTable(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  divided: DividedRows,
  column: Column,
  asked: readonly number[],
): Promise<Preview> {
  const recipe = await fitColumn(library, version, setup, divided, column);
  const hasChain = recipe && recipe.kind !== 'pixels' && recipe.kind !== 'pictures' && recipe.kind !== 'log-mel';
  const chain = hasChain ? chainOf(recipe) : [];
  const type: ColumnType = recipe ? typeOf(recipe) : effectiveType(column, setup);
  const window = recipe && windowIn(recipe);
  const read = { column: column.name, type };
  const training = await readTraining(library, version, divided, { ...read, window: null });
  const rows = asked.length > 0 ? [...asked] : chooseRows(divided, gapOf(training));
  const cells = await cellsOf(library, version, version.columns.indexOf(column), rows);
  const before = { shown: valuesOf({ type, window: null }, cells), sample: sampleOf(training) };
  if (!recipe || !window) return { rows, stages: stagesOf(chain, before) };
  const pieces = withWindows([recipe], await readAllSeries(library, version, [recipe]), rows, [cells]);
  const joined = {
    shown: valuesOf({ type, window }, pieces[0] ?? []),
    sample: sampleOf(await readTraining(library, version, divided, { ...read, window })),
  };
  return { rows, stages: stagesOf(chain, before, joined) };
}

async function previewPictures(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  divided: DividedRows,
  { name }: Column,
  asked: readonly number[],
): Promise<Preview> {
  const recipe = await fitPicturesOf(library, version, setup, divided);
  if (recipe?.column !== name) throw new CodedError('column-without-steps', { column: name });
  const { stored, steps } = recipe;
  const rows = asked.length > 0 ? [...asked] : chooseRows(divided, -1);
  const read = async (some: readonly number[]) =>
    storedPictures(stored, (await readPictures(library, version, name, some)).pixels);
  const sample = await readTrainingPictures(library, version, divided, { column: name, stored }, MOST_PICTURES);
  return { rows, stages: stagesOf(steps, { shown: await read(rows), sample }) };
}

/** Training rows, evenly; the last of them gives way to one with a gap. @param gap its place among them, -1 for none. */
function chooseRows({ parts }: DividedRows, gap: number): number[] {
  const all: number[] = [];
  for (const [row, part] of parts.entries()) if (part === TRAINING) all.push(row);
  const count = Math.min(SHOWN, all.length);
  const places = Array.from({ length: count }, (_, at) => Math.floor((at * all.length) / count));
  if (gap >= 0 && !places.includes(gap)) places[count - 1] = gap;
  return places.sort((one, other) => one - other).map((place) => all[place] ?? 0);
}

function gapOf(training: TableValues): number {
  if (training.kind === 'numbers') return training.values.findIndex(Number.isNaN);
  return training.codes.findIndex((code) => code < 0);
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
function sampleOf(values: TableValues): TableValues {
  const width = values.kind === 'numbers' ? values.width : 1;
  const count = values.kind === 'numbers' ? values.values.length / width : values.codes.length;
  const every = Math.ceil(count / MOST_COUNTED);
  if (every <= 1) return values;
  const isKept = (_: number, at: number) => Math.floor(at / width) % every === 0;
  if (values.kind === 'numbers') return { ...values, values: values.values.filter(isKept) };
  return { ...values, codes: values.codes.filter(isKept) };
}
