/** Rows as steps take them: numbers or coded texts of a column, from a whole version, its training rows or a piece of cells. */
import { windowOf, type NumberValues, type TextValues, type WindowOfRows } from '../catalog';
import type { ColumnType, DatasetVersion, FittedStep } from '../contract';
import { cellNumber, cellText, findColumn, readCodes, readNumbers } from './columns';
import type { Cell, ColumnPiece } from './duckdb';
import type { LibraryPaths } from './paths';
import type { InputRecipe } from './prepared';
import { readSeries, widthOfWindow, windowsOf, type Series } from './series';
import { TRAINING } from './split';
import type { DividedRows } from './target';

/** What a column of a table is; pictures are in picture-recipe.ts. */
export type TableValues = NumberValues | TextValues;

/** The part of a recipe that says how its column is read. */
interface ReadColumn {
  readonly column: string;
  readonly type: ColumnType;
  /** Null where each row stands for itself. */
  readonly window: WindowOfRows | null;
}

function numbers(values: Float64Array, window: WindowOfRows | null): NumberValues {
  return { kind: 'numbers', width: window ? widthOfWindow(window) : 1, values, missing: null };
}

/** What a column begins as, without a row: for asking steps how wide they make it. */
export function noRows({ type, window }: Omit<ReadColumn, 'column'>): TableValues {
  return type === 'number'
    ? numbers(new Float64Array(0), window)
    : { kind: 'texts', codes: new Int32Array(0), names: [] };
}

/** @throws CodedError `column-missing` */
export async function readTraining(
  library: LibraryPaths,
  version: DatasetVersion,
  { parts }: Pick<DividedRows, 'parts'>,
  { column, type, window }: ReadColumn,
): Promise<TableValues> {
  if (window) {
    const rows = Int32Array.from(parts.keys()).filter((row) => parts[row] === TRAINING);
    return numbers(windowsOf(await readSeries(library, version, column, window.order), rows, window), window);
  }
  const { index } = findColumn(version, column);
  if (type === 'number') return numbers(keepTraining(parts, await readNumbers(library, version, index)), null);
  const { codes, names } = await readCodes(library, version, index);
  return { kind: 'texts', codes: keepTraining(parts, codes), names };
}

/** The values of training rows moved to the front of the array, without another beside it: `filter` takes ten times as long. */
export function keepTraining<Values extends Float64Array | Int32Array>(parts: Uint8Array, values: Values): Values {
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    if (parts[row] === TRAINING) values[count++] = values[row] ?? 0;
  }
  return values.subarray(0, count) as Values;
}

/** Cells as they come from a file or from a person: numbers already joined, or texts that hold the numbers of a window. */
export function valuesOf({ type, window }: Omit<ReadColumn, 'column'>, cells: ColumnPiece): TableValues {
  if (type !== 'number') return textsIn(cells);
  if (cells instanceof Float64Array) return numbers(cells, window);
  if (!window)
    return numbers(
      Float64Array.from(cells, (cell) => cellNumber(cell) ?? Number.NaN),
      null,
    );
  const width = widthOfWindow(window);
  const joined = new Float64Array(cells.length * width).fill(Number.NaN);
  for (const [row, cell] of cells.entries()) {
    const own = listOf(cell).slice(-width);
    joined.set(own, (row + 1) * width - own.length);
  }
  return numbers(joined, window);
}

/** Numbers of a text, such as `3, 4.5 7`, the latest last; NaN for what is none. */
export function listOf(cell: Cell): number[] {
  const parts = cell === null ? [] : String(cell).split(/[\s,;]+/);
  return parts.filter((part) => part !== '').map((part) => cellNumber(part) ?? Number.NaN);
}

/**
 * Columns of some rows with the windows of those recipes that take one.
 * @param pieces one per recipe. @returns the same pieces where there is no window.
 */
export function withWindows(
  recipes: readonly InputRecipe[],
  series: readonly (Series | null)[],
  rows: ArrayLike<number>,
  pieces: readonly ColumnPiece[],
): ColumnPiece[] {
  return pieces.map((piece, place) => {
    const [recipe, own] = [recipes[place], series[place]];
    const window = recipe && windowIn(recipe);
    return window && own ? windowsOf(own, rows, window) : piece;
  });
}

/** One per recipe; null where it takes no window. @throws CodedError `column-missing` */
export async function readAllSeries(
  library: LibraryPaths,
  version: DatasetVersion,
  recipes: readonly InputRecipe[],
): Promise<(Series | null)[]> {
  const read: (Series | null)[] = [];
  for (const recipe of recipes) {
    const window = windowIn(recipe);
    read.push(window && (await readSeries(library, version, recipe.column, window.order)));
  }
  return read;
}

/** The rows that a recipe joins; null where each stands for itself. */
export function windowIn(recipe: InputRecipe): WindowOfRows | null {
  return recipe.kind === 'steps' ? windowOf(recipe.steps) : null;
}

function textsIn(cells: ColumnPiece): TextValues {
  const texts = Array.from(cells, cellText);
  const names = [...new Set(texts.filter((name) => name !== null))];
  const codes = new Map(names.map((name, code) => [name, code]));
  return { kind: 'texts', names, codes: Int32Array.from(texts, (text) => codes.get(text ?? '') ?? -1) };
}

/** The type as which a recipe reads its column. */
export function typeOf(recipe: InputRecipe): ColumnType {
  switch (recipe.kind) {
    case 'standardize':
      return 'number';
    case 'one-hot':
      return 'category';
    case 'pixels':
    case 'pictures':
      return 'image';
    case 'log-mel':
      return 'audio';
    case 'steps':
      return recipe.type;
  }
}

/** The steps that a recipe stands for; those of a column without chosen ones are saved in a shorter form. */
export function chainOf(
  recipe: Exclude<InputRecipe, { kind: 'pixels' | 'pictures' | 'log-mel' }>,
): readonly FittedStep[] {
  switch (recipe.kind) {
    case 'standardize': {
      const { mean, standardDeviation, hasMissing } = recipe;
      return [
        { type: 'standardize', fields: {}, fitted: { mean: [mean], standardDeviation: [standardDeviation] } },
        { type: 'impute', fields: { strategy: 'constant', value: 0 }, fitted: { fill: [0], hasMissing } },
      ];
    }
    case 'one-hot':
      return [{ type: 'one-hot', fields: {}, fitted: { categories: recipe.categories } }];
    case 'steps':
      return recipe.steps;
  }
}
