/** Rows as steps take them: numbers or coded texts of a column, from a whole version, its training rows or a piece of cells. */
import type { NumberValues, TextValues } from '../catalog';
import type { ColumnType, DatasetVersion, FittedStep } from '../contract';
import { cellNumber, cellText, findColumn, readCodes, readNumbers } from './columns';
import type { ColumnPiece } from './duckdb';
import type { LibraryPaths } from './paths';
import type { InputRecipe } from './prepared';
import { TRAINING } from './split';
import type { DividedRows } from './target';

/** What a column of a table is; pictures are in picture-recipe.ts. */
export type TableValues = NumberValues | TextValues;

/** The part of a recipe that says how its column is read. */
interface ReadColumn {
  readonly column: string;
  readonly type: ColumnType;
}

function numbers(values: Float64Array): NumberValues {
  return { kind: 'numbers', width: 1, values, missing: null };
}

/** What a column begins as, without a row: for asking steps how wide they make it. */
export function noRows(type: ColumnType): TableValues {
  return type === 'number' ? numbers(new Float64Array(0)) : { kind: 'texts', codes: new Int32Array(0), names: [] };
}

/** @throws CodedError `column-missing` */
export async function readTraining(
  library: LibraryPaths,
  version: DatasetVersion,
  { parts }: Pick<DividedRows, 'parts'>,
  { column, type }: ReadColumn,
): Promise<TableValues> {
  const { index } = findColumn(version, column);
  if (type === 'number') return numbers(keepTraining(parts, await readNumbers(library, version, index)));
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

/** Cells as they come from a file or from a person. */
export function valuesOf(type: ColumnType, cells: ColumnPiece): TableValues {
  return type === 'number' ? numbers(numbersIn(cells)) : textsIn(cells);
}

function numbersIn(cells: ColumnPiece): Float64Array {
  if (cells instanceof Float64Array) return cells;
  return Float64Array.from(cells, (cell) => cellNumber(cell) ?? Number.NaN);
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
    case 'steps':
      return recipe.type;
  }
}

/** The steps that a recipe stands for; those of a column without chosen ones are saved in a shorter form. */
export function chainOf(recipe: Exclude<InputRecipe, { kind: 'pixels' | 'pictures' }>): readonly FittedStep[] {
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
